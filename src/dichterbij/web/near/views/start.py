"""The one question that must be answered: where do you live?"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.domains.regions import queries as regions
from dichterbij.domains.regions.errors import PostcodeNotFoundError
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import Opened, open_answers
from dichterbij.web.near.forms import PlaceForm, PostcodeForm, is_place
from dichterbij.web.near.views.pages import moved, page

MOST_PLACES = 6


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask the postcode; then straight on to what is near."""
    opened = open_answers(request)
    form = PostcodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["postcode"]
        if is_place(given):
            return _places(request, opened, PlaceForm({"place": given}))
        if _exists(int(given[:4])):
            return _to_list(opened.answers, int(given[:4]))
        message = gettext("We cannot find postcode %(postcode)s. Is it right? You can also choose your place.")
        form.add_error("postcode", message % {"postcode": given})
    asks_place = bool(form.errors)
    return _page(request, opened, form=form, place_form=PlaceForm() if asks_place else None)


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Ask the place when the postcode is not known, and which one is meant."""
    opened = open_answers(request)
    chosen = request.POST.get("pc4", "")
    if chosen.isascii() and chosen.isdigit() and _exists(int(chosen[:6])):
        return _to_list(opened.answers, int(chosen))
    return _places(request, opened, PlaceForm(request.POST))


def _places(request: HttpRequest, opened: Opened, form: PlaceForm) -> HttpResponse:
    """The places that are called like what was filled in, to choose from."""
    found = regions.find_place(form.cleaned_data["place"], limit=MOST_PLACES) if form.is_valid() else ()
    places = [item.place for item in found]
    if form.is_valid() and not places:
        form.add_error("place", gettext("We cannot find that place. Is it spelled right? A town near you is fine too."))
    return _page(request, opened, form=PostcodeForm(), place_form=form, places=places)


def _exists(pc4: int) -> bool:
    try:
        regions.postcode(pc4)
    except PostcodeNotFoundError:
        return False
    return True


def _to_list(answers: Answers, pc4: int) -> HttpResponse:
    return moved(replace(answers.settle(), pc4=pc4), "near:list")


def _page(request: HttpRequest, opened: Opened, **context: Any) -> HttpResponse:
    return page(request, "start.html", {"told": opened.answers, **context}, opened=opened)
