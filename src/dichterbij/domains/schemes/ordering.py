"""In which order receipts are decided: by the moment they were complete, and where lots were drawn by those.

One keyset for both: a moment and a key. In a stretch with lots every receipt has the moment the stretch begins, and
its key is the place of its lot. From the moment that a list is published until its draw, nobody in it is decided.
"""

import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.db import connection

from dichterbij.domains.schemes.models import Draw, EntryList
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Method
from dichterbij.domains.schemes.rules.moments import micros, moment_of
from dichterbij.domains.schemes.rules.standing import I64
from dichterbij.domains.schemes.rules.written import columns_from

BY_LOT = (Method.LOTTERY, Method.DAY_LOTTERY, Method.TENDER)  # nobody in the window is decided without a draw
AFTER_CLOSING = (*BY_LOT, Method.PRO_RATA)  # one hears when the window has closed
_UNDECIDED = "NOT EXISTS (SELECT FROM schemes_decision d WHERE d.receipt_id = {} AND d.earlier IS NULL)"
_PLAIN = """
    SELECT id, proof, schemes_micros(complete_at)::bigint, facts, ticket FROM (
        (SELECT id, proof, complete_at, facts, ticket FROM schemes_receipt
         WHERE round_id = %(round)s AND complete_at IS NOT NULL AND (complete_at, ticket) > (%(at)s, %(key)s)
           AND complete_at {until} %(until)s AND {receipt} ORDER BY complete_at, ticket LIMIT %(most)s)
        UNION ALL
        (SELECT receipt_id, proof, complete_at, facts, ticket FROM schemes_completion
         WHERE round_id = %(round)s AND (complete_at, ticket) > (%(at)s, %(key)s)
           AND complete_at {until} %(until)s AND {completion} ORDER BY complete_at, ticket LIMIT %(most)s)
    ) found ORDER BY complete_at, ticket LIMIT %(most)s
"""
_LOTS = """
    SELECT l.receipt_id, coalesce(c.proof, r.proof), schemes_micros(coalesce(c.complete_at, r.complete_at))::bigint,
           coalesce(c.facts, r.facts), l.position, l.score
    FROM schemes_lot l JOIN schemes_receipt r ON r.id = l.receipt_id
    LEFT JOIN schemes_completion c ON c.receipt_id = r.id
    WHERE l.draw_id = %s AND l.position > %s AND {receipt} ORDER BY l.position LIMIT %s
"""


class Cursor(NamedTuple):
    """After which receipt the next one comes. `at`: microseconds since 1970."""

    at: int = 0
    key: bytes = b""


class Candidate(NamedTuple):
    """A receipt whose turn it is. `proof` is over everything in it, `complete_at` in microseconds since 1970.

    `score`: what officers gave it in a tender.
    """

    receipt: int
    proof: bytes
    complete_at: int
    facts: str
    cursor: Cursor
    score: int = 0


def closing(opened: Opened) -> int:
    """The first microsecond after the last window."""
    return max(micros(opened.closes_at), opened.scheme.periods[-1].ends)


def next_in_order(
    opened: Opened, after: Cursor, *, until: datetime, most: int, undecided: bool = True
) -> list[Candidate]:
    """The next receipts up to the barrier, in order; none when there are none, or when lots must be drawn first.

    Pro rata, all of the windows together, once these have closed. `undecided`: leave out those that have a decision
    already, because they were withdrawn before their turn.
    """
    if opened.scheme.distribution.method is Method.PRO_RATA and after.at < closing(opened):
        if micros(until) < closing(opened):
            return []
        if found := list(_before_closing(opened, after, undecided)):
            return found
    return _one_by_one(opened, after, until, most, undecided)


def _before_closing(opened: Opened, after: Cursor, undecided: bool) -> Iterator[Candidate]:
    last = moment_of(closing(opened) - 1)
    while found := _one_by_one(opened, after, last, 20_000, undecided):
        yield from found
        after = found[-1].cursor


def _one_by_one(opened: Opened, after: Cursor, until: datetime, most: int, undecided: bool) -> list[Candidate]:
    is_by_lot = opened.scheme.distribution.method in BY_LOT
    drawn = {draw.entries_id or -draw.pk: draw for draw in Draw.objects.filter(round_id=opened.id)}
    waiting = EntryList.objects.filter(round_id=opened.id).exclude(pk__in=drawn)
    stretches: list[Draw | EntryList] = [*drawn.values(), *waiting]
    for stretch in sorted(stretches, key=lambda one: one.from_at):
        first, end = micros(stretch.from_at), micros(stretch.until_at)
        if after.at < first:
            found = _plain(opened.id, after, stretch.from_at, "<", 1 if is_by_lot else most, undecided or is_by_lot)
            if found:
                return [] if is_by_lot else found
        if isinstance(stretch, EntryList):
            return []
        if after.at <= first:
            position = struct.unpack(">q", after.key)[0] if after.at == first and after.key else 0
            found = _drawn(stretch, position, most, undecided)
            if found:
                return found
        after = max(after, Cursor(end))
    if is_by_lot and after.at < (end := closing(opened)):
        if micros(until) < end or _plain(opened.id, after, moment_of(end), "<", 1, undecided=True):
            return []  # lots must be drawn first
        after = Cursor(end)
    return _plain(opened.id, after, until, "<=", most, undecided)


def all_in_order(opened: Opened, *, until: datetime, at_a_time: int = 20_000) -> Iterator[Candidate]:
    """Every receipt up to the barrier, decided or not."""
    after = Cursor()
    while found := next_in_order(opened, after, until=until, most=at_a_time, undecided=False):
        yield from found
        after = found[-1].cursor


def _plain(round_id: int, after: Cursor, until: datetime, compared: str, most: int, undecided: bool) -> list[Candidate]:
    left_out = {"receipt": _UNDECIDED.format("schemes_receipt.id") if undecided else "true",
                "completion": _UNDECIDED.format("schemes_completion.receipt_id") if undecided else "true"}  # fmt: skip
    values: dict[str, int | datetime | bytes] = {
        "round": round_id,
        "at": moment_of(after.at),
        "key": after.key,
        "until": until,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN.format(until=compared, **left_out), values)
        return [
            Candidate(pk, bytes(proof), at, facts, Cursor(at, bytes(ticket)))
            for pk, proof, at, facts, ticket in cursor.fetchall()
        ]


def _drawn(draw: Draw, after: int, most: int, undecided: bool) -> list[Candidate]:
    left_out = _UNDECIDED.format("l.receipt_id") if undecided else "true"
    with connection.cursor() as cursor:
        cursor.execute(_LOTS.format(receipt=left_out), [draw.pk, after, most])
        return [
            Candidate(pk, bytes(proof), at, facts, _cursor(draw, position), score or 0)
            for pk, proof, at, facts, position, score in cursor.fetchall()
        ]


def _cursor(draw: Draw, position: int) -> Cursor:
    """After the last lot the whole stretch is done: nothing in it is looked at again."""
    first, end = micros(draw.from_at), micros(draw.until_at)
    if position == draw.lots and end - first > 1:
        return Cursor(end - 1, b"\xff" * 33)  # behind every ticket of the last microsecond
    return Cursor(first, struct.pack(">q", position))


def scored(opened: Opened, candidates: Sequence[Candidate]) -> dict[str, I64]:
    """The columns of these receipts. In a tender the score is the officers' own, whatever an application says."""
    columns = columns_from(opened.scheme, [(one.facts, one.complete_at) for one in candidates])
    if opened.scheme.distribution.method is not Method.TENDER:
        return columns
    return columns | {"score": np.array([one.score for one in candidates], np.int64)}
