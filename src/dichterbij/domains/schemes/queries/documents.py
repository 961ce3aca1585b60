"""The decision documents of a round, for everybody: what was decided when, with digests and without anybody in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.models import Batch, Draw, EntryList, Position, Round
from dichterbij.domains.schemes.queries.replaying import Replayed, replay
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules import REASONS
from dichterbij.domains.schemes.rules.disclosure import Told, told
from dichterbij.domains.schemes.rules.moments import AMSTERDAM
from dichterbij.domains.schemes.rules.procedure import day_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.words import Words

SHORT = 16  # figures of a round's digest that name it
BATCH = "batch-"
MOST_REPLAYED = 5_000  # decisions; more is for the command, not for somebody who waits for a page
_FIGURES = """
    SELECT b.number, d.reason, count(*), count(*) FILTER (WHERE d.cents > 0),
           sum(d.cents - coalesce(e.cents, 0))::bigint
    FROM schemes_batch b
    JOIN schemes_decision d ON d.round_id = b.round_id AND d.place BETWEEN b.first_place AND b.last_place
    LEFT JOIN schemes_decision e ON e.round_id = d.round_id AND e.place = d.earlier
    WHERE b.round_id = %s AND b.number = ANY (%s) GROUP BY b.number, d.reason
"""


class Kind(StrEnum):
    """What a document decides. A batch of decisions has the name that the decider gave it."""

    PUBLISHED = "published"
    OPENED = "opened"
    LISTED = "listed"
    DRAWN = "drawn"
    DECIDED = "decided"
    MOVED_UP = "moved_up"
    WITHDRAWN = "withdrawn"
    LOWERED = "lowered"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round as everybody may know it. `name`: the first figures of its digest."""

    id: int
    name: str
    scheme: str
    title: Words
    version: date
    digest: str
    is_exercise: bool
    opens_at: datetime
    closes_at: datetime
    ceiling_cents: int
    objections_cents: int


@dataclass(frozen=True, slots=True)
class Document:
    """One decision document. `name`: unique in its round; `at`: None for one of which only the day is known.

    `told`: what the decisions of a batch come to. `lots`: how many take part in a draw over the applications from
    `first` up to `end` (of an opening these two are its window). `seed_from`, `seed_at`: of the list before a draw,
    where its seed will come from and when; `seed`: what it was.
    """

    name: str
    kind: Kind
    day: date
    at: datetime | None
    digest: str
    told: Told | None = None
    seed: str = ""
    seed_from: str = ""
    seed_at: datetime | None = None
    lots: int | None = None
    first: datetime | None = None
    end: datetime | None = None
    cents: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether everything was decided again and is equal. `replayed`: None for a round that is too large for a page."""

    decisions: int
    batches: int
    digest: str
    replayed: Replayed | None
    at: datetime = field(compare=False)

    @property
    def is_equal(self) -> bool:
        """Every byte."""
        return self.replayed is not None and not self.replayed.differences


def replay_command(round: PublicRound) -> str:
    """What whoever runs this installation types to decide this round again; its moment is in Dutch time."""
    at = round.opens_at.astimezone(AMSTERDAM) + timedelta(seconds=1)  # it was open then, whatever part of a second
    return f"dichterbij schemes replay {round.scheme} --at '{at:%Y-%m-%d %H:%M:%S}'"


def public_rounds(*, scheme: str = "") -> tuple[PublicRound, ...]:
    """Every round, or those of one scheme; the newest first."""
    rows = Round.objects.filter(scheme=scheme) if scheme else Round.objects.all()
    return tuple(_public(row) for row in rows.order_by("-opens_at", "-id"))


def public_round(name: str, *, scheme: str = "") -> PublicRound:
    """The round of this name. NoRoundError when there is none, or it is of another scheme."""
    found = next((one for one in public_rounds(scheme=scheme) if one.name == name), None)
    if found is None:
        raise NoRoundError(f"There is no round {name[:40]}{f' of {scheme[:80]}' if scheme else ''}.")
    return found


def documents(round: PublicRound, *, kind: Kind | None = None, skip: int = 0, most: int = 50) -> tuple[Document, ...]:
    """The documents of a round, the newest first."""
    wanted = [one for one in _all(round) if kind in (None, one.kind)][skip : skip + most]
    return _with_figures(round, wanted)


def how_many_documents(round: PublicRound, *, kind: Kind | None = None) -> int:
    """How many `documents` has in all."""
    return sum(kind in (None, one.kind) for one in _all(round))


def document(round: PublicRound, name: str) -> Document:
    """One document. NoRoundError when there is none of this name."""
    found = [one for one in _all(round) if one.name == name]
    if not found:
        raise NoRoundError(f"This round has no decision document {name[:40]}.")
    return _with_figures(round, found)[0]


def checked(round: PublicRound) -> Checked:
    """All decisions of a round made again and compared: once for each time that something was added."""
    with own_work():
        here = Position.objects.get(pk=round.id)
    return _checked(round.scheme, round.opens_at, here.places, here.batches, bytes(here.digest).hex())


@lru_cache(maxsize=64)
def _checked(scheme: str, opens_at: datetime, places: int, batches: int, digest: str) -> Checked:
    again = replay(scheme=scheme, at=opens_at) if places <= MOST_REPLAYED else None
    return Checked(places, batches, digest, again, timezone.now())


def _public(row: Round) -> PublicRound:
    digest = bytes(row.digest).hex()
    return PublicRound(
        row.pk, digest[:SHORT], row.scheme, opened(row.pk).scheme.title, row.version, digest, row.is_exercise,
        row.opens_at, row.closes_at, row.ceiling_cents, row.objections_cents,
    )  # fmt: skip


def _all(round: PublicRound) -> list[Document]:
    """Every document without its figures, the newest first."""
    with own_work():
        found = [*_openings(round), *_draws(round), *_batches(round)]
    return sorted(found, key=_order, reverse=True)


def _order(one: Document) -> tuple[date, float, int]:
    """By moment; what is known by its day only, first of that day. Batches of one moment by their number."""
    number = int(one.name.removeprefix(BATCH)) if one.name.startswith(BATCH) else 0
    return one.day, one.at.timestamp() if one.at else 0.0, number


def _openings(round: PublicRound) -> Iterable[Document]:
    row, scheme = Round.objects.get(pk=round.id), opened(round.id).scheme
    if scheme.published_on:
        yield Document("published", Kind.PUBLISHED, scheme.published_on, None, scheme.digest)
    yield Document(
        "opened", Kind.OPENED, day_of(row.opened_at), row.opened_at, round.digest, first=row.opens_at,
        end=row.closes_at, cents=row.ceiling_cents,
    )  # fmt: skip


def _draws(round: PublicRound) -> Iterable[Document]:
    for number, row in enumerate(EntryList.objects.filter(round_id=round.id).order_by("id"), 1):
        yield Document(
            f"listed-{number}", Kind.LISTED, day_of(row.published_at), row.published_at, bytes(row.digest).hex(),
            seed_from=row.seed_from, seed_at=row.seed_at, lots=row.entrants, first=row.from_at, end=row.until_at,
        )  # fmt: skip
    for number, drawn in enumerate(Draw.objects.filter(round_id=round.id).order_by("id"), 1):
        yield Document(
            f"drawn-{number}", Kind.DRAWN, day_of(drawn.decided_at), drawn.decided_at, bytes(drawn.list_digest).hex(),
            seed=drawn.seed, lots=drawn.lots, first=drawn.from_at, end=drawn.until_at,
        )  # fmt: skip


def _batches(round: PublicRound) -> Iterable[Document]:
    rows = Batch.objects.filter(round_id=round.id).values_list("number", "kind", "decided_at", "digest")
    known = {one.value for one in Kind}
    for number, kind, at, digest in rows:
        of = Kind(kind) if kind in known else Kind.DECIDED
        yield Document(f"{BATCH}{number}", of, day_of(at), at, bytes(digest).hex())


def _with_figures(round: PublicRound, found: list[Document]) -> tuple[Document, ...]:
    numbers = {one.name: int(one.name.removeprefix(BATCH)) for one in found if one.name.startswith(BATCH)}
    figures = _figures(round, list(numbers.values()))
    return tuple(replace(one, told=figures[numbers[one.name]]) if one.name in numbers else one for one in found)


def _figures(round: PublicRound, numbers: list[int]) -> Mapping[int, Told]:
    """What the decisions of each of these batches come to."""
    reasons: defaultdict[int, Counter[str]] = defaultdict(Counter)
    granted, cents = Counter[int](), Counter[int]()
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_FIGURES, [round.id, numbers])
        for number, reason, count, given, net in cursor.fetchall():
            reasons[number][REASONS[reason]] += count
            granted[number] += given
            cents[number] += net
    return {number: told(reasons[number], granted=granted[number], cents=cents[number]) for number in numbers}
