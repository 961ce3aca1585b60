"""What the work is called and where it is, and which occupation comes closest."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.web.desks.cards import language
from dichterbij.web.placing import cookie, crowd, proposals
from dichterbij.web.placing.cookie import open_draft
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.forms import OccupationForm, StartForm
from dichterbij.web.placing.forms.start import NONE, with_chosen_place
from dichterbij.web.placing.views.pages import kept, must_first, page
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask the title and the place."""
    crowd.prepare()
    opened = open_draft(request)
    form = StartForm(with_chosen_place(request.POST) or None, initial=StartForm.initial_of(opened.draft))
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        draft = replace(opened.draft, title=title, pc4=form.pc4, place=form.place)
        if title != opened.draft.title:
            draft = replace(draft, asked_occupation=False)
        answer = kept(request, form, draft)
        if answer:
            return answer
    return page(request, "start.html", {"form": form}, opened=opened, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def occupation(request: HttpRequest) -> HttpResponse:
    """Ask which occupation comes closest to the title."""
    opened = open_draft(request)
    draft = opened.draft
    first = must_first(request, draft, "placing:occupation")
    if first:
        return first
    found = proposals.occupations(draft.title, language())
    form = OccupationForm(request.POST or None, occupations=found, initial={"occupation": _chosen(draft, found)})
    if request.method == "POST" and form.is_valid():
        answer = kept(request, form, _with_occupation(draft, form.chosen()), to="placing:work")
        if answer:
            return answer
    choices = list(zip(form["occupation"], [*(one.about for one in found), ""], strict=True))
    context = {"form": form, "choices": choices}
    return page(request, "occupation.html", context, opened=opened, status=422 if form.errors else 200)


def _with_occupation(draft: Draft, chosen: str | None) -> Draft:
    """The draft with this occupation; the skills of another one go, and the work is asked once more."""
    changed = replace(draft, occupation=chosen, asked_occupation=True)
    return changed if chosen == draft.occupation else replace(changed, tasks=(), needed=(), described=False)


def _chosen(draft: Draft, found: tuple[proposals.Occupation, ...]) -> str | None:
    if draft.asked_occupation and draft.occupation is None:
        return NONE
    return next((str(at) for at, one in enumerate(found) if one.uri == draft.occupation), None)


@require_POST
def wipe(request: HttpRequest) -> HttpResponse:
    """Take the draft away from the browser; before sending there is no other place where it is."""
    return private(cookie.COOKIE.wipe(redirect("placing:place")))
