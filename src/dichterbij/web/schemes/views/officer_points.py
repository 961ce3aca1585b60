"""Points of a tender: each officer gives them apart, sees those of a colleague after that, and may take them back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import Scored
from dichterbij.domains.schemes.actions.scoring import LONGEST_REASONS, MOST
from dichterbij.domains.schemes.queries import officers
from dichterbij.domains.schemes.queries.marks import MarkRow, Plan, PlanCounts, plan_counts, plans
from dichterbij.domains.schemes.queries.officers import RoundName
from dichterbij.domains.schemes.rules.score_file import read_scores
from dichterbij.shared.errors import DichterbijError, InputError
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.present import in_words
from dichterbij.web.schemes.views.officer import done, officer, page
from dichterbij.web.site.private import private
from dichterbij.web.site.tables import csv_file

SIZE, LARGEST = 20, 1_000_000
PARTS = {
    "mine": gettext_lazy("To give by you"),
    "differ": gettext_lazy("Not the same"),
    "counts": gettext_lazy("Points that count"),
    "all": gettext_lazy("All plans"),
}


class ScoresForm(forms.Form):
    """The points in a file."""

    use_required_attribute = False
    scores = forms.FileField(
        label=gettext_lazy("The file with your points"),
        help_text=gettext_lazy("CSV, at most 1 MB. Lines without points are skipped."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("This file is empty.")},
    )

    def clean_scores(self) -> str:
        """Its text, as a spreadsheet saves it."""
        given = self.cleaned_data["scores"]
        if given.size > LARGEST:
            raise forms.ValidationError(gettext("This file is too large."))
        content = bytes(given.read())
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")


@dataclass(frozen=True, slots=True)
class Row:
    """A plan with what stands in its fields, what is wrong there, and who gave which points."""

    plan: Plan
    points: str
    why: str
    problem: str
    others: tuple[tuple[MarkRow, str], ...]
    score_by: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest) -> HttpResponse:
    """The plans of a round; on POST points are kept, taken back, or read from a file."""
    actor = officer(request)
    rounds = officers.rounds_with_points()
    asked = request.POST.get("round") or request.GET.get("ronde")
    chosen = next((one for one in rounds if str(one.id) == asked), None)
    if request.method != "POST" or chosen is None:
        return _show(request, actor, rounds, chosen or (rounds[0] if rounds else None))
    if request.POST.get("back"):
        return _take_back(request, actor, rounds, chosen)
    return (_read if request.POST.get("do") == "import" else _save)(request, actor, rounds, chosen)


@require_safe
def table(request: HttpRequest, tender: int) -> HttpResponse:
    """The plans with one's own points, to fill in and send back."""
    actor = officer(request)
    if tender not in {one.id for one in officers.rounds_with_points()}:
        raise Http404
    head = [gettext("number"), gettext("name"), gettext("score"), gettext("reasons")]
    rows = [(one.number, one.name, *_own(one)) for one in plans(round_id=tender, actor=actor)]
    return private(csv_file(f"punten-{tender}.csv", head, rows))


def _save(request: HttpRequest, actor: Actor, rounds: tuple[RoundName, ...], chosen: RoundName) -> HttpResponse:
    found: list[Scored] = []
    problems: dict[str, str] = {}
    for plan in plans(round_id=chosen.id, actor=actor, numbers=_posted(request)):
        text = request.POST[f"points-{plan.number}"].strip()
        why = " ".join(request.POST.get(f"why-{plan.number}", "").split())
        if not text and not why and not (plan.own and plan.is_open):
            continue
        if not plan.is_open and (text, why) == _own(plan):
            continue
        problem = _problem(text, why) if plan.is_open else _closed(plan)
        if problem:
            problems[plan.number] = problem
        else:
            found.append(Scored(plan.number, int(text), why))
    if problems:
        return _show(request, actor, rounds, chosen, problems=problems, status=422)
    try:
        return _kept(request, chosen, actions.give_marks(
            round_id=chosen.id, marks=found, actor=actor, now=timezone.now()
        ))  # fmt: skip
    except DichterbijError as error:
        return _show(request, actor, rounds, chosen, failed=_told(error), status=words.status_of(error))


def _read(request: HttpRequest, actor: Actor, rounds: tuple[RoundName, ...], chosen: RoundName) -> HttpResponse:
    form = ScoresForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            found = read_scores(form.cleaned_data["scores"], name="CSV", skips_empty=True)
            marks = [Scored(one.number, one.score, " ".join(one.reasons.split())) for one in found]
            return _kept(request, chosen, actions.give_marks(
                round_id=chosen.id, marks=marks, actor=actor, now=timezone.now()
            ))  # fmt: skip
        except DichterbijError as error:
            form.add_error("scores", _told(error))
    return _show(request, actor, rounds, chosen, form=form, status=422)


def _take_back(request: HttpRequest, actor: Actor, rounds: tuple[RoundName, ...], chosen: RoundName) -> HttpResponse:
    number = request.POST["back"][:40]
    try:
        actions.take_marks_back(round_id=chosen.id, number=number, actor=actor, now=timezone.now())
    except DichterbijError as error:
        return _show(request, actor, rounds, chosen, failed=_told(error), status=words.status_of(error))
    text = gettext("Your points of %(number)s are taken back. You can give them again.") % {"number": number}
    return _back(request, chosen, text)


def _kept(request: HttpRequest, chosen: RoundName, made: actions.Marked) -> HttpResponse:
    text = ngettext("You gave points to %(n)s plan.", "You gave points to %(n)s plans.", made.kept) % {"n": made.kept}
    if made.agreed:
        text += " " + gettext("The same as a colleague, so these count: %(n)s.") % {"n": made.agreed}
    if made.differ:
        text += " " + gettext("Not the same as a colleague: %(n)s. Talk about these.") % {"n": made.differ}
    return _back(request, chosen, text)


def _back(request: HttpRequest, chosen: RoundName, text: str) -> HttpResponse:
    """To the part of the list where somebody was."""
    asked = {"ronde": chosen.id, "toon": request.POST.get("part"), "pagina": request.POST.get("page")}
    return done(request, text, "schemes:points", asked=asked)


def _posted(request: HttpRequest) -> list[str]:
    """The numbers of the plans that stood on the page."""
    return [name.removeprefix("points-") for name in request.POST if name.startswith("points-")]


def _own(plan: Plan) -> tuple[str, str]:
    return (str(plan.own.score), plan.own.reasons) if plan.own else ("", "")


def _closed(plan: Plan) -> str:
    if plan.is_public:
        return gettext("Points do not change any more.")
    return gettext("Two colleagues gave points, so nobody else does.")


def _problem(points: str, why: str) -> str:
    if not (points.isascii() and points.isdigit() and len(points) < 6 and int(points) <= MOST):
        return gettext("Give a whole number from 0 to 10,000.")
    if not why or len(why) > LONGEST_REASONS:
        return gettext("Write why, in at most 2,000 letters.")
    return ""


def _told(error: DichterbijError) -> str:
    number = error.fields.get("number")
    if isinstance(error, InputError) and error.fields.get("row"):
        return gettext("Line %(row)s: points are a whole number. Nothing was kept.") % {"row": error.fields["row"]}
    if isinstance(error, InputError) and number:
        told = gettext("%(number)s: give a whole number from 0 to 10,000, and write why. Nothing was kept.")
        return told % {"number": number}
    if isinstance(error, InputError):
        return gettext("We cannot use this file. Download the list, fill it in, and choose that file.")
    if number:
        told = gettext("%(number)s is no plan that you can give points now. Nothing was kept.")
        return told % {"number": number}
    return words.problem(error)


def _show(
    request: HttpRequest, actor: Actor, rounds: tuple[RoundName, ...], chosen: RoundName | None, *,
    problems: Mapping[str, str] = {}, form: ScoresForm | None = None, failed: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    counts = plan_counts(round_id=chosen.id, actor=actor) if chosen else PlanCounts(dict.fromkeys(PARTS, 0), False)
    asked = request.POST.get("part") or request.GET.get("toon") or ""
    part = asked if asked in PARTS else "mine" if counts.parts["mine"] else "all"
    pages = max(1, -(-counts.parts[part] // SIZE))
    number = min(_whole(request.POST.get("page") or request.GET.get("pagina") or ""), pages)
    shown: tuple[Plan, ...] = ()
    if chosen and problems:  # what was typed stands on the page again, wherever it is by now
        shown = plans(round_id=chosen.id, actor=actor, numbers=_posted(request))
    elif chosen:
        shown = plans(round_id=chosen.id, actor=actor, part=part, skip=(number - 1) * SIZE, most=SIZE)
    context: dict[str, Any] = {
        "part": "points",
        "rounds": [(one.id, f"{in_words(one.title)}, {one.opens_at:%d-%m-%Y}") for one in rounds],
        "chosen": chosen,
        "title": in_words(chosen.title) if chosen else "",
        "parts": [(code, name, counts.parts[code]) for code, name in PARTS.items()],
        "shown_part": part,
        "rows": _rows(shown, request, problems),
        "counted": counts.parts["counts"],
        "all": counts.parts["all"],
        "is_public": counts.is_public,
        "page": number,
        "pages": pages,
        "form": form or ScoresForm(),
        "problems": len(problems),
        "failed": failed,
    }
    return page(request, "officer/points.html", context, status=status)


def _rows(shown: Iterable[Plan], request: HttpRequest, problems: Mapping[str, str]) -> list[Row]:
    rows = list(shown)
    called = words.names({who for one in rows for who in (*one.score_by, *(other.actor for other in one.others))})
    return [
        Row(
            one, request.POST.get(f"points-{one.number}", str(one.own.score) if one.own else ""),
            request.POST.get(f"why-{one.number}", one.own.reasons if one.own else ""), problems.get(one.number, ""),
            tuple((other, called.get(other.actor, "")) for other in one.others),
            tuple(called.get(who, who) for who in one.score_by),
        )
        for one in rows
    ]  # fmt: skip


def _whole(given: str) -> int:
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1
