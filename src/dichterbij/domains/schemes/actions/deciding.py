"""Deciding: one decider at a time, everything up to a barrier, in order, in batches that are whole or not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from django.db import connection

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions.moving_up import move_up
from dichterbij.domains.schemes.actions.opening import raise_barrier, take_fence
from dichterbij.domains.schemes.batches import Batch, decider_of, granting, where, write
from dichterbij.domains.schemes.errors import BusyError
from dichterbij.domains.schemes.ordering import next_in_order
from dichterbij.domains.schemes.outcomes import judged
from dichterbij.domains.schemes.rounds import Opened, round_at, to_decide
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
