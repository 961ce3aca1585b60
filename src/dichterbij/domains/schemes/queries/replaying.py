"""Replay: every decision of a round once more, from its receipts, compared byte for byte with what is kept.

What people decided (withdrawn, lowered, objection) is read back; what the rules decided is worked out again, in the
order that follows from the receipts alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

import numpy as np
from django.db import connection

from dichterbij.domains.schemes.batches import COLUMNS, NONE, Rows, decider_after, digest_after
from dichterbij.domains.schemes.entrants import complete_between, order_of
from dichterbij.domains.schemes.models import Batch, Draw, Lot
from dichterbij.domains.schemes.ordering import Candidate, Cursor, all_in_order, closing
from dichterbij.domains.schemes.outcomes import Waiter, again, is_shared, judged, rows_of
from dichterbij.domains.schemes.rounds import Opened, round_at
from dichterbij.domains.schemes.rules import Decider, Rest, Why
from dichterbij.domains.schemes.rules.moments import micros
from dichterbij.domains.schemes.seeing import own_work

AT = {name: at for at, name in enumerate(COLUMNS)}
_KEPT = """
    SELECT d.place, d.turn, d.receipt_id, coalesce(d.earlier, -1), d.cents, d.beyond_cents, d.units, d.reason,
           d.asked_cents, d.left_cents, d.waits::int, d."window", d.category, d.person_key, d.employer_key,
           d.group_key, coalesce(c.proof, r.proof)
    FROM schemes_decision d JOIN schemes_receipt r ON r.id = d.receipt_id
    LEFT JOIN schemes_completion c ON c.receipt_id = r.id
    WHERE d.round_id = %s AND d.place BETWEEN %s AND %s ORDER BY d.place
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing in a batch that is not as it must be."""

    batch: int
    place: int
    what: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many were decided again, and every batch that is not equal. `digest`: over all, as worked out now."""

    decisions: int
    batches: int
    granted_cents: int
    digest: str
    differences: tuple[Difference, ...]


def replay(*, scheme: str, at: datetime | None = None) -> Replayed:
    """Decide a round again, and compare: the one that took applications at this moment, or last. Writes nothing."""
    with own_work():
        return _Replay(round_at(scheme, at)).run()


class _Replay:
    """Goes through the batches in order, with the decisions so far kept in memory."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.digest = opened.digest
        self.in_force: dict[int, list[int]] = {}  # receipt -> its decision
        self.candidates: dict[int, Candidate] = {}
        self.decider: Decider | None = None
        self.order: Iterator[Candidate] = iter(())
        self.differences: list[Difference] = []
        self.places = 0

    def run(self) -> Replayed:
        batches = list(Batch.objects.filter(round_id=self.opened.id).order_by("number"))
        barriers = [batch.barrier_at for batch in batches if batch.barrier_at is not None]
        if barriers:
            self.order = self._undecided(all_in_order(self.opened, until=max(barriers)))
        for number, batch in enumerate(batches, 1):
            kept = self._kept(batch)
            if (
                batch.number != number
                or batch.first_place != self.places + 1
                or len(kept) != batch.last_place - self.places
            ):
                self._differs(number, self.places + 1, "the batch is not whole, or one is missing before it")
            made = self._made(batch, kept)
            self._compare(batch, kept, made)
            self._keep(made, batch)
        self._draws()
        granted = sum(row[AT["cents"]] for row in self.in_force.values())
        if missed := next(self.order, None):
            last = max((batch.barrier_at for batch in batches if batch.barrier_at), default=None)
            if last is not None and missed.complete_at <= micros(last) and self._is_passed(missed, batches):
                self._differs(len(batches), self.places, f"receipt {missed.receipt} was passed over")
        return Replayed(self.places, len(batches), granted, self.digest.hex(), tuple(self.differences))

    def _draws(self) -> None:
        """Whether the lots of each draw follow from its list, scores and seed."""
        for draw in Draw.objects.filter(round_id=self.opened.id, entries__isnull=False):
            listed = complete_between(self.opened, draw.from_at, draw.until_at)
            lots = Lot.objects.filter(draw=draw).order_by("position").values_list("receipt_id", flat=True)
            if [one.receipt for one in order_of(self.opened, listed, draw.seed)] != list(lots):
                self._differs(0, 0, f"the lots do not follow from the list and the seed {draw.seed!r}")

    def _is_passed(self, missed: Candidate, batches: list[Batch]) -> bool:
        last = next((batch for batch in reversed(batches) if batch.kind == "decided"), None)
        if last is None or last.cursor_at is None:
            return False
        return missed.cursor <= Cursor(micros(last.cursor_at), bytes(last.cursor_key))

    def _undecided(self, order: Iterator[Candidate]) -> Iterator[Candidate]:
        return (one for one in order if one.receipt not in self.in_force)

    def _kept(self, batch: Batch) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, [self.opened.id, batch.first_place, batch.last_place])
            found = cursor.fetchall()
        table = np.array([row[:-1] for row in found], np.int64).reshape(-1, len(COLUMNS))
        return Rows({name: table[:, at] for name, at in AT.items()}, [bytes(row[-1]) for row in found])

    def _made(self, batch: Batch, kept: Rows) -> Rows:
        if batch.kind == "decided":
            if self.decider is None:
                self.decider = self._decider()
            candidates = self._next(len(kept))
            self.candidates |= {one.receipt: one for one in candidates}
            return judged(self.opened, self.decider, candidates, self.places)
        self.decider = None
        return self._moved_up(kept) if batch.kind == "moved_up" else kept

    def _next(self, most: int) -> list[Candidate]:
        """As many as were decided; of those who share out pro rata all, however many were decided."""
        found = list(islice(self.order, most))
        if not found or not is_shared(self.opened, found):
            return found
        end = closing(self.opened)
        for one in self.order:
            if one.complete_at >= end:
                self.order = chain([one], self.order)
                break
            found.append(one)
        return found

    def _moved_up(self, kept: Rows) -> Rows:
        """Everybody who waits, judged again in one go; what is new, as far as it was written in this batch."""
        waiting = sorted(row[AT["turn"]] for row in self.in_force.values() if row[AT["waits"]])
        by_turn = {row[AT["turn"]]: row for row in self.in_force.values() if row[AT["waits"]]}
        waiters = [self._waiter(by_turn[turn]) for turn in waiting]
        found = again(self.opened, self._decider(anew=True), waiters) if waiters else []
        return rows_of(found[: len(kept)], self.places)

    def _waiter(self, row: list[int]) -> Waiter:
        candidate = self.candidates[row[AT["receipt"]]]
        return Waiter(row[AT["place"]], row[AT["turn"]], row[AT["asked_cents"]], row[AT["reason"]], candidate)

    def _decider(self, *, anew: bool = False) -> Decider:
        granted = [row for row in self.in_force.values() if row[AT["cents"]] > 0]
        names = ("window", "category", "cents", "cents", "units", "person_key", "employer_key", "group_key")
        table = np.array([[row[AT[name]] for name in names] for row in granted], np.int64).reshape(-1, 8).T.copy()
        if granted:
            table[2] -= np.array([row[AT["beyond_cents"]] for row in granted], np.int64)
        stopped = set()
        if self.opened.scheme.distribution.rest is Rest.STOP and not anew:
            stopped = {(row[AT["window"]], row[AT["category"]]) for row in self.in_force.values()
                       if row[AT["waits"]] and row[AT["reason"]] == Why.CEILING_REACHED}  # fmt: skip
        return decider_after(self.opened, table, stopped)

    def _compare(self, batch: Batch, kept: Rows, made: Rows) -> None:
        self.digest = digest_after(self.digest, batch.kind, batch.number, made)
        if self.digest == bytes(batch.digest) and _is_same(kept, made):
            return
        self._differs(batch.number, *_first(kept, made))
        self.digest = bytes(batch.digest)  # the next batch is looked at by itself

    def _differs(self, batch: int, place: int, what: str) -> None:
        self.differences.append(Difference(batch, place, what))

    def _keep(self, rows: Rows, batch: Batch) -> None:
        table = np.column_stack([rows.columns[name] for name in COLUMNS]).tolist()
        self.in_force |= {row[AT["receipt"]]: row for row in table}
        self.places = batch.last_place


def _is_same(kept: Rows, made: Rows) -> bool:
    """Whether what is kept is what was worked out: a digest over that alone says nothing of a row changed later."""
    columns = all(np.array_equal(kept.columns[name], made.columns[name]) for name in COLUMNS)
    return columns and list(kept.proofs) == list(made.proofs)


def _first(kept: Rows, made: Rows) -> tuple[int, str]:
    """Where two batches begin to differ, and how."""
    for at in range(max(len(kept), len(made))):
        if at >= len(kept) or at >= len(made):
            return -1, f"{len(kept)} decisions are kept, {len(made)} follow from the receipts"
        for name in COLUMNS:
            if kept.columns[name][at] != made.columns[name][at]:
                place = int(kept.columns["place"][at])
                return place, f"{name} is {kept.columns[name][at]}, and must be {made.columns[name][at]}"
        if kept.proofs[at] != made.proofs[at]:
            return int(kept.columns["place"][at]), "the receipt is not the one that was decided"
    return NONE, "every decision is as it must be, but the digest of the batch is not over them"
