"""What came free goes to those who wait, in the order of their turns: judged again, with a decision that names it."""

from datetime import datetime

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.batches import Batch, Here, decider_of, granting, write
from dichterbij.domains.schemes.ordering import Candidate, Cursor
from dichterbij.domains.schemes.outcomes import Waiter, again, rows_of
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Decider, Rest
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


def move_up(
    opened: Opened, here: Here, *, fence: int, actor: Actor | str, now: datetime, most: int
) -> tuple[Here, int, int]:
    """Judge those who wait again, all of them in one go of batches; how many got money, and how much."""
    moved = cents = 0
    while here.freed:
        with own_work():
            found, rest = changed(opened, most)
        rows = rows_of(found, here.places)
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
