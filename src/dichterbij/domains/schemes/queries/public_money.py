"""The money of a round as everybody may see it: it moves by five amounts or more, so that no difference is of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import takewhile

from django.db import connection

from dichterbij.domains.schemes.models import Position
from dichterbij.domains.schemes.queries.documents import PublicRound
from dichterbij.domains.schemes.rules.disclosure import FEWEST
from dichterbij.domains.schemes.rules.pace import LOOKS_BACK, Pace, pace
from dichterbij.domains.schemes.rules.procedure import day_of
from dichterbij.domains.schemes.seeing import own_work

_BATCHES = """
    SELECT b.decided_at, count(*), sum(d.cents - d.beyond_cents - coalesce(e.cents - e.beyond_cents, 0))::bigint
    FROM schemes_batch b
    JOIN schemes_decision d ON d.round_id = b.round_id AND d.place BETWEEN b.first_place AND b.last_place
    LEFT JOIN schemes_decision e ON e.round_id = d.round_id AND e.place = d.earlier
    WHERE b.round_id = %s AND d.cents <> coalesce(e.cents, 0) GROUP BY b.number, b.decided_at ORDER BY b.number
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What was granted when at least five amounts had changed since the step before."""

    at: datetime
    granted_cents: int


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


@lru_cache(maxsize=64)
def _steps(round_id: int, digest: bytes) -> tuple[Step, ...]:
    """Read once for each batch: nothing of a batch ever changes. `digest`: of the newest one."""
    with own_work(), connection.cursor() as cursor:
        cursor.execute(_BATCHES, [round_id])
        return tuple(in_steps(cursor.fetchall()))


def in_steps(batches: Iterable[tuple[datetime, int, int]]) -> Iterator[Step]:
    """Batches (moment, how many amounts changed, by how much together) put together until five or more changed."""
    waiting, granted = 0, 0
    for at, count, cents in batches:
        waiting, granted = waiting + count, granted + cents
        if waiting >= FEWEST:
            yield Step(at, granted)
            waiting = 0


def _before(steps: tuple[Step, ...], now: datetime) -> int:
    """What was granted before the days that the pace looks at, at a step too."""
    since = now - timedelta(days=LOOKS_BACK)
    earlier = [*takewhile(lambda one: one.at < since, steps)]
    return earlier[-1].granted_cents if earlier else 0
