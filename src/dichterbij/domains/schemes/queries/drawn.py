"""What is public about a draw or a ranking: who takes part with which score, the seed, and the place of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np

from dichterbij.domains.schemes.entrants import complete_between
from dichterbij.domains.schemes.models import Completion, Draw, EntryList, Lot, Receipt
from dichterbij.domains.schemes.ordering import BY_LOT
from dichterbij.domains.schemes.rounds import has_work, opened, round_at
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from dichterbij.domains.schemes.rules.standing import I64
from dichterbij.domains.schemes.seeing import own_work

KEPT = 64  # lists in memory, such as one a day: together 7 MB for 300,000 applications


@dataclass(frozen=True, slots=True)
class Entry:
    """One who takes part. `place`: after the draw."""

    number: str
    score: int | None
    place: int | None


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A list that was published, and the draw that followed (its `draw`). `digest`: over all lines, in their order."""

    round: int
    draw: int | None
    from_at: datetime
    until_at: datetime
    published_at: datetime
    digest: str
    entrants: int
    seed_from: str
    seed_at: datetime | None
    seed: str
    reason: str
    drawn_at: datetime | None


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Those on a list, in the order of the draw, and before it by number. A place of 0 and a score of -1 are none."""

    receipts: I64
    places: I64
    scores: I64

    def some(self, skip: int = 0, most: int | None = None) -> tuple[Entry, ...]:
        """A part of them, in their order; all unless said."""
        part = slice(skip, None if most is None else skip + most)
        rows = zip(*(column[part].tolist() for column in (self.receipts, self.places, self.scores)), strict=True)
        return tuple(Entry(number_of(pk), None if score < 0 else score, place or None) for pk, place, score in rows)

    def rank_of(self, number: str) -> int | None:
        """How many stand before this number as somebody typed it; None when it is not on the list."""
        pk = id_of(number)
        if pk is None:
            return None
        found = np.flatnonzero(self.receipts == pk)
        return int(found[0]) if len(found) else None


def draws(*, scheme: str, at: datetime | None = None) -> tuple[DrawRow, ...]:
    """Every list of a round, the oldest first: of the round that took applications at this moment, or last."""
    here = round_at(scheme, at)
    drawn = {draw.entries_id: draw for draw in Draw.objects.filter(round_id=here.id)}
    return tuple(_row(row, drawn.get(row.pk)) for row in EntryList.objects.filter(round_id=here.id).order_by("from_at"))


def waits_for_draw(*, scheme: str, at: datetime | None = None) -> bool:
    """Whether somebody in the round of this moment can only be decided on after a draw that was not held yet."""
    here = round_at(scheme, at)
    if any(row.draw is None for row in draws(scheme=scheme, at=at)):
        return True
    return here.scheme.distribution.method in BY_LOT and has_work(here)


@lru_cache(maxsize=KEPT)
def entries(row: DrawRow) -> Entries:
    """Who is on this list. From its publication nothing of it changes but the places, so it is read once for each."""
    with own_work():
        if row.draw:
            lots = Lot.objects.filter(draw=row.draw).order_by("position")
            return _columns(lots.values_list("receipt_id", "position", "score"))
    listed = complete_between(opened(row.round), row.from_at, row.until_at)
    return _columns((one.receipt, 0, one.score) for one in sorted(listed, key=lambda one: one.number))


def list_with(number: str, lists: Sequence[DrawRow]) -> DrawRow | None:
    """On which of these a number stands as somebody typed it; None when on none of them."""
    pk = id_of(number)
    with own_work():
        receipt = Receipt.objects.filter(pk=pk).first() if pk is not None else None
        completion = Completion.objects.filter(receipt_id=receipt.pk).first() if receipt else None
    if receipt is None:
        return None
    at = completion.complete_at if completion else receipt.complete_at
    if at is None:
        return None
    here = [one for one in lists if one.round == receipt.round_id]
    return next((one for one in here if one.from_at <= at < one.until_at), None)


def _row(row: EntryList, draw: Draw | None) -> DrawRow:
    return DrawRow(
        row.round_id, draw.pk if draw else None, row.from_at, row.until_at, row.published_at, bytes(row.digest).hex(),
        row.entrants, row.seed_from, row.seed_at, draw.seed if draw else "", draw.reason if draw else "",
        draw.decided_at if draw else None,
    )  # fmt: skip


def _columns(rows: Iterable[tuple[int, int, int | None]]) -> Entries:
    found = [(pk, place, -1 if score is None else score) for pk, place, score in rows]
    receipts, places, scores = np.array(found, np.int64).reshape(-1, 3).T.copy()
    return Entries(receipts, places, scores)
