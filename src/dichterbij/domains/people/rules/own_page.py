"""The link to somebody's own page: its terms, the words it is sent with, and what is shown of an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from dichterbij.data import ROOT, RULES, read_yaml
from dichterbij.domains.people.rules.contacts import normalised
from dichterbij.domains.people.rules.values import ContactKind, NewContact
from dichterbij.rules.dated import newest_folder, read_rule_folder

MOST_PERSONS = 5  # that one e-mail address or phone number opens the pages of


class Way(StrEnum):
    """How somebody came by a link: made on the own page, sent to their own address, or printed at a desk."""

    SELF = "self"
    SENT = "sent"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """How long a link works that was sent or printed, and how many are asked in an hour."""

    lasts: timedelta
    an_hour_per_address: int
    an_hour_per_place: int


@cache
def read_link_terms(on: date) -> LinkTerms:
    """The terms of this day."""
    values = read_rule_folder(newest_folder(RULES / "own_page", on=on), names=("own_page",), own=None)
    link = values["own_page"].values["link"]
    days, address, place = (int(link[name]) for name in ("days", "an_hour_per_address", "an_hour_per_place"))
    return LinkTerms(timedelta(days=days), address, place)


def masked(contact: NewContact) -> str:
    """As much of an address as tells its owner which one it is: k•••@example.nl, or the last two digits of a number."""
    kept = normalised(contact)
    if contact.kind is ContactKind.EMAIL:
        name, _, domain = kept.rpartition("@")
        return f"{name[0]}•••@{domain}"
    return f"•••• {kept[-2:]}" if contact.kind is ContactKind.PHONE else ""


def takes_texts(contact: NewContact) -> bool:
    """Whether it is a Dutch mobile number: to others no text message goes."""
    return contact.kind is ContactKind.PHONE and normalised(contact).startswith("+316")


def reachable(contacts: Sequence[NewContact], *, by_text: bool) -> NewContact | None:
    """Where a link goes: the first e-mail address, else (where texts can be sent) a mobile number; None for neither."""
    mail = [contact for contact in contacts if contact.kind is ContactKind.EMAIL and contact.value.isascii()]
    texts_ = [contact for contact in contacts if takes_texts(contact)] if by_text else []
    return next(iter([*mail, *texts_]), None)


def links_in_words(links: Sequence[str], language: str) -> str:
    """One link as it is; several with a number, each on its own line."""
    if len(links) == 1:
        return links[0]
    nth = texts(language)["nth"]
    return "\n".join(nth.format(number=number, link=link) for number, link in enumerate(links, 1))


@cache
def texts(language: str) -> Mapping[str, Any]:
    """All words of a language; Dutch for one that we do not write."""
    words: Mapping[str, Any] = read_yaml(ROOT / "texts" / "own_page" / f"{'en' if language == 'en' else 'nl'}.yaml")
    return words
