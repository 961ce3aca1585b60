"""Back after the session ended: send what was typed, or throw it away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dichterbij.web.login import kept
from dichterbij.web.login.landing import first_page
from dichterbij.web.login.views.pages import page
from dichterbij.web.login.who import signed_in
from dichterbij.web.site.private import private


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """The form with what was typed in it, sent with one press; posting to this page throws it away."""
    standing, form = signed_in(request), kept.kept_form(request)
    if request.method == "POST" or form is None:
        kept.drop(request)
        return private(redirect(first_page(standing.actor, "")))
    shown = [text for name, text in form.fields if text.strip() and not _is_a_number(text)]
    return page(request, "kept.html", {"form": form, "shown": shown})


def _is_a_number(text: str) -> bool:
    """Versions, ids and choices say nothing to a reader."""
    return len(text) < 3 or text.isdigit() or (len(text) == 36 and text.count("-") == 4)
