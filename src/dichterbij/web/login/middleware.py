"""Nobody opens a page that the permission table does not give."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode

from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.web.login import kept
from dichterbij.web.login.who import USER, actor_of


class Doorkeeper:
    """Asks the permission table before a view runs: sends to signing in, or says that there is no such page.

    Only pages that are not for everybody look at the session; the others ask the database nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        """None where the page may be opened. "Not yours" and "does not exist" are the same answer."""
        match = request.resolver_match
        route = match.view_name if match else ""
        permissions = read_permissions(timezone.localdate())
        if permissions.page(route) is None:
            return None
        before = request.session.get(USER)  # asking who it is empties a session that is over
        actor: Actor | None = actor_of(request)
        if actor is None:
            if request.method == "POST":
                kept.keep(request, before)
            return redirect(f"/{request.path.split('/')[1]}/inloggen/?{urlencode({'next': _way_back(request)})}")
        if request.method == "POST" and kept.KEPT in request.session:
            kept.drop(request)
        if not permissions.may_open(actor.role, route):
            raise Http404
        return None


def _way_back(request: HttpRequest) -> str:
    """The page asked, or where a form stood that was sent."""
    if request.method != "POST":
        return request.get_full_path()
    address = urlsplit(request.headers.get("Referer", ""))
    return address.path if address.netloc == request.get_host() else ""
