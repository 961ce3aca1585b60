"""Is every posting still as it was written? Worked out here again, not by the database that is checked."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from dichterbij.domains.budget.rules.postings import micros
from dichterbij.shared.errors import InputError

MOST_FAULTS = 100
_POSTINGS = """
    SELECT link.place, link.digest, link.first, link.last, told.id::text, told.day, told.at, told.recorded_at,
           told.actor, told.approved_by, told.proposal::text, told.reason, encode(told.content, 'hex'),
           link.posting::text
    FROM budget_link AS link LEFT JOIN budget_posting AS told ON told.id = link.posting ORDER BY link.place
"""
_TRANSFERS = """
    SELECT moved.posting::text, moved.number, moved.id::text, giver.name, taker.name, moved.cents, moved.reference,
           moved.until, moved.settles::text, moved.corrects::text, moved.source, moved.target
    FROM budget_transfer AS moved LEFT JOIN budget_account AS giver ON giver.id = moved.source
    LEFT JOIN budget_account AS taker ON taker.id = moved.target ORDER BY moved.number
"""
_ACCOUNTS = "SELECT id, name, balance_cents, held_cents FROM budget_account ORDER BY name"
_HELD = """
    SELECT account, sum(left_cents)::bigint FROM budget_reservation WHERE left_cents > 0 GROUP BY account
"""
_LOOSE = (
    "SELECT id::text FROM budget_posting AS told WHERE NOT EXISTS (SELECT 1 FROM budget_link WHERE posting = told.id)"
)


class Kind(StrEnum):
    """What is wrong."""

    CHANGED = "changed"  # a posting or a transfer of it is not as it was written
    REMOVED = "removed"
    GAP = "gap"
    LOOSE = "loose"  # a posting without a place in the chain
    UNTIED = "untied"  # a transfer that belongs to no link
    BALANCE = "balance"  # a balance is not what the transfers add up to
    OTHER_HEAD = "other_head"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: at which place of the chain, about which posting, transfer or account."""

    kind: Kind
    place: int | None
    about: str


@dataclass(frozen=True, slots=True)
class Head:
    """A place of the chain with its digest. Kept elsewhere, it also shows a chain that was cut off or made anew."""

    place: int
    digest: str

    def __str__(self) -> str:
        return f"{self.place}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked through. `faults` are the first hundred; `off_cents` is what all balances add up to: nothing."""

    links: int
    transfers: int
    off_cents: int
    head: Head | None
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        return not self.faults and self.off_cents == 0


def read_head(text: str) -> Head:
    """A head as it is written: place:digest. InputError."""
    place, _, digest = text.strip().partition(":")
    if not place.isdecimal() or len(digest) != 64 or set(digest.lower()) - set("0123456789abcdef"):
        raise InputError(f"{text[:80]!r} is no head of a chain; it looks like 12:9f86d081... (64 letters and digits).")
    return Head(int(place), digest.lower())


def verify(*, kept: Head | None = None) -> Finding:
    """Look through the whole ledger. `kept`: a head of before, which must still be there."""
    with transaction.atomic():
        _one_moment()
        walk = _walk(kept)
        accounts = list(_rows(_ACCOUNTS))
        walk.faults += [Fault(Kind.LOOSE, None, posting) for (posting,) in _rows(_LOOSE)]
        walk.faults += _wrong_balances(accounts, walk.sums)
    if kept and not walk.is_found:
        walk.faults.append(Fault(Kind.OTHER_HEAD, kept.place, str(kept)))
    off = sum(balance for _id, _name, balance, _held in accounts)
    return Finding(walk.links, walk.transfers, off, walk.head, tuple(walk.faults[:MOST_FAULTS]))


@dataclass(slots=True)
class _Walk:
    """How far one is: the links and transfers seen, and what they add up to per account."""

    links: int = 0
    transfers: int = 0
    head: Head | None = None
    is_found: bool = False
    faults: list[Fault] = field(default_factory=list)
    sums: Counter[int] = field(default_factory=Counter)


def _walk(kept: Head | None) -> _Walk:
    """Link by link, with the transfers that belong to it; what stands between two links belongs to neither."""
    walk = _Walk()
    groups = _grouped(walk.sums)
    ahead = next(groups, None)
    for row in _rows(_POSTINGS):
        lines: list[str] = []
        while ahead is not None and ahead.last <= row[3]:
            if ahead.posting == row[13]:
                lines += ahead.lines
            else:
                walk.faults.append(Fault(Kind.UNTIED, None, ahead.posting))
            ahead = next(groups, None)
        walk.faults += _faults_of(row, lines, walk.head)
        walk.links, walk.transfers = walk.links + 1, walk.transfers + len(lines)
        walk.head = Head(row[0], bytes(row[1]).hex())
        walk.is_found = walk.is_found or walk.head == kept
    left = [ahead, *groups] if ahead is not None else []
    walk.faults += [Fault(Kind.UNTIED, None, one.posting) for one in left]
    return walk


def _one_moment() -> None:
    """Everything is read as it was at one moment, however long the reading takes."""
    if not connection.in_atomic_block or not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _rows(statement: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        yield from cursor


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring transfers of one posting: the last number, and their lines in the chain."""

    posting: str
    last: int
    lines: list[str]


def _grouped(sums: Counter[int]) -> Iterator[_Group]:
    for posting, rows in groupby(_rows(_TRANSFERS), key=lambda row: str(row[0])):
        lines, last = list[str](), 0
        for row in rows:
            _, last, *told = row
            identity, giver, taker, cents, reference, until, settles, corrects, source, target = told
            lines.append(_json([last, identity, giver, taker, cents, reference, micros(until), settles, corrects]))
            sums[source] -= cents
            sums[target] += cents
        yield _Group(posting, last, lines)


def _faults_of(row: tuple[Any, ...], lines: list[str], before: Head | None) -> Iterator[Fault]:
    place, digest, _first, _last, told, *rest = row
    posting = row[13]
    if place != (before.place if before else 0) + 1:
        yield Fault(Kind.GAP, place, posting)
    elif told is None or not lines:
        yield Fault(Kind.REMOVED, place, posting)
    elif _digest(before, [told, *rest[:8]], lines) != bytes(digest).hex():
        yield Fault(Kind.CHANGED, place, posting)


def _digest(before: Head | None, head: list[Any], lines: list[str]) -> str:
    former = bytes.fromhex(before.digest) if before else b""
    told = [_plain(value) for value in head]
    return hashlib.sha256(former + "\n".join([_json(told), *lines]).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return micros(value)
    return value.isoformat() if isinstance(value, date) else value


def _json(value: object) -> str:
    """As the database writes it down, made here: nothing of the database's own is trusted."""
    return json.dumps(value, ensure_ascii=False)


def _wrong_balances(accounts: list[tuple[Any, ...]], sums: Counter[int]) -> Iterator[Fault]:
    held = dict(_rows(_HELD))
    for pk, name, balance, kept in accounts:
        if balance != sums[pk] or kept != held.get(pk, 0):
            yield Fault(Kind.BALANCE, None, name)
