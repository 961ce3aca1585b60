"""Which one answer would bring most openings near: one place in the person's row changed, the difference counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dichterbij.domains.matching.queries.near import NOBODY, OpeningIndex, seeded
from dichterbij.engine.matching import Matcher
from dichterbij.engine.parameters import DAYPARTS, Parameters
from dichterbij.engine.person.other_answers import differences
from dichterbij.engine.reading import people_from_rows

Row = dict[str, Any]
UNKNOWN_MODES = ("bike", "public_transport")
MORE_MINUTES, DEFAULT_MINUTES, LONGEST_TRAVEL = 15, 60, 600
HIGHEST_DUTCH, DEFAULT_LEARNING = 4, 39


@dataclass(frozen=True)
class Lift:
    """One thing that could change: how many openings more get a bridge at all, and can be started at once."""

    code: str
    more_openings: int
    more_now: int


def _with_mode(row: Row, mode: str) -> Row | None:
    held = row.get("modes")
    modes = UNKNOWN_MODES if held is None else tuple(held)
    return None if mode in modes else {**row, "modes": [*modes, mode]}


def _ebike(row: Row) -> Row | None:
    """Only for somebody for whom an e-bike is possible."""
    return None if row.get("ebike_possible") is False else _with_mode(row, "ebike")


def _car_licence(row: Row) -> Row | None:
    """Licence B, and a car to go with it."""
    licences = row.get("licences")
    if licences is None or "B" in licences:
        return _with_mode(row, "car") if licences is None else None
    return {**(_with_mode(row, "car") or row), "licences": [*licences, "B"]}


def _travel(row: Row) -> Row | None:
    minutes = row.get("max_travel_minutes")
    minutes = DEFAULT_MINUTES if minutes is None else minutes
    return (
        None
        if minutes >= LONGEST_TRAVEL
        else {**row, "max_travel_minutes": min(minutes + MORE_MINUTES, LONGEST_TRAVEL)}
    )


def _dutch(row: Row) -> Row | None:
    held = row.get("dutch")
    return None if held is None or held >= HIGHEST_DUTCH else {**row, "dutch": held + 1}


def _childcare(row: Row) -> Row | None:
    """Childcare as a solution for every daypart that is not possible now."""
    if row.get("dayparts") is None:
        return None
    closed = [part for part in DAYPARTS if part not in row["dayparts"]]
    return {**row, "childcare_dayparts": closed} if set(closed) - set(row.get("childcare_dayparts") or ()) else None


def _with_dayparts(row: Row, parts: tuple[str, ...]) -> Row | None:
    held = row.get("dayparts")
    if held is None or set(parts) <= set(held):
        return None
    return {**row, "dayparts": [*held, *(part for part in parts if part not in held)]}


def _learn_longer(row: Row) -> Row | None:
    weeks = row.get("learn_weeks_max")
    weeks = DEFAULT_LEARNING if weeks is None else weeks
    return None if weeks >= DEFAULT_LEARNING else {**row, "learn_weeks_max": DEFAULT_LEARNING}


LIFTS: Mapping[str, Callable[[Row], Row | None]] = {
    "ebike": _ebike,
    "car_licence": _car_licence,
    "travel_15_minutes": _travel,
    "dutch_one_level": _dutch,
    "childcare": _childcare,
    "evening": lambda row: _with_dayparts(row, ("evening",)),
    "weekend": lambda row: _with_dayparts(row, ("saturday", "sunday")),
    "learn_longer": _learn_longer,
}


def what_brings_more(
    *, person: Mapping[str, object], index: OpeningIndex, parameters: Parameters, on: date
) -> list[Lift]:
    """What could change for this person, what brings most first; a change that brings nothing is left out."""
    row: Row = dict(person)
    changed = {code: new for code, lift in LIFTS.items() if (new := lift(row)) is not None}
    rows = [{**new, "person_id": f"{NOBODY}{at}"} for at, new in enumerate([row, *changed.values()])]
    prepared = seeded(index, parameters, index.index.seed)
    more, now = differences(Matcher(people_from_rows(rows, parameters), prepared, on, 1).worlds[0])
    lifts = [Lift(code, int(more[at]), int(now[at])) for at, code in enumerate(changed, start=1)]
    kept = [lift for lift in lifts if lift.more_openings > 0 or lift.more_now > 0]
    return sorted(kept, key=lambda lift: (-lift.more_openings - lift.more_now, -lift.more_now, lift.code))
