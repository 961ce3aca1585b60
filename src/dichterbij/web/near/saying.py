"""How a route works from the visitor's side, and what they can say: written texts, tied to a bridge."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from dichterbij.web.content.pages import ContentPage, Section, page
from dichterbij.web.near import words

AREA, SLUG = "near", "what-to-say"
# Pages about a route: applying directly needs none.
ROUTE_SLUGS = {"open_hiring": "open-hiring", "learn_work": "leren-en-werken", "carving": "werk-op-maat"}


@dataclass(frozen=True)
class RouteText:
    """A route in steps, what to say on it, and the page about it; `address` is empty when there is none."""

    code: str
    name: str
    how: Section
    say: Section
    address: str


def text(language: str | None) -> ContentPage:
    """The written page in this language."""
    return page(AREA, SLUG, language or "nl")


def route(found: ContentPage, code: str) -> RouteText:
    """What is written about one route."""
    parts = found.section
    return RouteText(code, str(words.ROUTES[code]), parts[f"how-{code}"], parts[f"say-{code}"], route_address(code))


def routes(found: ContentPage) -> list[RouteText]:
    """What is written about every route."""
    return [route(found, code) for code in words.ROUTES]


def route_address(code: str) -> str:
    """The page about a route; empty when there is none."""
    try:
        return reverse("routes:route", args=[ROUTE_SLUGS[code]])
    except (KeyError, NoReverseMatch):
        return ""


def about_steps(found: ContentPage, codes: Iterable[str]) -> list[Section]:
    """What to say about each of these steps, each once; steps of which nothing is written are left out."""
    parts = found.section
    ids = (_step_id(parts.keys(), code) for code in codes)
    return [parts[each] for each in dict.fromkeys(ids) if each]


def _step_id(known: Iterable[str], code: str) -> str:
    """`say-step-licence-vog` before `say-step-licence`; empty when there is neither."""
    kind, _colon, what = code.partition(":")
    return next((each for each in (f"say-step-{kind}-{what}", f"say-step-{kind}") if each in known), "")


def all_steps(found: ContentPage) -> list[Section]:
    """What to say about anything that may lie in between: steps, a time without work, a benefit."""
    return [part for part in found.sections if part.id.startswith("say-step-")] + [
        found.section["say-gap"],
        found.section["say-benefit"],
    ]
