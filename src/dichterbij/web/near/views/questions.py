"""The optional questions: groups of a few, work done by type-ahead, and skills proposed from it."""

import re
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.web.near import esco
from dichterbij.web.near.answers import MOST_SKILLS, MOST_WORK, Answers
from dichterbij.web.near.cookie import Opened, open_answers, seal
from dichterbij.web.near.forms import MOST_TEXT, ConceptForm
from dichterbij.web.near.groups import BY_CODE, BY_SLUG, GROUPS, Group, links, next_group
from dichterbij.web.near.views.pages import moved, page
from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import TooLongError

SUGGESTIONS = 8
OPENING_ID = re.compile(r"[\w.:~-]{1,80}")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All groups, which were answered, and where to go on."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    return page(request, "questions.html", {"groups": links(opened.answers)}, opened=opened)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, group: str) -> HttpResponse:
    """One group of questions."""
    opened, asked = open_answers(request), BY_SLUG.get(group)
    if asked is None or asked.form is None:
        raise Http404(gettext("There is no such question."))
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    if "skip" in request.POST:
        return _onward(request, opened.answers.mark_seen(asked.code), asked)
    form = asked.form(request.POST or None, answers=opened.answers)
    if request.method == "POST" and form.is_valid():
        changed = replace(opened.answers.settle(), **form.changes()).mark_seen(asked.code)
        return _onward(request, changed, asked)
    return page(request, "group.html", _context(request, asked, opened, form=form), opened=opened)


@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    """Work done: type, choose from what is found, and see what was chosen."""
    opened, asked = open_answers(request), BY_CODE["work"]
    answers = opened.answers
    if answers.pc4 is None:
        return private(redirect("near:start"))
    if "skip" in request.POST or _is_done(request):
        return _onward(request, answers.mark_seen("work"), asked)
    if "none" in request.POST:
        never = replace(answers.settle(), work=(), unticked=(), no_work=True).mark_seen("work")
        return _kept(request, opened, never, "near:skills")
    changed, problem = _change_work(answers, request.POST)
    if changed != answers:
        return _kept(request, opened, changed, "near:work")
    context = _context(request, asked, opened) | _search(request, "occupation")
    problem = problem or _nothing_chosen(request)
    context |= {"chosen": esco.labelled(answers.work, get_language()), "problem": problem}
    return page(request, "work.html", context, opened=opened)


def _change_work(answers: Answers, posted: Any) -> tuple[Answers, str]:
    """The answers with a kind of work added or taken away; the second says what was wrong."""
    added, removed = posted.get("add"), posted.get("remove")
    if removed in answers.work:
        return replace(answers.settle(), work=tuple(uri for uri in answers.work if uri != removed)), ""
    if not added or added in answers.work:
        return answers, ""
    if not esco.knows("occupation", added):
        return answers, gettext("We do not know that kind of work. Choose one from the list.")
    if len(answers.work) >= MOST_WORK:
        return answers, gettext("You can give eight kinds of work. Remove one first.")
    return replace(answers.settle(), work=(*answers.work, added), no_work=False, skills_confirmed=False).mark_seen(
        "work"
    ), ""


@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest) -> HttpResponse:
    """What somebody can do: proposed from work done, each to be confirmed, and what they add."""
    opened, asked = open_answers(request), BY_CODE["skills"]
    answers = opened.answers
    if answers.pc4 is None:
        return private(redirect("near:start"))
    if "skip" in request.POST:
        return _onward(request, answers.mark_seen("skills"), asked)
    changed, problem = _change_skills(answers, request.POST) if request.method == "POST" else (answers, "")
    searching = bool(request.POST.get("text", "").strip())
    if _is_done(request) and not problem:
        return _onward(request, replace(changed, skills_confirmed=True).mark_seen("skills"), asked)
    if changed != answers and not searching and not problem:
        return _kept(request, opened, changed, "near:skills")
    context = _context(request, asked, opened) | _search(request, "skill")
    context |= {"problem": problem or _nothing_chosen(request), **_skill_lists(changed)}
    return page(request, "skills.html", context, opened=opened, answers=changed if changed != answers else None)


def _change_skills(answers: Answers, posted: Any) -> tuple[Answers, str]:
    """The answers with the ticks of the page and perhaps one skill added; the second says what was wrong."""
    ticked = set(posted.getlist("held"))
    proposed = esco.proposed(answers.work)
    changed = replace(
        answers.settle(),
        unticked=tuple(uri for uri in proposed if uri not in ticked),
        own_skills=tuple(uri for uri in answers.own_skills if uri in ticked),
    )
    added = posted.get("add")
    if not added or added in changed.own_skills:
        return changed, ""
    if not esco.knows("skill", added):
        return changed, gettext("We do not know that skill. Choose one from the list.")
    if len(changed.own_skills) >= MOST_SKILLS:
        return changed, gettext("That is more than we can keep. Remove some first.")
    if added in proposed:
        return replace(changed, unticked=tuple(uri for uri in changed.unticked if uri != added)), ""
    return replace(changed, own_skills=(*changed.own_skills, added)), ""


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Type-ahead: what was typed comes in the body, never in an address."""
    kind = request.POST.get("kind", "")
    if kind not in ("occupation", "skill"):
        return private(JsonResponse({"results": []}, status=400))
    form = ConceptForm(request.POST)
    found = esco.suggest(form.cleaned_data["text"], kind, get_language(), SUGGESTIONS) if form.is_valid() else ()
    return private(JsonResponse({"results": [{"uri": concept.uri, "label": concept.label} for concept in found]}))


def _goes_on(request: HttpRequest) -> bool:
    return "save" in request.POST or "another" in request.POST


def _is_done(request: HttpRequest) -> bool:
    """Whether somebody goes on; with a word still in the search field they want to look it up."""
    return _goes_on(request) and not request.POST.get("text", "").strip()


def _nothing_chosen(request: HttpRequest) -> str:
    """What to say to somebody who wants to go on with a word looked up and nothing chosen; empty otherwise."""
    if not _goes_on(request) or len(request.POST.get("text", "")) > MOST_TEXT:
        return ""
    return gettext("You looked up a word but chose nothing yet. Choose what comes closest, or empty the search field.")


def _search(request: HttpRequest, kind: str) -> dict[str, Any]:
    """What the search field shows, and what was found without JavaScript."""
    if not request.POST.get("text", "").strip() and "search" not in request.POST:
        return {"search": ConceptForm(), "kind": kind, "found": None}
    form = ConceptForm(request.POST)
    found = esco.suggest(form.cleaned_data["text"], kind, get_language(), SUGGESTIONS) if form.is_valid() else None
    return {"search": form, "kind": kind, "found": found}


def _skill_lists(answers: Answers) -> dict[str, Any]:
    """Proposed skills by the work they come from (each once), and the visitor's own."""
    language, lists = get_language(), []
    shown: set[str] = set()
    for occupation in esco.labelled(answers.work, language):
        uris = tuple(uri for uri in esco.proposed((occupation.uri,)) if uri not in shown)
        shown.update(uris)
        concepts = esco.labelled(uris, language)
        lists.append((occupation, [(concept, concept.uri not in answers.unticked) for concept in concepts]))
    return {"proposals": lists, "own": esco.labelled(answers.own_skills, language), "told": answers}


def _context(request: HttpRequest, asked: Group, opened: Opened, **more: Any) -> dict[str, Any]:
    number = [group.code for group in GROUPS].index(asked.code) + 1
    back = _back(request.POST.get("opening") or request.GET.get("opening"))
    return {
        "group": asked,
        "number": number,
        "count": len(GROUPS),
        "opening_id": back,
        "told": opened.answers,
        **more,
    }


def _kept(request: HttpRequest, opened: Opened, changed: Answers, again: str) -> HttpResponse:
    """Back to the same page with the change kept, or the same page saying that it does not fit."""
    try:
        seal(changed)
    except TooLongError:
        return page(request, "too_many.html", {}, opened=opened, status=413)
    response = moved(changed, again)
    back = _back(request.POST.get("opening"))
    if back:
        response["Location"] += f"?opening={back}"
    return response


def _onward(request: HttpRequest, answers: Answers, asked: Group) -> HttpResponse:
    """Where to after a group: the next one when asked for, the opening one came from, else the list."""
    try:
        seal(answers)
    except TooLongError:
        return page(request, "too_many.html", {}, opened=open_answers(request), status=413)
    following = next_group(answers, after=asked.code)
    if "another" in request.POST and following:
        return _to_group(answers, following)
    if asked.code == "work" and "save" in request.POST and answers.work:
        return moved(answers, "near:skills")
    back = _back(request.POST.get("opening"))
    return moved(answers, "near:opening", back) if back else moved(answers, "near:list")


def _back(opening_id: str | None) -> str:
    """The opening somebody came from; empty for what cannot be one."""
    return opening_id if opening_id and OPENING_ID.fullmatch(opening_id) else ""


def _to_group(answers: Answers, group: Group) -> HttpResponse:
    return moved(answers, group.address)
