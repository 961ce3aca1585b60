"""Coming in with a link, and then perhaps with a code."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import LinkOverError
from dichterbij.domains.accounts.rules import Door
from dichterbij.web.login.coming_in import ask_code, come_in
from dichterbij.web.login.terms import link_minutes
from dichterbij.web.login.views.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """One button: programs that look at links in mail press none, so they use nothing up."""
    now = timezone.now()
    if request.method != "POST":
        is_open = queries.link_is_open(token=token, now=now)
        return _page(request, is_open=is_open)
    try:
        used = actions.use_link(token=token, now=now)
    except LinkOverError:
        return _page(request, is_open=False)
    if used.door is Door.STAFF:
        return ask_code(request, used.user, next_path=used.next_path, now=now)
    return come_in(request, used.user, how="link", next_path=used.next_path, now=now)


def _page(request: HttpRequest, *, is_open: bool) -> HttpResponse:
    context = {"is_open": is_open, "minutes": link_minutes()}
    return page(request, "link.html", context, status=200 if is_open else 410)
