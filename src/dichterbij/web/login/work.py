"""The pages of somebody's own work: for the bar under the header."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.rules import Role, read_permissions

# Shown where the role may open them and the site has them. Another app adds its first page here.
PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("referral:today", _("Today")),
    ("referral:meeting", _("Case meeting")),
    ("referral:places", _("Finding places")),
    ("referral:figures", _("Figures")),
    ("national:start", _("National")),
    ("mine:start", _("My data")),
    ("placing:mine", _("My messages")),
    ("schemes:mine", _("My applications")),
    ("schemes:work", _("Applications")),
    ("manage:members", _("Manage")),
)


@dataclass(frozen=True)
class WorkLink:
    """A page of one's work; `is_here` on it or under it."""

    label: str
    url: str
    is_here: bool


def work_links(request: HttpRequest, role: Role) -> tuple[WorkLink, ...]:
    """Those pages, in this order, marked where somebody is."""
    permissions = read_permissions(timezone.localdate())
    match = request.resolver_match
    here = match.view_name if match else ""
    app = match.namespace if match else ""
    found = []
    for route, label in PAGES:
        try:
            url = reverse(route)
            asked = permissions.page(route)
        except (NoReverseMatch, KeyError):
            continue
        if asked and permissions.may_open(role, route):
            is_here = here == route or (
                app == route.partition(":")[0] and here not in dict(PAGES) and url in request.path
            )
            found.append(WorkLink(str(label), url, is_here))
    return tuple(found)
