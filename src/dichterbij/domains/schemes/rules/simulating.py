"""A scheme tried on paper: applications judged and decided in memory, invented ones too. Nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from dichterbij.domains.schemes.rules.distribution import decide_all
from dichterbij.domains.schemes.rules.facts import APPLICANTS
from dichterbij.domains.schemes.rules.files import scheme as read_scheme
from dichterbij.domains.schemes.rules.moments import day_number
from dichterbij.domains.schemes.rules.reasons import REASONS
from dichterbij.domains.schemes.rules.scheme import Method, Scheme
from dichterbij.domains.schemes.rules.standing import I64

LEAST_LEFT_OUT = 20  # one in so many invented applications misses one condition


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a scheme would give: counts per reason, and the money. `left_cents`: None where there is no ceiling."""

    scheme: str
    version: date
    digest: str
    applications: int
    grants: int
    cents: int
    left_cents: int | None
    reasons: Mapping[str, int]


def on_paper(slug: str, on: date, choices: Mapping[str, str] | None = None) -> Scheme:
    """The scheme of this day, as the exercise that it may be. `choices`: other answers to its open questions."""
    scheme = read_scheme(slug, on, choices=choices)
    return scheme.as_exercise() if scheme.may_exercise else scheme


def simulate(scheme: Scheme, columns: dict[str, I64], *, ceiling_cents: int | None, seed: str) -> Simulated:
    """These applications decided. `ceiling_cents`: in place of the scheme's own; `seed`: of a draw."""
    ceiling = scheme.ceiling.cents if ceiling_cents is None else ceiling_cents
    keys = [str(place) for place in range(len(columns["complete_at"]))]
    decided = decide_all(scheme, ceiling, columns, seed=seed, keys=keys if _draws(scheme) else ())
    codes, counts = np.unique(decided.reason, return_counts=True)
    cents = int(decided.cents.sum())
    return Simulated(
        scheme.slug, scheme.version, scheme.digest, len(decided.cents), int((decided.cents > 0).sum()), cents,
        None if ceiling is None else ceiling - cents,
        {REASONS[int(code)]: int(count) for code, count in zip(codes, counts, strict=True)},
    )  # fmt: skip


def invented(scheme: Scheme, people: int, employers: int, seed: str) -> dict[str, I64]:
    """Invented applications in the scheme's windows: the same for the same seed. Employers are chosen at random."""
    random = np.random.default_rng([*seed.encode()])
    first, last = scheme.periods[0].opens, scheme.periods[-1].ends
    musts = sum(1 << place for place, condition in enumerate(scheme.conditions) if condition.must)
    missing = random.integers(0, LEAST_LEFT_OUT * max(1, len(scheme.conditions)), people)
    met = np.full(people, musts, np.int64)
    for place in range(len(scheme.conditions)):
        met[missing == place] ^= 1 << place
    kinds = sorted({APPLICANTS.index(one) for period in scheme.periods for one in period.applicants})
    categories = max(1, len(scheme.categories))
    start = day_number(scheme.starts.first) if scheme.starts else 0
    return {
        "complete_at": np.sort(random.integers(first, last, people)),
        "applicant": np.array(kinds, np.int64)[random.integers(0, len(kinds), people)],
        "category": random.integers(0, categories, people) if scheme.categories else np.full(people, -1, np.int64),
        "quantity": np.ones(people, np.int64), "cost_cents": random.integers(50_000, 500_000, people),
        "own_cents": np.zeros(people, np.int64), "start": np.full(people, start, np.int64), "met": met,
        "score": random.integers(0, 101, people), "person": np.arange(people, dtype=np.int64),
        "employer": random.integers(0, employers, people), "group": np.full(people, -1, np.int64),
    }  # fmt: skip


def _draws(scheme: Scheme) -> bool:
    method = scheme.distribution.method
    by_lot = method is Method.TENDER and scheme.distribution.ties != "receipt"
    return method in (Method.LOTTERY, Method.DAY_LOTTERY) or by_lot
