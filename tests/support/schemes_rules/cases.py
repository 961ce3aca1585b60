"""Made-up applications on and around every boundary of a scheme, in columns of whole numbers; the same for a seed."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules import APPLICANTS, NO_DAY, Scheme

I64 = npt.NDArray[np.int64]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AROUND = (-1_000_000, -1, 0, 1, 999_999, 1_000_000, 1_000_001)
COSTS = (-1, 0, 1, 2, 3, 99, 101, 600_000, 2_499_999, 2_500_000, 10**12, 10**12 + 1)
SIZES = (-1, 0, 1, 1_000_000, 1_000_001)


def cases(scheme: Scheme, size: int, seed: int) -> dict[str, I64]:
    """So many applications; most would be granted but for one thing, so that every rule is the one that decides."""
    rng = np.random.default_rng(seed)
    usual = _usual(scheme, size, rng)
    odd = _odd(scheme, size, rng)
    kept = rng.random(size)
    columns = {}
    for name in usual:
        chance = 0.35 if name in ("complete_at", "quantity", "cost_cents", "own_cents") else 0.08
        columns[name] = np.where((rng.random(size) < chance) & (kept < 0.9), odd[name], usual[name])
    return {name: np.ascontiguousarray(column, np.int64) for name, column in columns.items()}


def _usual(scheme: Scheme, size: int, rng: np.random.Generator) -> dict[str, I64]:
    window = rng.integers(0, len(scheme.periods), size)
    opens = np.array([period.opens for period in scheme.periods])[window]
    lasts = np.array([period.ends - period.opens for period in scheme.periods])[window]
    kinds = [[APPLICANTS.index(one) for one in period.applicants] for period in scheme.periods]
    applicant = np.array([kinds[one][rng.integers(0, len(kinds[one]))] for one in window])
    must = sum(1 << place for place, condition in enumerate(scheme.conditions) if condition.must)
    cost = rng.integers(1, 3_000_000, size)
    return {
        "complete_at": opens + (rng.random(size) * lasts).astype(np.int64),
        "applicant": applicant,
        "category": rng.integers(0, max(1, len(scheme.categories)), size),
        "quantity": rng.integers(1, 12, size),
        "cost_cents": cost,
        "own_cents": cost // 3,
        "start": np.full(size, _start(scheme)),
        "met": np.full(size, must),
        "score": rng.integers(0, 101, size),
        "person": rng.integers(0, size, size),
        "employer": rng.integers(0, max(1, size // 4), size),
        "group": np.where(rng.random(size) < 0.3, rng.integers(0, max(1, size // 20), size), -1),
    }


def _start(scheme: Scheme) -> int:
    return (scheme.starts.first - EPOCH.date()).days + 1 if scheme.starts else NO_DAY


def _odd(scheme: Scheme, size: int, rng: np.random.Generator) -> dict[str, I64]:
    starts = [scheme.starts.first, scheme.starts.last] if scheme.starts else []
    days = [(day - EPOCH.date()).days + shift for day in starts for shift in (-1, 0, 1)] + [NO_DAY]
    sizes = [*SIZES, *range(25, 50), *_around_limit(scheme)]

    def one_of(values: Any) -> I64:
        return rng.choice(np.array(values, np.int64), size)

    return {
        "complete_at": one_of(_moments(scheme)),
        "applicant": rng.integers(-1, len(APPLICANTS) + 1, size),
        "category": rng.integers(-1, len(scheme.categories) + 1, size),
        "quantity": one_of(sizes),
        "cost_cents": one_of(COSTS),
        "own_cents": one_of(COSTS),
        "start": one_of(days),
        "met": rng.integers(0, 1 << max(1, len(scheme.conditions)), size),
        "score": one_of([-1, 0, 1, scheme.distribution.lowest_score - 1, scheme.distribution.lowest_score]),
        "person": np.full(size, -1),
        "employer": np.full(size, -1),
        "group": np.full(size, -1),
    }


def _around_limit(scheme: Scheme) -> list[int]:
    limit = scheme.limit
    return [limit.most, limit.most + 1, limit.then, limit.then + 1] if limit else []


def _moments(scheme: Scheme) -> list[int]:
    """Around the edges of every window and change of status, and in the nights in which the clock changes."""
    edges = [edge for period in scheme.periods for edge in (period.opens, period.ends)]
    midnights = [datetime.combine(change.on, time(), AMSTERDAM) for change in scheme.status]
    nights = [datetime(2020, 10, 25, 0, 30, tzinfo=UTC), datetime(2022, 10, 30, 0, 59, 59, tzinfo=UTC)]
    edges += [(moment - EPOCH) // timedelta(microseconds=1) for moment in (*midnights, *nights)]
    return [edge + shift for edge in edges for shift in AROUND]
