"""The one question that must be answered: where do you live?"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from dichterbij.domains.regions import queries as regions
from dichterbij.domains.regions.errors import PostcodeNotFoundError
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import Opened, open_answers
from dichterbij.web.near.forms import PostcodeForm, is_place
from dichterbij.web.near.views.pages import moved, page
from dichterbij.web.site.private import private

MOST_PLACES = 6


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask the postcode, or the place; then straight on to what is near."""
    opened = open_answers(request)
    form = PostcodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["postcode"]
        if is_place(given):
            return _place(request, opened, form)
        if _exists(int(given[:4])):
            return _to_list(opened.answers, int(given[:4]))
        message = gettext("We cannot find postcode %(postcode)s. Is it right? You can also fill in your place.")
        form.add_error("postcode", message % {"postcode": given})
    return _ask(request, opened, form)


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """On to what is near the place that was chosen."""
    chosen = request.POST.get("pc4", "")
    if chosen.isascii() and chosen.isdigit() and _exists(int(chosen[:6])):
        return _to_list(open_answers(request).answers, int(chosen))
    return private(redirect("near:start"))


def _place(request: HttpRequest, opened: Opened, form: PostcodeForm) -> HttpResponse:
    """On with the place of this name; when more places can be meant, the question which."""
    given = form.cleaned_data["postcode"]
    found = regions.find_place(given, limit=MOST_PLACES)
    named = [item.place for item in found if item.is_exact]
    if len(named) == 1:
        return _to_list(opened.answers, named[0].pc4)
    if not found:
        message = gettext("We cannot find that place. Is it spelled right? A town near you is fine too.")
        form.add_error("postcode", message)
        return _ask(request, opened, form)
    context = {"given": given, "is_named": bool(named), "places": [item.place for item in found]}
    return page(request, "which_place.html", context, opened=opened)


def _exists(pc4: int) -> bool:
    try:
        regions.postcode(pc4)
    except PostcodeNotFoundError:
        return False
    return True


def _to_list(answers: Answers, pc4: int) -> HttpResponse:
    return moved(replace(answers.settle(), pc4=pc4), "near:list")


def _ask(request: HttpRequest, opened: Opened, form: PostcodeForm) -> HttpResponse:
    context: dict[str, Any] = {"told": opened.answers, "form": form.focused() if form.errors else form}
    return page(request, "start.html", context, opened=opened)
