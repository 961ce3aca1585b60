"""Where somebody goes after signing in."""

from urllib.parse import urlsplit

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from dichterbij.domains.accounts.rules import Actor, Role, own_path, read_permissions
from dichterbij.domains.referral.queries import Tab, counts

# The work of a role, where this site has that page.
FIRST_PAGE = {
    Role.ADVISER: "referral:today",
    Role.COORDINATOR: "referral:today",
    Role.NATIONAL_TEAM: "referral:today",
    Role.STEERING_GROUP: "referral:figures",
    Role.SCHEME_OFFICER: "schemes:work",
    Role.RESEARCHER: "referral:figures",
    Role.ADMINISTRATOR: "manage:members",
    Role.CITIZEN: "mine:start",
    Role.EMPLOYER: "placing:mine",
}


def safe_next(given: str) -> str:
    """A page of this site that somebody was going to, empty for anything else and for signing in itself."""
    path = own_path(given)
    if not path or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""
    return "" if urlsplit(path).path.startswith(reverse("login:start")) else path


def _may_open(role: Role, path: str) -> bool:
    """Whether this role may open it; a path that is no page tells that itself."""
    try:
        route = resolve(urlsplit(path).path).view_name
        return read_permissions(timezone.localdate()).may_open(role, route)
    except (Resolver404, KeyError):
        return True


def first_page(actor: Actor, next_path: str) -> str:
    """As `landing`; with nothing under Today a national team begins with the national work."""
    path = landing(actor.role, next_path)
    if actor.role is not Role.NATIONAL_TEAM or path != reverse("referral:today") or safe_next(next_path) == path:
        return path
    waits = counts(actor=actor, now=timezone.now())
    return path if any(number for tab, number in waits.items() if tab is not Tab.DONE) else reverse("national:start")


def landing(role: Role, next_path: str) -> str:
    """Where somebody in this role goes: back to what was asked, else to the first page of the role."""
    going = safe_next(next_path)
    if going and _may_open(role, going):
        return going
    try:
        return reverse(FIRST_PAGE.get(role, "login:account"))
    except NoReverseMatch:
        return reverse("login:account")
