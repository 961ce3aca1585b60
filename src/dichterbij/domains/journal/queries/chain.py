"""Is every event still as it was written? Digests are worked out here again, not by the database that is checked."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

from dichterbij.shared.errors import InputError

MOST_FAULTS = 100
_LINKS = """
    SELECT link.place, link.event, link.digest, CASE WHEN written.id IS NOT NULL THEN journal_content(written) END
    FROM journal_link link LEFT JOIN journal_auditevent written ON written.id = link.event ORDER BY link.place
"""
_LOOSE = """
    SELECT written.id FROM journal_auditevent written
    WHERE NOT EXISTS (SELECT 1 FROM journal_link link WHERE link.event = written.id) ORDER BY written.id LIMIT %s
"""


class Kind(StrEnum):
    """What is wrong at a place of the chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    GAP = "gap"
    LOOSE = "loose"
    OTHER_HEAD = "other_head"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: at which place of the chain, about which event (None where there is none)."""

    kind: Kind
    place: int | None
    event: int | None


@dataclass(frozen=True, slots=True)
class Head:
    """A place of the chain with its digest. Kept elsewhere, it also shows a chain that was cut off or made anew."""

    place: int
    digest: str

    def __str__(self) -> str:
        return f"{self.place}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Chain:
    """What was looked through. `faults` are the first hundred."""

    links: int
    head: Head | None
    faults: tuple[Fault, ...]


def read_head(text: str) -> Head:
    """A head as it is written: place:digest. InputError."""
    place, _, digest = text.strip().partition(":")
    if not place.isdecimal() or len(digest) != 64 or set(digest.lower()) - set("0123456789abcdef"):
        raise InputError(f"{text[:80]!r} is no head of a chain; it looks like 12:9f86d081... (64 letters and digits).")
    return Head(int(place), digest.lower())


def verify(*, kept: Head | None = None) -> Chain:
    """Look through the whole chain. `kept`: a head of before, which must still be there."""
    faults: list[Fault] = []
    head, links, is_found = None, 0, kept is None
    for place, event, digest, content in _rows():
        link = Head(place, digest.hex())
        faults += _faults_of(link, head, event, content)
        links, head, is_found = links + 1, link, is_found or link == kept
    faults += [Fault(Kind.LOOSE, None, event) for event in _loose()]
    if kept and not is_found:
        faults.append(Fault(Kind.OTHER_HEAD, kept.place, None))
    return Chain(links, head, tuple(faults[:MOST_FAULTS]))


def _rows() -> Iterator[tuple[int, int, bytes, str | None]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_LINKS)
        for place, event, digest, content in cursor:
            yield place, event, bytes(digest), content


def _loose() -> list[int]:
    """Events without a link. An event and its link are committed together, so these never had one."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE, [MOST_FAULTS])
        return [event for (event,) in cursor.fetchall()]


def _faults_of(link: Head, before: Head | None, event: int, content: str | None) -> Iterator[Fault]:
    former = bytes.fromhex(before.digest) if before else b""
    if link.place != (before.place if before else 0) + 1:
        yield Fault(Kind.GAP, link.place, event)
    elif content is None:
        yield Fault(Kind.REMOVED, link.place, event)
    elif hashlib.sha256(former + content.encode()).hexdigest() != link.digest:
        yield Fault(Kind.CHANGED, link.place, event)
