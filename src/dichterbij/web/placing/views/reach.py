"""How many people are within reach of an opening, and what changes when a demand is dropped."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dichterbij.web.content.pages import page as content_page
from dichterbij.web.desks.cards import language
from dichterbij.web.placing import proposals
from dichterbij.web.placing.cookie import Opened, open_draft
from dichterbij.web.placing.crowd import CrowdLoadingError, crowd
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.forms.reach import ReachForm
from dichterbij.web.placing.forms.start import NONE, with_chosen_place
from dichterbij.web.placing.reach import shown
from dichterbij.web.placing.views.pages import kept, page
from dichterbij.web.site.private import private

CHOSEN = "occupation"
TAKEN = ("title", "pc4", "place", "licences", "dutch", "level", "demands", "dayparts", "hours_min", "hours_max")


@require_safe
def reach(request: HttpRequest) -> HttpResponse:
    """A few questions, or the opening that is being placed; and then the numbers."""
    opened = open_draft(request)
    opened = Opened(opened.draft)
    form = ReachForm(with_chosen_place(request.GET) if _is_asked(request.GET) else None, initial=_initial(opened.draft))
    draft: Draft | None = None
    found: tuple[proposals.Occupation, ...] = ()
    if form.is_bound and form.is_valid():
        found = proposals.occupations(form.cleaned_data["title"], language())
        draft = _with_skills(form, found, request.GET.get(CHOSEN, ""))
    elif not form.is_bound and opened.draft.described:
        draft = opened.draft
    context = {"form": form, "own": opened.draft.described and not form.is_bound, "draft": draft}
    context["text"] = content_page("placing", "reach", language())
    context |= {"found": found, "must_choose": bool(found) and draft is None, "carried": _carried(request.GET)}
    context["knows"] = form.is_bound and "knows" in request.GET
    if draft:
        try:
            context |= {"reach": shown(draft, crowd()), "occupation": proposals.label_of(draft.occupation, language())}
            context["by_law"] = proposals.asks_by_law(draft.occupation, timezone.localdate())
        except CrowdLoadingError:
            return _loading(request)
    target = Opened(draft or opened.draft)
    return page(request, "reach.html", context, opened=target, status=422 if form.errors else 200)


def _is_asked(query: QueryDict) -> bool:
    return "where" in query


def _initial(draft: Draft) -> dict[str, object]:
    return {"title": draft.title, "where": draft.pc4 or "", "hours_min": 16, "hours_max": 24, "dayparts": ["weekday"]}


def _carried(query: QueryDict) -> list[tuple[str, str]]:
    """What was asked, for another form on the page to take along."""
    return [(name, value) for name, values in query.lists() for value in values if name != CHOSEN]


def _with_skills(form: ReachForm, found: tuple[proposals.Occupation, ...], chosen: str) -> Draft | None:
    """The opening of a valid form, with the skills of the occupation that was chosen or is likely meant.

    None when that has to be chosen first.
    """
    draft = form.draft()
    if not found or chosen == NONE:
        return draft
    picked = found[int(chosen)] if chosen in map(str, range(len(found))) else found[0]
    if picked is found[0] and chosen != "0" and not picked.is_likely:
        return None
    uris = tuple(skill.uri for skill in proposals.skills_of(picked.uri, language()))
    return replace(draft, occupation=picked.uri, tasks=uris, needed=uris if form.cleaned_data["knows"] else ())


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Go on to placing with what was counted; what stood in an opening before is replaced by it."""
    form = ReachForm(with_chosen_place(request.POST))
    if not form.is_valid():
        return private(redirect("placing:place"))
    before, asked = open_draft(request).draft, form.draft()
    changed = {name: getattr(asked, name) for name in TAKEN}
    draft = replace(before, **changed, asked_occupation=False, described=False)
    return kept(request, form, draft) or private(redirect("placing:place"))


def _loading(request: HttpRequest) -> HttpResponse:
    context = {"again": request.get_full_path(), "now": timezone.localtime()}
    response = render(request, "placing/loading.html", context, status=503)
    response["Retry-After"] = "5"
    return private(response)
