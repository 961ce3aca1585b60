"""A desk as a page shows it: every text in the visitor's language, nothing left to work out in a template."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind
from dichterbij.domains.regions.rules.desk_words import hours_in_words
from dichterbij.shared.words import Words
from dichterbij.web.desks import opening, words

# How the desks' own data mark an address; pages say it in the visitor's language.
INVENTED = " (verzonnen adres)"


@dataclass(frozen=True)
class DeskCard:
    """What to show of a desk. `invented`: no link to dial, mail or visit may be made of it."""

    desk_id: str
    name: str
    phone: str
    email: str
    website: str
    address: str
    hours: tuple[str, ...]
    is_open: bool
    opening: str
    does: str
    note: str
    valid: str
    invented: bool
    source: str
    is_municipality: bool


def card(desk: Desk, now: datetime) -> DeskCard:
    """The card of a desk at `now` (local time), in the active language."""
    state = opening.opening(desk.hours, now)
    return DeskCard(
        desk_id=desk.desk_id,
        name=in_language(desk.name),
        phone=desk.phone,
        email=desk.email,
        website=desk.website,
        address=desk.address.removesuffix(INVENTED),
        hours=hours_in_words(desk.hours, language()),
        is_open=state.is_open,
        opening=opening.in_words(state),
        does=str(words.KINDS[desk.kind]),
        note=in_language(desk.note) if desk.note else "",
        valid=_change_ahead(desk, now.date()),
        invented=desk.invented,
        source=desk.source,
        is_municipality=desk.kind is Kind.GEMEENTE,
    )


def _change_ahead(desk: Desk, today: date) -> str:
    """From or until when a desk is there, when that is still to come; since when it is there helps nobody."""
    starts = desk.valid_from if desk.valid_from and desk.valid_from > today else None
    return opening.valid_in_words(starts, desk.valid_to)


def in_language(text: Words) -> str:
    """The text in the active language."""
    return text.en if language() == "en" else text.nl


def language() -> str:
    """The active language: nl or en."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
