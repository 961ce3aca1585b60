"""What came free goes to those who wait, in the order of their turns: judged again, with a decision that names it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.batches import COLUMNS, WAITING, Batch, Here, Rows, decider_of, write
from dichterbij.domains.schemes.ordering import Candidate, Cursor, scored
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Decider, Rest
from dichterbij.domains.schemes.rules.judging import period_of
from dichterbij.domains.schemes.rules.standing import I64, units_of
from dichterbij.domains.schemes.seeing import own_work

_WAITING = """
    SELECT d.place, d.turn, d.asked_cents, d.reason, r.id, coalesce(c.proof, r.proof),
           schemes_micros(coalesce(c.complete_at, r.complete_at))::bigint, coalesce(c.facts, r.facts),
           coalesce((SELECT l.score FROM schemes_lot l WHERE l.receipt_id = r.id), 0)
    FROM schemes_decision d JOIN schemes_receipt r ON r.id = d.receipt_id
    LEFT JOIN schemes_completion c ON c.receipt_id = r.id
    WHERE d.round_id = %s AND d.waits AND d.turn > %s
      AND NOT EXISTS (SELECT FROM schemes_decision l WHERE l.round_id = d.round_id AND l.earlier = d.place)
    ORDER BY d.turn LIMIT %s
"""
_LEAST = """
    SELECT min(asked_cents) FROM schemes_decision d WHERE round_id = %s AND waits
      AND NOT EXISTS (SELECT FROM schemes_decision l WHERE l.round_id = d.round_id AND l.earlier = d.place)
"""


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody who was refused for want of money or room only."""

    place: int
    turn: int
    asked_cents: int
    reason: int
    candidate: Candidate


def move_up(
    opened: Opened, here: Here, *, fence: int, actor: Actor | str, now: datetime, most: int
) -> tuple[Here, int, int]:
    """Judge those who wait again, all of them in one go of batches; how many got money, and how much."""
    moved = cents = 0
    while here.freed:
        with own_work():
            found, rest = changed(opened, most)
        rows = rows_of(found, here.places)
        from dichterbij.domains.schemes.actions.deciding import granting

        batch = Batch("moved_up", frees=rest)
        here = write(opened, here, batch, rows, granting(opened, rows), fence=fence, actor=actor, now=now)
        moved += int((rows.columns["cents"] > 0).sum())
        cents += rows.granted_cents
    return here, moved, cents


def changed(opened: Opened, most: int) -> tuple[list[dict[str, int | bytes]], bool]:
    """New decisions where the outcome or its reason is another one now, about so many; whether there may be more."""
    decider, turn = decider_of(opened, anew=True), 0
    found: list[dict[str, int | bytes]] = []
    while len(found) < most and _may_fit(opened, decider):
        waiters = _waiters(opened, turn, most)
        if not waiters:
            return found, False
        turn = waiters[-1].turn
        found += again(opened, decider, waiters)
    return found, len(found) >= most


def again(opened: Opened, decider: Decider, waiters: Sequence[Waiter]) -> list[dict[str, int | bytes]]:
    """Judge these again, in this order; what is new."""
    left = opened.ceiling_cents - decider.committed_cents
    columns = scored(opened, [one.candidate for one in waiters])
    decided = decider.decide(columns)
    units = units_of(opened.scheme, decided.cents, columns["quantity"])
    before = left - (np.cumsum(decided.cents) - decided.cents)
    window = _windows(opened, columns["complete_at"])
    return [
        {
            "turn": one.turn, "receipt": one.candidate.receipt, "earlier": one.place, "cents": int(decided.cents[at]),
            "beyond_cents": 0, "units": int(units[at]), "reason": int(decided.reason[at]),
            "asked_cents": one.asked_cents, "left_cents": int(before[at]),
            "waits": int(int(decided.reason[at]) in WAITING), "window": int(window[at]),
            "category": int(columns["category"][at]), "person_key": int(columns["person"][at]),
            "employer_key": int(columns["employer"][at]), "group_key": int(columns["group"][at]),
            "proof": one.candidate.proof,
        }
        for at, one in enumerate(waiters)
        if decided.cents[at] > 0 or decided.reason[at] != one.reason
    ]  # fmt: skip


def rows_of(found: Sequence[dict[str, int | bytes]], after: int) -> Rows:
    """These decisions as columns, with places after this one."""
    placed = [one | {"place": after + number} for number, one in enumerate(found, 1)]
    columns: dict[str, I64] = {name: np.array([one[name] for one in placed], np.int64) for name in COLUMNS}
    return Rows(columns, [bytes(one["proof"]) for one in found if isinstance(one["proof"], bytes)])


def _waiters(opened: Opened, after: int, most: int) -> list[Waiter]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [opened.id, after, most])
        return [
            Waiter(place, turn, asked, reason, Candidate(pk, bytes(proof), at, facts, Cursor(), score))
            for place, turn, asked, reason, pk, proof, at, facts, score in cursor.fetchall()
        ]


def _may_fit(opened: Opened, decider: Decider) -> bool:
    """Whether anybody who waits could still get something: else nobody needs to be judged again."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAST, [opened.id])
        least = cursor.fetchone()[0]
    if least is None or decider.state.stopped.all():
        return False
    part = opened.scheme.distribution.rest in (Rest.REST, Rest.UNITS)
    left = opened.ceiling_cents - decider.committed_cents
    return left > 0 if part else left >= int(least)


def _windows(opened: Opened, complete_at: I64) -> I64:
    return period_of(opened.scheme, complete_at)
