"""What these pages share: nobody in between stores them, and a draft is kept or its absence is said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.web.placing import cookie
from dichterbij.web.placing.cookie import Opened
from dichterbij.web.placing.desk import card_of
from dichterbij.web.placing.draft import Draft
from dichterbij.web.site.private import private
from dichterbij.web.site.sealed import TooLongError

GONE = "leeg"
STEPS = ("placing:place", "placing:work", "placing:contact", "placing:check")


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, opened: Opened, status: int = 200
) -> HttpResponse:
    """A page about this draft; it ends with the desk of its region."""
    draft = opened.draft
    is_gone = GONE in request.GET and not draft.title
    context = {
        "is_gone": is_gone,
        "draft": draft,
        "dropped": opened.dropped,
        "steps": len(STEPS),
        "desk": card_of(draft.pc4),
        **context,
    }
    response = render(request, f"placing/{template}", context, status=status)
    return private(cookie.COOKIE.wipe(response) if opened.dropped else response)


def kept(request: HttpRequest, form: Any, draft: Draft, *, to: str | None = None) -> HttpResponse | None:
    """On to the next page with this draft kept; None, with an error on the form, when it does not fit."""
    try:
        value = cookie.seal(draft)
    except TooLongError:
        form.add_error(
            None,
            _("Together the texts are too long for us to keep. Make them shorter; you can tell the desk the rest."),
        )
        return None
    return private(cookie.COOKIE.keep(redirect(to or draft.next_step), value))


def kept_so_far(request: HttpRequest, form: Any, draft: Draft, *, back: str) -> HttpResponse | None:
    """For a form that is left before it is done: back, or (`save`, by the page itself) no word at all.

    None when the form was sent to go on, or, with an error on the form, when the draft does not fit.
    """
    if "save" in request.POST:
        silent = HttpResponse(status=204)
        answer = kept(request, form, draft)
        if answer:
            silent.cookies = answer.cookies
        return private(silent)
    return kept(request, form, draft, to=back) if "back" in request.POST else None


def must_first(request: HttpRequest, draft: Draft, name: str) -> HttpResponse | None:
    """The page that comes first, when this one cannot be shown yet."""
    order = ("placing:place", "placing:occupation", "placing:work", "placing:contact", "placing:check")
    if order.index(draft.next_step) >= order.index(name):
        return None
    # Whoever sends a form for a draft that is gone sent or wiped it elsewhere, and is told so.
    is_gone = draft.next_step == order[0] and request.method == "POST"
    return private(redirect(reverse(draft.next_step) + (f"?{GONE}=1" if is_gone else "")))
