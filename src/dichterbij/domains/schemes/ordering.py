"""In which order receipts are decided: by the moment they were complete, and where lots were drawn by those.

One keyset for both: a moment and a key. In a stretch with lots every receipt has the moment the stretch begins, and
its key is the place of its lot.
"""

import struct
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.models import Draw
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Method
from dichterbij.domains.schemes.rules.moments import micros, moment_of

BY_LOT = (Method.LOTTERY, Method.DAY_LOTTERY)
ONE_BY_ONE = (Method.RECEIPT, Method.WINDOWS, *BY_LOT)
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
           coalesce(c.facts, r.facts), l.position
    FROM schemes_lot l JOIN schemes_receipt r ON r.id = l.receipt_id
    LEFT JOIN schemes_completion c ON c.receipt_id = r.id
    WHERE l.draw_id = %s AND l.position > %s AND {receipt} ORDER BY l.position LIMIT %s
"""


class Cursor(NamedTuple):
    """After which receipt the next one comes. `at`: microseconds since 1970."""

    at: int = 0
    key: bytes = b""


class Candidate(NamedTuple):
    """A receipt whose turn it is. `proof` is over everything in it, `complete_at` in microseconds since 1970."""

    receipt: int
    proof: bytes
    complete_at: int
    facts: str
    cursor: Cursor


def next_in_order(
    opened: Opened, after: Cursor, *, until: datetime, most: int, undecided: bool = True
) -> list[Candidate]:
    """The next receipts up to the barrier, in order; none when there are none, or when lots must be drawn first.

    `undecided`: leave out those that have a decision already, because they were withdrawn before their turn.
    """
    method = opened.scheme.distribution.method
    if method not in ONE_BY_ONE:
        raise NotPossibleError(f"{opened.scheme.slug} shares out by {method.value}, all at once: not one by one.")
    for draw in Draw.objects.filter(round_id=opened.id).order_by("from_at"):
        first, end = micros(draw.from_at), micros(draw.until_at)
        if after.at < first:
            found = _plain(opened.id, after, draw.from_at, "<", most, undecided)
            if found:
                return [] if method in BY_LOT else found
        if after.at <= first:
            position = struct.unpack(">q", after.key)[0] if after.at == first and after.key else 0
            found = _drawn(draw, position, most, undecided)
            if found:
                return found
        after = max(after, Cursor(end))
    return [] if method in BY_LOT else _plain(opened.id, after, until, "<=", most, undecided)


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
            Candidate(pk, bytes(proof), at, facts, Cursor(micros(draw.from_at), struct.pack(">q", position)))
            for pk, proof, at, facts, position in cursor.fetchall()
        ]
