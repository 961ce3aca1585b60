"""Where a visitor is and can go: the three doors, the way back, and the groups of the footer."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

HOME = "site:home"
DESK = "desks:start"
DOORS = ("doors:work", "doors:people", "doors:help")
MORE = ("routes:all", "support:catalogue", "schemes:all", "regions:all")
LABELS: dict[str, str | Promise] = {
    "site:home": _("Home"),
    "site:privacy": _("Privacy"),
    "site:sources": _("Sources"),
    "site:rules": _("How we calculate"),
    "site:accessibility": _("Accessibility"),
    "doors:work": _("I am looking for work"),
    "doors:people": _("I am looking for people"),
    "doors:help": _("I help someone"),
    "doors:poster": _("Make a poster"),
    "mine:start": _("What do you know of me?"),
    "handover:start": _("Hand somebody over to a desk"),
    "near:start": _("What is near?"),
    "near:what-to-say": _("What you can tell an employer"),
    "desks:start": _("Find your desk"),
    "desks:regions": _("All desks per region"),
    "routes:all": _("Four routes to work"),
    "support:catalogue": _("All support"),
    "support:mine": _("Which support is there for me?"),
    "support:income": _("What happens to my income?"),
    "regions:all": _("All regions"),
    "schemes:all": _("Money and schemes"),
    "money:overview": _("Where did the money go?"),
    "advice:route": _("Which route fits my vacancy?"),
    "advice:text": _("Check your vacancy text"),
    "advice:boss": _("A page for my boss"),
    "placing:place": _("Place an opening"),
    "placing:reach": _("How many people are within reach?"),
    "campaign:figures": _("What the campaign brings"),
}
# The pages above a page, by its app; its own start page leaves itself out.
ABOVE = {
    "near": ("doors:work", "near:start"),
    "doors": ("doors:help",),
    "handover": ("doors:help",),
    "advice": ("doors:people",),
    "placing": ("doors:people",),
    "routes": ("routes:all",),
    "support": ("support:catalogue",),
    "regions": ("regions:all",),
    "schemes": ("schemes:all",),
    "money": ("schemes:all", "money:overview"),
    "desks": ("desks:start",),
}
FOOTER = (
    (DOORS[0], ("near:start", "support:mine", "support:income", "near:what-to-say")),
    (DOORS[1], ("advice:route", "placing:place", "advice:text", "placing:reach")),
    (DOORS[2], ("handover:start", "doors:poster")),
    ("desks:regions", MORE),
)
ABOUT = ("site:privacy", "mine:start", "site:sources", "site:rules", "site:accessibility", "campaign:figures")


@dataclass(frozen=True)
class Link:
    """A page of the site. `current` is what aria-current says: "page", "true" (a part of it) or nothing."""

    label: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class Group:
    """Links under the page they belong to."""

    head: Link
    links: tuple[Link, ...]


def address(name: str) -> str:
    """The address of a page by its url name; empty when this site has no such page."""
    return _address(name, get_language(), get_urlconf())


@lru_cache(maxsize=1024)  # every page has some forty of them
def _address(name: str, _language: str | None, _urlconf: str | None) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def links(names: tuple[str, ...], request: HttpRequest | None = None) -> tuple[Link, ...]:
    """Those pages that there are, in this order, marked where the visitor is."""
    above = {link.url for link in trail(request)} if request else set()
    here = request.path if request else ""
    found = ((name, address(name)) for name in names)
    return tuple(Link(str(LABELS[name]), url, _current(url, here, above)) for name, url in found if url)


def trail(request: HttpRequest) -> tuple[Link, ...]:
    """The pages above this one, home first; none on home itself."""
    match = getattr(request, "resolver_match", None)
    app = match.namespace if match else ""
    names = (HOME, *ABOVE.get(app, ()))
    # A door is no page under another door.
    if match and match.view_name in DOORS:
        names = (HOME,)
    found = ((name, address(name)) for name in names)
    return tuple(Link(str(LABELS[name]), url) for name, url in found if url and url != request.path)


def footer() -> tuple[Group, ...]:
    """The main pages of the site, grouped as a visitor asks."""
    return tuple(Group(head, links(names)) for name, names in FOOTER for head in links((name,)))


def _current(url: str, here: str, above: set[str]) -> str:
    if url == here:
        return "page"
    return "true" if url in above else ""
