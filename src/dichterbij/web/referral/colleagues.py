"""Colleagues of a desk in words: who does a piece of work, and who does it while one is away."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from dichterbij.domains.accounts.queries import Coworker
from dichterbij.domains.referral.queries import Team, Whose
from dichterbij.shared.errors import InputError

WORDS = {Whose.MINE: "mij", Whose.NOBODYS: "niemand"}  # in the address


def whose_of(word: str) -> Whose | UUID:
    """The part of the work that a word of the address names; everybody's for a word that names none."""
    named = {text: whose for whose, text in WORDS.items()}
    if word in named:
        return named[word]
    try:
        return UUID(word)
    except ValueError:
        return Whose.EVERYBODY


def chosen(text: str, *, nobody: bool = True) -> UUID | None:
    """A colleague from a form; None is the desk itself. InputError for nothing chosen."""
    if nobody and text == "desk":
        return None
    try:
        return UUID(text)
    except ValueError:
        raise InputError("Choose a colleague.", field="colleague") from None


def does_it(team: Team, adviser: UUID | None) -> str:
    """Who does it, for one of the team."""
    if adviser == team.me:
        return gettext("you")
    found = team.colleague(adviser)
    if found is None:
        return gettext("nobody yet")
    if found.stand_in == team.me:
        return gettext("you, for %(name)s, away until %(until)s") % _values(found)
    return f"{found.name}, {away(team, found)}" if found.away_until else found.name


def away(team: Team, found: Coworker) -> str:
    """Until when somebody is away, and who stands in."""
    stand_in = team.colleague(found.stand_in)
    values = {**_values(found), "other": stand_in.name if stand_in else ""}
    if stand_in:
        return gettext("away until %(until)s; %(other)s stands in") % values
    return gettext("away until %(until)s; nobody stands in") % values


def _values(found: Coworker) -> dict[str, str]:
    return {"name": found.name, "until": date_format(found.away_until, "j F") if found.away_until else ""}
