"""What is public about a draw or a ranking: who takes part with which score, the seed, and the place of each."""

from dataclasses import dataclass
from datetime import datetime

from dichterbij.domains.schemes.entrants import complete_between
from dichterbij.domains.schemes.models import Draw, EntryList, Lot
from dichterbij.domains.schemes.rounds import round_at
from dichterbij.domains.schemes.seeing import own_work


@dataclass(frozen=True, slots=True)
class Entry:
    """One who takes part. `place`: after the draw."""

    number: str
    score: int | None
    place: int | None


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A list that was published, and the draw that followed. `digest`: over the lines of all, in their order."""

    from_at: datetime
    until_at: datetime
    published_at: datetime
    digest: str
    seed_from: str
    seed_at: datetime | None
    seed: str
    reason: str
    drawn_at: datetime | None
    entries: tuple[Entry, ...]


def draws(*, scheme: str, at: datetime | None = None) -> tuple[DrawRow, ...]:
    """Every list of a round, the oldest first: of the round that took applications at this moment, or last.

    Those who take part stand in the order of the draw, and before it by number.
    """
    opened = round_at(scheme, at)
    drawn = {draw.entries_id: draw for draw in Draw.objects.filter(round_id=opened.id)}
    found = []
    for row in EntryList.objects.filter(round_id=opened.id).order_by("from_at"):
        draw = drawn.get(row.pk)
        with own_work():
            places = dict(Lot.objects.filter(draw=draw).values_list("receipt_id", "position")) if draw else {}
        listed = complete_between(opened, row.from_at, row.until_at)
        entries = [Entry(one.number, one.score, places.get(one.receipt)) for one in listed]
        found.append(
            DrawRow(
                row.from_at, row.until_at, row.published_at, bytes(row.digest).hex(), row.seed_from, row.seed_at,
                draw.seed if draw else "", draw.reason if draw else "", draw.decided_at if draw else None,
                tuple(sorted(entries, key=lambda one: (one.place or 0, one.number))),
            )
        )  # fmt: skip
    return tuple(found)
