"""A scheme tried on paper: applications from a file or invented, judged and decided in memory."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from dichterbij.domains.schemes.rules import REASONS, Method, Scheme, decide_all
from dichterbij.domains.schemes.rules import scheme as read_scheme
from dichterbij.domains.schemes.rules.facts import APPLICANTS, columns_of
from dichterbij.domains.schemes.rules.moments import day_number
from dichterbij.domains.schemes.rules.standing import I64
from dichterbij.domains.schemes.rules.written import check_conditions, read_facts
from dichterbij.shared.errors import InputError

NUMBERS = ("quantity", "cost_cents", "own_cents", "score")
LEAST_LEFT_OUT = 20  # one in so many invented applications misses one condition


def run(
    slug: str, file: Path | None, people: int, employers: int, ceiling_cents: int | None, seed: str, on: date
) -> dict[str, Any]:
    """Counts per reason, and the money. InputError for a file that cannot be read, with its row."""
    scheme = read_scheme(slug, on)
    scheme = scheme.as_exercise() if scheme.may_exercise else scheme
    columns = _read(scheme, file) if file else invented(scheme, people, employers, seed)
    ceiling = scheme.ceiling.cents if ceiling_cents is None else ceiling_cents
    keys = [str(place) for place in range(len(columns["complete_at"]))]
    decided = decide_all(scheme, ceiling, columns, seed=seed, keys=keys if _draws(scheme) else ())
    codes, counts = np.unique(decided.reason, return_counts=True)
    cents = int(decided.cents.sum())
    return {
        "scheme": scheme.slug, "version": scheme.version.isoformat(), "digest": scheme.digest,
        "applications": len(decided.cents), "grants": int((decided.cents > 0).sum()), "cents": cents,
        "left_cents": None if ceiling is None else ceiling - cents,
        "reasons": {REASONS[int(code)]: int(count) for code, count in zip(codes, counts, strict=True)},
    }  # fmt: skip


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


def _read(scheme: Scheme, file: Path) -> dict[str, I64]:
    """Applications of a file, in the order of the file: the first of one moment goes first."""
    facts = []
    for number, row in enumerate(_rows(file), 2):
        try:
            told = {name: value for name, value in row.items() if value not in (None, "")}
            at = _moment(told.pop("complete_at", ""))
            told |= {name: _whole(name, told[name]) for name in NUMBERS if name in told}
            one = read_facts(told | {"met": str(told.get("met", "")).split()}, complete_at=at)
            check_conditions(scheme, one)
        except InputError as error:
            raise InputError(f"{file.name}, row {number}: {error.message}") from None
        facts.append(one)
    if not facts:
        raise InputError(f"{file.name} holds no applications. Its first row names the columns.")
    return columns_of(scheme, facts)


def _rows(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".parquet":
        import pyarrow.parquet

        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
        return rows
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file.name} is no CSV in UTF-8: {error}.") from None


def _moment(value: object) -> datetime:
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise InputError(f"complete_at is a moment such as 2022-06-15T09:00:00+02:00; found {value!r}.") from None
    if found.tzinfo is None:
        raise InputError(f"complete_at needs its time zone, such as 2022-06-15T09:00:00+02:00; found {value!r}.")
    return found


def _whole(name: str, value: object) -> int:
    if type(value) is int:
        return value
    text = str(value)
    if not text.lstrip("-").isascii() or not text.lstrip("-").isdecimal():
        raise InputError(f"{name} is a whole number, amounts in cents without a comma or point; found {text!r}.")
    return int(text)
