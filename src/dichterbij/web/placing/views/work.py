"""The page with proposals: tasks, demands, hours and what the employer is willing to do."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dichterbij.web.desks.cards import language
from dichterbij.web.near import words as near_words
from dichterbij.web.placing import proposals, words
from dichterbij.web.placing.cookie import open_draft
from dichterbij.web.placing.forms import WorkForm
from dichterbij.web.placing.views.pages import kept, kept_so_far, must_first, page


@dataclass(frozen=True)
class SkillLine:
    """A skill with its two boxes."""

    number: str
    label: str
    is_english: bool
    is_task: bool
    is_needed: bool


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    """Ask what is true of the work; nothing is ticked beforehand."""
    opened = open_draft(request)
    draft = opened.draft
    first = must_first(request, draft, "placing:work")
    if first:
        return first
    skills = proposals.skills_of(draft.occupation, language())
    usual = proposals.usual(draft.occupation, timezone.localdate())
    form = WorkForm(request.POST or None, draft=draft, skills=skills, usual=usual, today=timezone.localdate())
    if request.method == "POST":
        is_valid = form.is_valid()
        answer = kept_so_far(request, form, replace(draft, **form.usable()), back="placing:occupation")
        if not answer and is_valid and form.is_valid():
            answer = kept(request, form, replace(draft, **form.changes()))
        if answer:
            return answer
    lines = _lines(form, skills)
    context = {
        "form": form,
        "occupation": proposals.label_of(draft.occupation, language()),
        "first_lines": lines[: proposals.SHOWN_SKILLS],
        "other_lines": lines[proposals.SHOWN_SKILLS :],
        "usual": _usual_words(usual),
        "licences_open": bool(usual.licences or form["licences"].value()),
        "has_hours_proposed": usual.hours is not None and draft.hours_max is None,
    }
    return page(request, "work.html", context, opened=opened, status=422 if form.errors else 200)


def _lines(form: WorkForm, skills: tuple[proposals.Skill, ...]) -> list[SkillLine]:
    tasks, needed = form.ticked("tasks"), form.ticked("needed")
    numbered = ((form.number_of[skill.uri], skill) for skill in skills)
    return [
        SkillLine(number, skill.label, skill.is_english, number in tasks, number in needed)
        for number, skill in numbered
    ]


def _usual_words(usual: proposals.Usual) -> dict[str, Any]:
    """What is usual, in words, for beside the fields."""

    def named(names: words.Words, codes: tuple[str, ...]) -> str:
        return ", ".join(str(names[code]).lower() if names is not near_words.LICENCES else str(names[code])
                         for code in codes if code in names)  # fmt: skip

    return {
        "dayparts": named(near_words.DAYPARTS, usual.dayparts),
        "demands": named(words.DEMANDS, usual.demands),
        "licences": named(near_words.LICENCES, usual.licences),
        "dutch": str(words.DUTCH[str(usual.dutch)]).lower() if usual.dutch else "",
    }
