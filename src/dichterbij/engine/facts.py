"""One person and one opening as plain values, defaults filled in; None is unknown or none."""

from dataclasses import dataclass
from datetime import date

from dichterbij.engine.arrays import ALWAYS, NEVER
from dichterbij.engine.parameters import AGREEMENTS, DAYPARTS, MODES, Parameters
from dichterbij.engine.tables import Openings, People, Sets, names_of

Texts = tuple[str, ...]
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Person:
    """A person as the rules see them."""

    person_id: str
    place: int
    pc4: int
    modes: Texts | None
    ebike_possible: bool
    max_travel_minutes: int
    max_distance_km: int | None
    hours_min: int
    hours_max: int
    available_from: date | None
    dayparts: Texts
    childcare_dayparts: Texts
    dutch: int | None
    level: int | None
    licences: Texts | None
    legal: Texts | None
    avoid: Texts
    skills: Texts | None
    learn_weeks_max: int
    agreements: Texts


@dataclass(frozen=True)
class Task:
    """A task of an opening; `hours` in tenths a week, `level_min` None when the task does not say."""

    hours: int
    essential: Texts
    demands: Texts
    dayparts: Texts
    level_min: int | None


@dataclass(frozen=True)
class Opening:
    """An opening as the rules see it."""

    opening_id: str
    place: int
    pc4: int
    agreement: str
    hours_min: int
    hours_max: int
    latest_start: date | None
    dayparts: Texts
    dutch: int
    dutch_on_the_job: bool
    level_min: int | None
    licences: Texts
    legal: Texts
    demands: Texts
    essential: Texts
    optional: Texts
    onboarding_weeks: int
    open_hiring: bool
    queue_weeks: int | None
    learning_company: bool
    carvable: bool
    carve_min_hours: int
    carve_max_share: int
    tasks: tuple[Task, ...]


def person_at(people: People, row: int, parameters: Parameters) -> Person:
    """The person of this row."""
    number = {name: int(values[row]) for name, values in people.numbers.items()}

    def known(sets: Sets, name: str) -> Texts | None:
        return sets.of(row) if number[f"{name}_known"] else None

    return Person(
        person_id=people.ids[row].as_py(),
        place=number["place"],
        pc4=number["pc4"],
        modes=names_of(number["modes"], MODES) if number["modes"] >= 0 else None,
        ebike_possible=bool(number["ebike_possible"]),
        max_travel_minutes=number["max_travel_minutes"],
        max_distance_km=number["max_distance_km"] if number["max_distance_km"] >= 0 else None,
        hours_min=number["hours_min"],
        hours_max=number["hours_max"],
        available_from=_day(number["available_from"], ALWAYS),
        dayparts=names_of(number["dayparts"], DAYPARTS),
        childcare_dayparts=names_of(number["childcare_dayparts"], DAYPARTS),
        dutch=number["dutch"] or None,
        level=number["level"] or None,
        licences=known(people.licences, "licences"),
        legal=known(people.legal, "legal"),
        avoid=names_of(number["avoid"], parameters.demands),
        skills=known(people.skills, "skills"),
        learn_weeks_max=number["learn_weeks_max"],
        agreements=names_of(number["agreements"], AGREEMENTS),
    )


def opening_at_row(openings: Openings, row: int, parameters: Parameters) -> Opening:
    """The opening of this row."""
    number = {name: int(values[row]) for name, values in openings.numbers.items()}
    return Opening(
        opening_id=openings.ids[row].as_py(),
        place=number["place"],
        pc4=number["pc4"],
        agreement=AGREEMENTS[number["agreement"]],
        hours_min=number["hours_min"],
        hours_max=number["hours_max"],
        latest_start=_day(number["latest_start"], NEVER),
        dayparts=names_of(number["dayparts"], DAYPARTS),
        dutch=number["dutch"],
        dutch_on_the_job=bool(number["dutch_on_the_job"]),
        level_min=number["level_min"] or None,
        licences=openings.licences.of(row),
        legal=openings.legal.of(row),
        demands=names_of(number["demands"], parameters.demands),
        essential=openings.essential.of(row),
        optional=openings.optional.of(row),
        onboarding_weeks=number["onboarding_weeks"],
        open_hiring=bool(number["open_hiring"]),
        queue_weeks=number["queue_weeks"] if number["queue_weeks"] >= 0 else None,
        learning_company=bool(number["learning_company"]),
        carvable=bool(number["carvable"]),
        carve_min_hours=number["carve_min_hours"],
        carve_max_share=number["carve_max_share"],
        tasks=_tasks(openings, row, parameters),
    )


def _tasks(openings: Openings, row: int, parameters: Parameters) -> tuple[Task, ...]:
    tasks = openings.tasks
    return tuple(
        Task(
            hours=int(tasks.hours[at]),
            essential=tasks.essential.of(at),
            demands=names_of(int(tasks.demands[at]), parameters.demands),
            dayparts=names_of(int(tasks.dayparts[at]), DAYPARTS),
            level_min=int(tasks.level_min[at]) or None,
        )
        for at in range(int(tasks.start[row]), int(tasks.start[row + 1]))
    )


def _day(value: int, none: int) -> date | None:
    return None if value == none else date.fromordinal(value + EPOCH)
