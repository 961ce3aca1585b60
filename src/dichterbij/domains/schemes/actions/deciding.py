"""Deciding: one decider at a time, everything up to a barrier, in order, in batches that are whole or not there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

import numpy as np
from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget.rules import Transfer
from dichterbij.domains.schemes.actions.moving_up import move_up
from dichterbij.domains.schemes.actions.opening import raise_barrier, take_fence
from dichterbij.domains.schemes.batches import NONE, WAITING, Batch, Rows, decider_of, where, write
from dichterbij.domains.schemes.errors import BusyError
from dichterbij.domains.schemes.ordering import Candidate, closing, next_in_order, scored
from dichterbij.domains.schemes.rounds import Opened, round_at, to_decide
from dichterbij.domains.schemes.rules import Decider, Method, judge_many
from dichterbij.domains.schemes.rules.distribution import shared
from dichterbij.domains.schemes.rules.judging import period_of
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.rules.standing import I64, units_of
from dichterbij.domains.schemes.seeing import own_work

DECIDER = 20260612
TRIES = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """What one run of the decider did. `cents`: granted in it; `moved_up`: of those who waited."""

    decisions: int = 0
    grants: int = 0
    cents: int = 0
    moved_up: int = 0
    batches: int = 0

    def __add__(self, other: "Decided") -> "Decided":
        return Decided(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))


def decide(
    *, scheme: str, actor: Actor | str, now: datetime, most: int = 5000, at: datetime | None = None
) -> Decided:  # fmt: skip
    """Decide everything that was complete until now, in batches of `most`. Repeatable; never inside a transaction.

    In every round of the scheme that has work; `at`: only in the one that took applications at that moment. First
    those who wait get what came free. BusyError when another decider is at work, FencedError when one took over: what
    was written before that stays, and nothing else was.
    """
    done = Decided()
    for opened in to_decide(scheme) if at is None else [round_at(scheme, at)]:
        done += _decide(opened, actor, now, most)
    return done


def _decide(opened: Opened, actor: Actor | str, now: datetime, most: int) -> Decided:
    with one_decider(opened):
        fence = take_fence(opened)
        barrier = raise_barrier(opened=opened)
        for _ in range(TRIES):
            try:
                return _all(opened, fence, barrier, actor, now, most)
            except BusyError:  # an officer's decision came in between: see what it left
                continue
        raise BusyError("So much is decided by hand in this round that no batch fits in between; try again.")


@contextmanager
def one_decider(opened: Opened) -> Iterator[None]:
    """While this holds nobody else decides on this round. It ends with the connection, whatever happens to us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [DECIDER, opened.id])
        if not cursor.fetchone()[0]:
            raise BusyError(f"Somebody else decides on {opened.scheme.slug} now. That is enough: one is quick.")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [DECIDER, opened.id])


def _all(opened: Opened, fence: int, barrier: datetime, actor: Actor | str, now: datetime, most: int) -> Decided:
    with own_work():
        here = where(opened)
    done = Decided()
    if here.freed:
        here, moved, cents = move_up(opened, here, fence=fence, actor=actor, now=now, most=most)
        done = replace(done, moved_up=moved, cents=cents, batches=1)
    with own_work():
        decider = decider_of(opened)
    while True:
        with own_work():
            candidates = next_in_order(opened, here.cursor, until=barrier, most=most)
        if not candidates:
            return done
        rows = judged(opened, decider, candidates, here.places)
        batch = Batch("decided", barrier_at=barrier, cursor=candidates[-1].cursor)
        here = write(opened, here, batch, rows, granting(opened, rows), fence=fence, actor=actor, now=now)
        grants = int((rows.columns["cents"] > 0).sum())
        done = Decided(done.decisions + len(rows), done.grants + grants, done.cents + rows.granted_cents,
                       done.moved_up, done.batches + 1)  # fmt: skip


def judged(opened: Opened, decider: Decider, candidates: Sequence[Candidate], after: int) -> Rows:
    """The decisions on these receipts, whose turn comes after this place.

    Pro rata, those of the windows are all of them, and share what is left: nobody waits for what others leave.
    """
    columns = scored(opened, candidates)
    left = opened.ceiling_cents - decider.committed_cents
    if is_shared(opened, candidates):
        told = shared(opened.scheme, opened.ceiling_cents, columns, decider.state)
        decided, asked, before = told.decisions, told.asked, np.full(len(candidates), left)
    else:
        asked, _ = judge_many(opened.scheme, columns)
        decided = decider.decide(columns)
        before = left - (np.cumsum(decided.cents) - decided.cents)
    places = np.arange(after + 1, after + 1 + len(candidates), dtype=np.int64)
    zeros = np.zeros(len(candidates), np.int64)
    reason = decided.reason.astype(np.int64)
    waits = np.isin(reason, () if opened.scheme.distribution.method is Method.PRO_RATA else WAITING)
    return Rows(
        {
            "place": places, "turn": places, "receipt": np.array([one.receipt for one in candidates], np.int64),
            "earlier": zeros + NONE, "cents": decided.cents, "beyond_cents": zeros,
            "units": units_of(opened.scheme, decided.cents, columns["quantity"]), "reason": reason,
            "asked_cents": asked, "left_cents": before, "waits": waits.astype(np.int64),
            "window": period_of(opened.scheme, columns["complete_at"]).astype(np.int64),
            "category": columns["category"], "person_key": columns["person"], "employer_key": columns["employer"],
            "group_key": columns["group"],
        },
        [one.proof for one in candidates],
    )  # fmt: skip


def is_shared(opened: Opened, candidates: Sequence[Candidate]) -> bool:
    """Whether these are all those who share out pro rata."""
    is_pro_rata = opened.scheme.distribution.method is Method.PRO_RATA
    return is_pro_rata and candidates[0].complete_at < closing(opened)


def granting(opened: Opened, rows: Rows) -> "Moves":
    """The transfers of what these rows grant."""
    return Moves(opened, rows.columns)


@dataclass(frozen=True, slots=True)
class Moves:
    """From what is reserved to what is committed: one transfer for each grant."""

    opened: Opened
    columns: dict[str, I64]

    def __call__(self, posting: UUID) -> list[Transfer]:
        source, target = self.opened.reserved, self.opened.committed
        columns = self.columns
        granted = np.flatnonzero(columns["cents"] > 0)
        return [
            Transfer(uuid5(posting, str(place)), source, target, cents, number_of(receipt))
            for place, cents, receipt in zip(
                columns["place"][granted].tolist(), columns["cents"][granted].tolist(),
                columns["receipt"][granted].tolist(), strict=True,
            )
        ]  # fmt: skip
