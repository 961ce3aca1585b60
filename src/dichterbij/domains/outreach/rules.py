"""What a campaign item is, what is counted of it, and which numbers may be shown. No database, no clock."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.shared.errors import InputError

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])")
LONGEST_TITLE = 80
LONGEST_NAME = 80
SMALLEST_SHOWN = 5


class Kind(StrEnum):
    """What carries the link."""

    POSTER = "poster"
    FLYER = "flyer"
    ADVERT = "advert"
    POST = "post"
    MESSAGE = "message"


class Target(StrEnum):
    """The page a link sends on to; with REGION and DESKS that of the item's own region."""

    HOME = "home"
    WORK = "work"
    PEOPLE = "people"
    HELP = "help"
    NEAR = "near"
    PLACE = "place"
    REGION = "region"
    DESKS = "desks"
    SUPPORT = "support"
    LEARN_WORK = "leren-en-werken"
    JOBCARVING = "werk-op-maat"
    OPEN_HIRING = "open-hiring"
    ENCOUNTERS = "ontmoeten"


class Step(StrEnum):
    """How far somebody who came by a link went, in the order of the way: each at most once a visit."""

    VISIT = "visit"
    NEAR = "near"
    BRIDGE = "bridge"
    DESK = "desk"
    CONTACT = "contact"
    HANDED_OVER = "handed_over"
    MESSAGE = "message"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class NewItem:
    """One item of a campaign, to be made. Counted from `valid_from` up to and including `valid_until`."""

    code: str
    region: str
    title: str
    kind: Kind
    target: Target
    valid_from: date
    valid_until: date | None = None
    invented: bool = False


def code_from(text: str) -> str | None:
    """The code somebody typed or a cookie brought, as it is kept; None when it cannot be one."""
    code = text.strip().lower()
    return code if CODE.fullmatch(code) else None


def checked(item: NewItem) -> NewItem:
    """The item with its texts tidied; InputError that says what to mend."""
    code = code_from(item.code)
    if code is None:
        raise InputError(
            f"The code {item.code[:60]!r} cannot be used in a link: take 2 to 30 letters, digits and hyphens, "
            f"such as am05-poster-bibliotheek. Do not start or end with a hyphen."
        )
    title = " ".join(item.title.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise InputError(f"Give a title of 1 to {LONGEST_TITLE} characters: where people meet this item, in words.")
    if item.valid_until is not None and item.valid_until < item.valid_from:
        raise InputError(f"The item ends on {item.valid_until}, before it starts on {item.valid_from}.")
    return NewItem(
        code, item.region.strip().upper(), title, item.kind, item.target,
        item.valid_from, item.valid_until, item.invented,
    )  # fmt: skip


def rounded(count: int) -> int:
    """A number that may be told, to the nearest five: from two that overlap, no small one can be worked out."""
    if not may_be_shown(count):
        return count
    return (count + SMALLEST_SHOWN // 2) // SMALLEST_SHOWN * SMALLEST_SHOWN


def may_be_shown(count: int) -> bool:
    """Whether a number may be told: nobody, or enough people that it says nothing about one of them."""
    return count == 0 or count >= SMALLEST_SHOWN
