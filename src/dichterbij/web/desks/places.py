"""From what somebody typed to a region: a postcode, the name of a place, or a question back."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dichterbij.domains.regions.errors import AreaNotFoundError, PostcodeNotFoundError
from dichterbij.domains.regions.queries import areas, places
from dichterbij.domains.regions.rules.places import Place

POSTCODE = re.compile(r"(\d{4})[\s-]*[A-Za-z]{0,2}")
LONGEST = 80
SHOWN = 40
MOST_SUGGESTIONS = 6


@dataclass(frozen=True)
class Suggestion:
    """A place that may be meant; choosing it means its region."""

    region_code: str
    label: str
    region_name: str


@dataclass(frozen=True)
class Located:
    """One of three: a region; a problem in words that say what to do; a problem with places to choose from."""

    region_code: str | None = None
    problem: str = ""
    suggestions: tuple[Suggestion, ...] = ()


def locate(text: str) -> Located:
    """The region of a postcode or place. Never guesses: what is not sure comes back as suggestions."""
    asked = " ".join(text.split())
    if len(asked) > LONGEST:
        return Located(problem=_("That is too long. Fill in a postcode, for example 3511, or the name of your place."))
    found = POSTCODE.fullmatch(asked)
    if found:
        return _by_postcode(int(found[1]), asked)
    if any(letter.isdigit() for letter in asked):
        return Located(problem=_problem_with_digits(asked))
    return _by_name(asked)


def located_in(code: str) -> Located:
    """The region of a suggestion that was chosen; a problem when there is no such region."""
    try:
        return Located(areas.region(code).code)
    except AreaNotFoundError:
        return Located(problem=_("We do not know this region. Fill in your postcode or place."))


def _by_postcode(pc4: int, asked: str) -> Located:
    try:
        return Located(areas.region_of_postcode(pc4).code)
    except PostcodeNotFoundError:
        text = _("We cannot find postcode %(postcode)s. Is it right? You can also fill in the name of your place.")
        return Located(problem=text % {"postcode": asked.upper()})


def _problem_with_digits(asked: str) -> str:
    text = _("“%(text)s” is not a postcode. A postcode has four digits and perhaps two letters, for example 3511 AB.")
    return text % {"text": _short(asked)}


def _by_name(asked: str) -> Located:
    found = places.find_place(asked, limit=MOST_SUGGESTIONS)
    exact = [item.place for item in found if item.is_exact]
    if len({place.region_code for place in exact}) == 1:
        return Located(exact[0].region_code)
    suggestions = _suggestions(exact or [item.place for item in found])
    if exact:
        text = _("There are several places called %(place)s. Choose yours.")
    elif suggestions:
        text = _("We do not know a place called “%(place)s”. Do you mean one of these? Or fill in your postcode.")
    else:
        text = _("We cannot find “%(place)s”. Check the spelling, or fill in your postcode.")
    return Located(problem=text % {"place": _short(asked)}, suggestions=suggestions)


def _suggestions(found: list[Place]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(place.region_code, _label(place), place.region_name) for place in found)


def _label(place: Place) -> str:
    if place.name == place.municipality:
        return place.name
    text: str = _("%(place)s, municipality of %(municipality)s")
    return text % {"place": place.name, "municipality": place.municipality}


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
