"""Finding places: where people come whom no desk knows. Kinds, codes, and two who go to one place. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from dichterbij.shared.errors import InputError

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])")
LONGEST_NAME, LONGEST_TEXT = 80, 120
SMALLEST_SHOWN = 5


class PlaceKind(StrEnum):
    """What sort of place it is."""

    LIBRARY = "library"
    MARKET = "market"
    SPORTS = "sports"
    NEIGHBOURHOOD = "neighbourhood"
    SCHOOL = "school"
    HOUSING = "housing"
    DOCTOR = "doctor"
    FAITH = "faith"
    UNION = "union"
    SHOP = "shop"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A finding place to keep. `where`: street or square; `contact`: who to ask there, and how."""

    code: str
    name: str
    kind: PlaceKind
    where: str = ""
    contact: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """An organisation that goes to a place from a day on, until a day (None: no end), both included."""

    organisation: UUID
    since: date
    until: date | None

    def together(self, other: "Going") -> bool:
        """Whether both are there in the same time, from different organisations."""
        last = min(self.until or date.max, other.until or date.max)
        return self.organisation != other.organisation and max(self.since, other.since) <= last


def overlapping(visits: Iterable[Going], on: date) -> frozenset[UUID]:
    """The organisations that share a place with another one, now or later."""
    found = [one for one in visits if one.until is None or one.until >= on]
    return frozenset(one.organisation for one in found for other in found if one.together(other))


def checked_place(new: NewPlace) -> NewPlace:
    """The place with its texts tidied; InputError that says which field to mend."""
    code = new.code.strip().lower()
    if not CODE.fullmatch(code):
        raise InputError("A code has 2 to 30 letters, digits and hyphens.", field="code")
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InputError(f"A name has 1 to {LONGEST_NAME} letters.", field="name")
    where, contact = " ".join(new.where.split()), " ".join(new.contact.split())
    if max(len(where), len(contact)) > LONGEST_TEXT:
        raise InputError(f"At most {LONGEST_TEXT} letters.", field="where" if len(where) > LONGEST_TEXT else "contact")
    return NewPlace(code, name, new.kind, where, contact, new.invented)


def shown(count: int) -> int | None:
    """A number of people at one place, None when it is too small to be told."""
    return None if 0 < count < SMALLEST_SHOWN else count
