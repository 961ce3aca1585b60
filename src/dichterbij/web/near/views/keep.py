"""Keeping what was found without an account: a sheet to print, a mail, and a code that holds the answers itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.shared.errors import InputError
from dichterbij.web.near import carried, closing, market, present, readout
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import Opened, open_answers
from dichterbij.web.near.facts import facts_of
from dichterbij.web.near.forms import BroughtForm
from dichterbij.web.near.views.pages import moved, needs_market, page
from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import SealedCookie

MOST_ON_THE_SHEET = 10
# The code that is being looked at, so that its page can be left and come back to.
BROUGHT = SealedCookie("brought")


@require_safe
@needs_market
def keep(request: HttpRequest) -> HttpResponse:
    """The sheet: what was told, what was found, the code and the desk."""
    opened = open_answers(request)
    if opened.answers.pc4 is None:
        return private(redirect("near:start"))
    context = {
        "place": closing.place_name(opened.answers),
        "told_rows": readout.rows(opened.answers),
        "chosen": _chosen(opened.answers, request.GET.get("opening", "")),
        "rows": _nearest(opened.answers),
        "site": request.build_absolute_uri(reverse("site:home")),
        **_code(request, opened.answers),
    }
    return page(request, "keep.html", context, opened=opened)


def _code(request: HttpRequest, answers: Answers) -> dict[str, Any]:
    """The code of these answers as a picture and as letters; `code` is None when they do not fit."""
    now = timezone.now()
    there = request.build_absolute_uri(reverse("near:brought"))
    try:
        code = carried.code_of(answers, now=now)
    except carried.TooMuchToCarryError:
        return {"code": None, "code_page": there}
    # Segno writes nothing but dots; the address holds letters of base64 and of our own urls.
    drawn = SafeString(carried.picture(f"{there}#{code}"))  # nosec B703 B308
    until = timezone.localtime(now + timedelta(days=carried.MOST_DAYS))
    return {"code": code, "code_picture": drawn, "code_page": there, "code_until": until}


def _chosen(answers: Answers, opening_id: str) -> dict[str, Any] | None:
    """The opening somebody came from, with its bridge when there is one; None without."""
    facts = facts_of([opening_id], get_language()) if 0 < len(opening_id) <= 200 and "\x00" not in opening_id else {}
    if opening_id not in facts:
        return None
    near = market.market().routes_to(answers, opening_id)
    return present.row(near, facts[opening_id]) if near else present.about(facts[opening_id])


def _nearest(answers: Answers) -> list[dict[str, Any]]:
    nears = market.market().near(answers).kept(answers.filters).nearest(MOST_ON_THE_SHEET)
    facts = facts_of([near.opening_id for near in nears], get_language())
    return [present.row(near, facts[near.opening_id]) for near in nears if near.opening_id in facts]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def brought(request: HttpRequest) -> HttpResponse:
    """Where a code leads: on to what it holds. Opened from its own address, so never another one than was scanned."""
    opened = open_answers(request)
    form = BroughtForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return page(request, "brought.html", {"form": form, "told": opened.answers}, opened=opened)
    code = form.cleaned_data["code"]
    try:
        carried.read(code, now=timezone.now())
    except InputError as error:
        form.add_error("code", WRONG[type(error)]())
        return page(request, "brought.html", {"form": form, "told": opened.answers}, opened=opened)
    return private(BROUGHT.keep(redirect("near:brought-shown"), BROUGHT.seal(code)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def brought_shown(request: HttpRequest) -> HttpResponse:
    """What the code holds, and the question before it takes the place of answers that are there."""
    opened = open_answers(request)
    try:
        code = BROUGHT.unseal(BROUGHT.value(request))
        found = carried.read(code, now=timezone.now())
    except (ValueError, InputError):
        return private(redirect("near:brought"))
    if request.method == "POST":
        return BROUGHT.wipe(moved(found.answers, "near:list" if found.answers.pc4 else "near:start"))
    return page(request, "brought.html", _shown(found, opened), opened=opened)


def _shown(found: carried.Carried, opened: Opened) -> dict[str, Any]:
    mine = carried.to_carry(opened.answers)
    return {
        "brought": readout.rows(found.answers),
        "made_at": timezone.localtime(found.made_at),
        "is_same": mine == found.answers,
        "mine": readout.rows(mine) if opened.answers != Answers() else [],
    }


WRONG: dict[type[InputError], Callable[[], str]] = {
    carried.NotOurCodeError: lambda: gettext(
        "This is not a whole code of Dichterbij. Scan or paste it once more, up to and including the last letter."
    ),
    carried.OtherSiteError: lambda: gettext(
        "Another site of Dichterbij made this code. It works only there: look at the address under the code."
    ),
    carried.TooOldError: lambda: gettext(
        "This code is more than 30 days old, so it no longer works. Fill in your answers once more."
    ),
    carried.OtherVersionError: lambda: gettext(
        "The site has changed since this code was made, so we cannot read it. Fill in your answers once more."
    ),
}
