"""How many people are within reach of an opening, and what changes when a demand is dropped."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dichterbij.web.content.pages import page as content_page
from dichterbij.web.desks.cards import language
from dichterbij.web.placing import proposals
from dichterbij.web.placing.cookie import Opened, open_draft
from dichterbij.web.placing.crowd import CrowdLoadingError, crowd
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.forms.reach import ReachForm
from dichterbij.web.placing.forms.start import with_chosen_place
from dichterbij.web.placing.reach import shown
from dichterbij.web.placing.views.pages import page, private


@require_GET
def reach(request: HttpRequest) -> HttpResponse:
    """A few questions, or the opening that is being placed; and then the numbers."""
    opened = open_draft(request)
    opened = Opened(opened.draft)
    form = ReachForm(with_chosen_place(request.GET) if _is_asked(request.GET) else None, initial=_initial(opened.draft))
    draft: Draft | None = None
    if form.is_bound and form.is_valid():
        draft = _with_skills(form)
    elif not form.is_bound and opened.draft.described:
        draft = opened.draft
    context = {"form": form, "own": opened.draft.described and not form.is_bound, "draft": draft}
    context["text"] = content_page("placing", "reach", language())
    if draft:
        try:
            context |= {"reach": shown(draft, crowd()), "occupation": proposals.label_of(draft.occupation, language())}
        except CrowdLoadingError:
            return _loading(request)
    target = Opened(draft or opened.draft)
    return page(request, "reach.html", context, opened=target, status=422 if form.errors else 200)


def _is_asked(query: QueryDict) -> bool:
    return "where" in query


def _initial(draft: Draft) -> dict[str, object]:
    return {"title": draft.title, "where": draft.pc4 or "", "hours_min": 16, "hours_max": 24, "dayparts": ["weekday"]}


def _with_skills(form: ReachForm) -> Draft:
    """The opening of a valid form; its skills are those of the occupation nearest to its title."""
    draft = form.draft()
    found = proposals.occupations(draft.title, language()) if draft.title else ()
    if not found:
        return draft
    uris = tuple(skill.uri for skill in proposals.skills_of(found[0].uri, language()))
    return replace(draft, occupation=found[0].uri, tasks=uris, needed=uris if form.cleaned_data["knows"] else ())


def _loading(request: HttpRequest) -> HttpResponse:
    context = {"again": request.get_full_path(), "now": timezone.localtime()}
    response = render(request, "placing/loading.html", context, status=503)
    response["Retry-After"] = "5"
    return private(response)
