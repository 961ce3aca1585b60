"""Who gets no bridge at all, and which rule, lifted alone, would give one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dichterbij.domains.matching.queries.near import OpeningIndex
from dichterbij.engine.matching import count
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.reading import people_from_rows

Row = Mapping[str, Any]

# Rule, in the order of the contract -> the person's answers with which it can no longer say no.
LIFTED: Mapping[str, Row] = {
    "distance": {"max_distance_km": None},
    "travel_time": {"max_travel_minutes": 600},
    "travel": {"max_distance_km": None, "max_travel_minutes": 600},
    "agreement": {"agreements": None},
    "legal": {"legal": None},
    "licences": {"licences": None},
    "hours": {"hours_min": 1, "hours_max": 60},
    "dayparts": {"dayparts": None},
    "dutch": {"dutch": None},
    "demands": {"avoid": []},
    "level": {"level": None},
    "skills": {"skills": None},
    "start": {"available_from": None},
}
SEVERAL = "several"


@dataclass(frozen=True)
class NoBridge:
    """Somebody without any bridge. `rule` is the first that, lifted alone, gives one; SEVERAL when none alone does."""

    person_id: str
    rule: str


def without_bridge(*, people: Sequence[Row], index: OpeningIndex, parameters: Parameters, on: date) -> list[NoBridge]:
    """People without a bridge, in the order given. Rows as in the contract; InputError for a bad one."""
    left = _blocked(people, index, parameters, on)
    rules: dict[str, str] = {}
    for rule, answers in LIFTED.items():
        waiting = [row for row in left if row["person_id"] not in rules]
        still = {row["person_id"] for row in _blocked([{**row, **answers} for row in waiting], index, parameters, on)}
        rules.update({row["person_id"]: rule for row in waiting if row["person_id"] not in still})
    return [NoBridge(row["person_id"], rules.get(row["person_id"], SEVERAL)) for row in left]


def _blocked(rows: Sequence[Row], index: OpeningIndex, parameters: Parameters, on: date) -> list[Row]:
    if not rows:
        return []
    found, _ = count(people_from_rows([dict(row) for row in rows], parameters), index.index, on=on)
    return [row for row, openings in zip(rows, found, strict=True) if openings == 0]
