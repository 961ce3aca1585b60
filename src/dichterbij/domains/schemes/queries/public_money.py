"""The money of a round as everybody may see it: it moves by five amounts or more, so that no difference is of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import connection

from dichterbij.domains.schemes.models import Batch, Position
from dichterbij.domains.schemes.queries.documents import PublicRound
from dichterbij.domains.schemes.rules.disclosure import FEWEST
from dichterbij.domains.schemes.rules.pace import LOOKS_BACK, Pace, pace
from dichterbij.domains.schemes.rules.procedure import day_of
from dichterbij.domains.schemes.seeing import own_work

_BATCHES = """
    SELECT b.number, b.digest, b.decided_at, count(d.place) FILTER (WHERE d.cents <> coalesce(e.cents, 0)),
           coalesce(sum(d.cents - d.beyond_cents - coalesce(e.cents - e.beyond_cents, 0))
                    FILTER (WHERE d.cents <> coalesce(e.cents, 0)), 0)::bigint
    FROM schemes_batch b
    LEFT JOIN schemes_decision d ON d.round_id = b.round_id AND d.place BETWEEN b.first_place AND b.last_place
    LEFT JOIN schemes_decision e ON e.round_id = d.round_id AND e.place = d.earlier
    WHERE b.round_id = %s AND b.number > %s GROUP BY b.number, b.digest, b.decided_at ORDER BY b.number
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What was granted when at least five amounts had changed since the step before."""

    at: datetime
    granted_cents: int


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a round: until which batch, the steps, and what changed since the last one."""

    number: int = 0
    digest: bytes = b""
    steps: tuple[Step, ...] = ()
    waiting: int = 0
    granted_cents: int = 0


_READ: dict[int, Read] = {}  # by round; replaced whole, so that several threads may read and go on from it


@dataclass(frozen=True, slots=True)
class PublicMoney:
    """Granted and left, as of `at` (None: fewer than five amounts yet), with the pace of the days before."""

    ceiling_cents: int
    granted_cents: int
    left_cents: int
    pace: Pace
    at: datetime | None


def public_money(round: PublicRound, *, now: datetime) -> PublicMoney:
    """The money of this round; what the newest one to four amounts changed is not in it yet."""
    with own_work():
        digest = bytes(Position.objects.values_list("digest", flat=True).get(pk=round.id))
    steps = _steps(round.id, digest)
    last = steps[-1] if steps else Step(round.opens_at, 0)
    left = round.ceiling_cents - last.granted_cents
    found = pace(left, [last.granted_cents - _before(steps, now)], on=day_of(now))
    return PublicMoney(round.ceiling_cents, last.granted_cents, left, found, last.at if steps else None)


def _steps(round_id: int, digest: bytes) -> tuple[Step, ...]:
    """Each batch is read once: nothing of it ever changes. `digest`: of the newest one."""
    read = _READ.get(round_id, Read())
    if read.digest != digest:
        with own_work(), connection.cursor() as cursor:
            if not Batch.objects.filter(round=round_id, number=read.number, digest=read.digest).exists():
                read = Read()  # what was read is not there any more: another database
            cursor.execute(_BATCHES, [round_id, read.number])
            read = _READ[round_id] = in_steps(cursor.fetchall(), after=read)
    return read.steps


def in_steps(batches: Sequence[tuple[int, bytes, datetime, int, int]], *, after: Read) -> Read:
    """Batches (number, digest, moment, amounts changed, by how much together) put together until five or more changed.

    They go on where `after` ended.
    """
    waiting, granted, steps = after.waiting, after.granted_cents, list(after.steps)
    for _, _, at, count, cents in batches:
        waiting, granted = waiting + count, granted + cents
        if waiting >= FEWEST:
            steps.append(Step(at, granted))
            waiting = 0
    number, digest = batches[-1][:2] if batches else (after.number, after.digest)
    return Read(number, bytes(digest), tuple(steps), waiting, granted)


def _before(steps: tuple[Step, ...], now: datetime) -> int:
    """What was granted before the days that the pace looks at, at a step too."""
    since = now - timedelta(days=LOOKS_BACK)
    earlier = [*takewhile(lambda one: one.at < since, steps)]
    return earlier[-1].granted_cents if earlier else 0
