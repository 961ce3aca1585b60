"""Why a route does or does not bridge one person and one opening: every rule with what is held, needed and missing.

Plain Python, beside the compiled kernel, because it answers another question: not how near, but why. Tests hold the
two to the same answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import cast

from dichterbij.engine.arrays import ROUTES, UNREACHABLE
from dichterbij.engine.facts import Opening, Person
from dichterbij.engine.index import included_by, roads_of, rule_records
from dichterbij.engine.parameters import MODES, NOT_LEARNABLE, Parameters
from dichterbij.engine.travel import metres_between, minutes_by

Values = Mapping[str, object]


class Outcome(StrEnum):
    """What a rule says about a route."""

    OK = "ok"
    STEP = "step"
    NO = "no"
    ASKED = "asked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Step:
    """A step that closes a gap: weeks before the start, and weeks of learning once started."""

    code: str
    lead: int = 0
    learning: int = 0
    counted: bool = True


@dataclass(frozen=True)
class RuleTrace:
    """One rule: what it says, the values it looked at, the steps it asks for, and what would change a no (a code)."""

    rule: str
    outcome: Outcome
    held: Values = field(default_factory=dict)
    needed: Values = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    change: str | None = None


@dataclass(frozen=True)
class Distance:
    """The five whole numbers of a bridge, in the order in which they compare."""

    undescribed: bool
    weeks_to_start: int
    steps: int
    weeks_learning: int
    travel_minutes: int

    @property
    def key(self) -> tuple[int, int, int, int, int]:
        """What compares: smaller is closer."""
        return (int(self.undescribed), self.weeks_to_start, self.steps, self.weeks_learning, self.travel_minutes)


@dataclass(frozen=True)
class RouteTrace:
    """One route: its rules in order, and its distance when none says no."""

    route: str
    rules: tuple[RuleTrace, ...]
    distance: Distance | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of the route, by code."""
        return tuple(sorted((step for rule in self.rules for step in rule.steps), key=lambda step: step.code))


@dataclass(frozen=True)
class PairTrace:
    """All four routes of one person and one opening."""

    person: Person
    opening: Opening
    on: date
    routes: tuple[RouteTrace, ...]

    @property
    def best(self) -> RouteTrace | None:
        """The route with the smallest distance; on equal distance the first."""
        found = [route for route in self.routes if route.distance]
        return min(found, key=lambda route: route.distance.key if route.distance else (), default=None)


@dataclass(frozen=True)
class Pair:
    """What the rules look at."""

    person: Person
    opening: Opening
    parameters: Parameters
    on: date


def explain_pair(person: Person, opening: Opening, parameters: Parameters, *, on: date) -> PairTrace:
    """Every rule of every route for this pair."""
    pair = Pair(person, opening, parameters, on)
    every = [_travel(pair), _agreement(pair), _legal(pair), _licences(pair)]
    return PairTrace(person, opening, on, tuple(_route(pair, route, every) for route in ROUTES))


def _route(pair: Pair, route: str, every: list[RuleTrace]) -> RouteTrace:
    """The rules of this route; `every` are those that count for all routes."""
    rules = [_offered(pair, route), *every]
    whole = [_hours(pair), _dayparts(pair), _demands(pair)]
    if route == "open_hiring":
        rules += [*whole, _queue(pair)]
    elif route == "carving":
        rules += [_dutch(pair), *_tasks(pair)]
    else:
        rules += [*whole, _dutch(pair), _level(pair, route), _skills(pair, route)]
    rules.append(_start(pair, rules))
    return RouteTrace(route, tuple(rules), _distance(pair, route, rules))


def _distance(pair: Pair, route: str, rules: list[RuleTrace]) -> Distance | None:
    if any(rule.outcome is Outcome.NO for rule in rules):
        return None
    steps = [step for rule in rules for step in rule.steps]
    undescribed = not pair.opening.essential and route != "open_hiring"
    minutes = cast(int, next(rule.held["minutes"] for rule in rules if rule.rule == "travel"))
    counted = sum(step.counted for step in steps)
    return Distance(undescribed, _weeks(rules), counted, sum(step.learning for step in steps), minutes)


def _weeks(rules: list[RuleTrace]) -> int:
    """The longest lead of all steps, and the wait of an open-hiring list."""
    leads = [step.lead for rule in rules for step in rule.steps]
    queues = [value for rule in rules if isinstance(value := rule.needed.get("queue_weeks"), int)]
    return max([*leads, *queues], default=0)


def _answer(is_ok: bool) -> Outcome:
    return Outcome.OK if is_ok else Outcome.NO


def _offered(pair: Pair, route: str) -> RuleTrace:
    """Whether the employer offers this route at all."""
    opening = pair.opening
    if route == "open_hiring":
        is_ok = opening.open_hiring
    elif opening.open_hiring:
        return RuleTrace("offered", Outcome.NO, needed={"open_hiring": True}, change="employer_opens_other_routes")
    elif route == "learn_work":
        is_ok = opening.learning_company
    elif route == "carving":
        is_ok = opening.carvable and bool(opening.tasks)
    else:
        is_ok = True
    return RuleTrace("offered", _answer(is_ok), change=None if is_ok else f"employer_offers_{route}")


def _travel(pair: Pair) -> RuleTrace:
    """Straight line and minutes by the quickest mode, with an e-bike as a step."""
    person, opening, parameters = pair.person, pair.opening, pair.parameters
    metres, minutes = travel_of(person.place, opening.place, parameters, pair.on)
    own = {"walk", *(("bike", "public_transport") if person.modes is None else person.modes)}
    usable = [mode.code for mode in parameters.modes if mode.code in own and mode.code in minutes]
    best = min(usable, key=minutes.__getitem__, default=None)
    needed: Values = {"max_travel_minutes": person.max_travel_minutes, "max_distance_km": person.max_distance_km}
    shown: dict[str, object] = {"metres": metres, "modes": minutes}
    if best is not None:
        shown |= {"mode": best, "minutes": minutes[best]}
    if person.max_distance_km is not None and metres > 1000 * person.max_distance_km:
        return RuleTrace("travel", Outcome.NO, shown, needed, change="max_distance_km")
    if best is not None and minutes[best] <= person.max_travel_minutes:
        on_foot = minutes.get("walk", person.max_travel_minutes + 1) <= person.max_travel_minutes
        asked = person.modes is None and not on_foot
        return RuleTrace("travel", Outcome.ASKED if asked else Outcome.OK, shown, needed)
    ebike = minutes.get("ebike")
    if person.ebike_possible and "ebike" not in own and ebike is not None and ebike <= person.max_travel_minutes:
        step = Step("ebike", parameters.lead["ebike"])
        return RuleTrace("travel", Outcome.STEP, shown | {"mode": "ebike", "minutes": ebike}, needed, (step,))
    return RuleTrace("travel", Outcome.NO, shown, needed, change="max_travel_minutes")


def travel_of(home: int, work: int, parameters: Parameters, on: date) -> tuple[int, dict[str, int]]:
    """Metres between two places, and minutes by each mode that can be used."""
    rules, roads = rule_records(parameters, on)[0], roads_of(parameters)
    metres = int(metres_between(rules, roads, home, work))
    minutes = {
        mode.code: int(minutes_by(roads, MODES.index(mode.code), metres, home, work)) for mode in parameters.modes
    }
    return metres, {code: value for code, value in minutes.items() if value < UNREACHABLE}


def _agreement(pair: Pair) -> RuleTrace:
    held, needed = pair.person.agreements, pair.opening.agreement
    is_ok = needed in held
    return RuleTrace(
        "agreement", _answer(is_ok), {"agreements": held}, {"agreement": needed}, change=None if is_ok else "agreements"
    )


def _legal(pair: Pair) -> RuleTrace:
    needed, held = pair.opening.legal, pair.person.legal
    values: tuple[Values, Values] = ({"legal": held}, {"legal": needed})
    if not needed:
        return RuleTrace("legal", Outcome.OK, *values)
    if held is None:
        return RuleTrace("legal", Outcome.ASKED, *values)
    is_ok = set(needed) <= set(held)
    return RuleTrace("legal", _answer(is_ok), *values, change=None if is_ok else "legal")


def _licences(pair: Pair) -> RuleTrace:
    """Licences needed and not held, with those they need in turn."""
    parameters, held = pair.parameters, pair.person.licences
    included = frozenset().union(*(included_by(parameters, code) for code in pair.opening.licences))
    needed = tuple(code for code in pair.opening.licences if code not in included)
    values: tuple[Values, Values] = ({"licences": held}, {"licences": needed})
    if not needed:
        return RuleTrace("licences", Outcome.OK, *values)
    if held is None:
        return RuleTrace("licences", Outcome.ASKED, *values)
    has = set(held).union(*(included_by(parameters, code) for code in held))
    leads: dict[str, int] = {}
    if not all(_lead_of(code, has, parameters, leads) for code in needed if code not in has):
        return RuleTrace("licences", Outcome.NO, *values, change="licences")
    steps = tuple(
        Step(f"licence:{code}", lead, counted=parameters.licences[code].weeks > 0) for code, lead in leads.items()
    )
    return RuleTrace("licences", Outcome.STEP if steps else Outcome.OK, *values, steps)


def _lead_of(code: str, has: set[str], parameters: Parameters, leads: dict[str, int]) -> bool:
    """Write the lead weeks of a missing code, and of those it needs, in `leads`; False when one cannot be had."""
    if code in leads:
        return True
    licence = parameters.licences.get(code)
    if licence is None:
        return False
    missing = [need for need in licence.needs if need not in has]
    if not all(_lead_of(need, has, parameters, leads) for need in missing):
        return False
    leads[code] = licence.weeks + max((leads[need] for need in missing), default=0)
    return True


def _hours_fit(pair: Pair) -> bool:
    person, opening = pair.person, pair.opening
    return max(person.hours_min, opening.hours_min) <= min(person.hours_max, opening.hours_max)


def _hours_values(pair: Pair) -> tuple[Values, Values]:
    person, opening = pair.person, pair.opening
    held: Values = {"hours_min": person.hours_min, "hours_max": person.hours_max}
    return held, {"hours_min": opening.hours_min, "hours_max": opening.hours_max}


def _hours(pair: Pair) -> RuleTrace:
    is_ok = _hours_fit(pair)
    return RuleTrace("hours", _answer(is_ok), *_hours_values(pair), change=None if is_ok else "hours")


def _dayparts(pair: Pair) -> RuleTrace:
    person, needed = pair.person, pair.opening.dayparts
    missing = [part for part in needed if part not in person.dayparts]
    held: Values = {"dayparts": person.dayparts, "childcare_dayparts": person.childcare_dayparts}
    values: tuple[Values, Values] = (held, {"dayparts": needed})
    if not missing:
        return RuleTrace("dayparts", Outcome.OK, *values)
    if set(missing) <= set(person.childcare_dayparts):
        return RuleTrace("dayparts", Outcome.STEP, *values, (Step("childcare", pair.parameters.lead["childcare"]),))
    return RuleTrace("dayparts", Outcome.NO, *values, change="dayparts")


def _adaptations(pair: Pair, demands: tuple[str, ...]) -> tuple[Step, ...]:
    met = [code for code in demands if code in pair.person.avoid]
    return tuple(Step(f"adaptation:{code}", pair.parameters.lead["adaptation"]) for code in met)


def _demands(pair: Pair) -> RuleTrace:
    person, needed = pair.person, pair.opening.demands
    values: tuple[Values, Values] = ({"avoid": person.avoid}, {"demands": needed})
    if any(code in person.avoid and code in pair.parameters.not_adaptable for code in needed):
        return RuleTrace("demands", Outcome.NO, *values, change="demands")
    steps = _adaptations(pair, needed)
    return RuleTrace("demands", Outcome.STEP if steps else Outcome.OK, *values, steps)


def _queue(pair: Pair) -> RuleTrace:
    known = pair.opening.queue_weeks
    weeks = pair.parameters.open_hiring_queue if known is None else known
    return RuleTrace("queue", Outcome.ASKED if known is None else Outcome.OK, needed={"queue_weeks": weeks})


def _dutch(pair: Pair) -> RuleTrace:
    held, needed, on_the_job = pair.person.dutch, pair.opening.dutch, pair.opening.dutch_on_the_job
    values: tuple[Values, Values] = ({"dutch": held}, {"dutch": needed, "dutch_on_the_job": on_the_job})
    if held is None:
        return RuleTrace("dutch", Outcome.ASKED if needed > 1 else Outcome.OK, *values)
    gap = needed - held
    if gap <= 0:
        return RuleTrace("dutch", Outcome.OK, *values)
    weeks = pair.parameters.dutch_per_level * gap
    if on_the_job and gap <= 2:
        return RuleTrace("dutch", Outcome.STEP, *values, (Step("dutch", learning=weeks),))
    if gap == 1:
        return RuleTrace("dutch", Outcome.STEP, *values, (Step("dutch", lead=weeks),))
    return RuleTrace("dutch", Outcome.NO, *values, change="dutch")


def _level(pair: Pair, route: str) -> RuleTrace:
    held, level_min = pair.person.level, pair.opening.level_min
    needed = (level_min or 0) - (1 if route == "learn_work" else 0)
    values: tuple[Values, Values] = ({"level": held}, {"level": max(needed, 0) or None})
    if held is None:
        return RuleTrace("level", Outcome.ASKED if needed > 1 else Outcome.OK, *values)
    is_ok = held >= needed
    return RuleTrace("level", _answer(is_ok), *values, change=None if is_ok else "level")


def missing_skills(person: Person, opening: Opening) -> tuple[str, ...]:
    """Essential skills that the person does not hold; none when the person's skills are unknown."""
    if person.skills is None:
        return ()
    held = set(person.skills)
    return tuple(skill for skill in opening.essential if skill not in held)


def weeks_to_learn(missing: tuple[str, ...], essentials: int, parameters: Parameters) -> int | None:
    """L: weeks to learn what is missing; None when a skill cannot be learned here."""
    weeks = [parameters.learn_weeks(skill) for skill in missing]
    if NOT_LEARNABLE in weeks:
        return None
    if not missing:
        return 0
    counted = max(parameters.learning.list_counts_as, essentials)
    return -(-sum(weeks) * parameters.learning.list_counts_as // counted)


def _skills(pair: Pair, route: str) -> RuleTrace:
    person, opening = pair.person, pair.opening
    missing = missing_skills(person, opening)
    weeks = weeks_to_learn(missing, len(opening.essential), pair.parameters)
    held: Values = {"skills": person.skills, "missing": missing, "weeks": weeks}
    if route == "direct":
        most, step = opening.onboarding_weeks, "onboarding"
    else:
        most, step = min(pair.parameters.learning.cap, person.learn_weeks_max), "learn_work"
    needed: Values = {"essential": opening.essential, "most_weeks": most}
    if not missing:
        if route == "learn_work":
            return RuleTrace("skills", Outcome.NO, held, needed, change="nothing_to_learn")
        asked = person.skills is None or not opening.essential
        return RuleTrace("skills", Outcome.ASKED if asked else Outcome.OK, held, needed)
    if weeks is None or weeks > most:
        change = "skills" if weeks is None else f"skills_{route}"
        return RuleTrace("skills", Outcome.NO, held, needed, change=change)
    return RuleTrace("skills", Outcome.STEP, held, needed, (Step(step, pair.parameters.lead[step], weeks),))


@dataclass(frozen=True)
class _Fit:
    """A task with what it takes, and whether the person can do it."""

    hours: int
    essential: tuple[str, ...]
    demands: tuple[str, ...]
    dayparts: tuple[str, ...]
    level: int
    is_kept: bool


def _fits(pair: Pair) -> list[_Fit]:
    """Every task; what the opening needs and no task names belongs to each of them."""
    person, opening = pair.person, pair.opening
    unnamed = {
        name: tuple(
            item for item in getattr(opening, name) if not any(item in getattr(task, name) for task in opening.tasks)
        )
        for name in ("essential", "demands", "dayparts")
    }
    possible = {*person.dayparts, *person.childcare_dayparts}
    fits = []
    for task in opening.tasks:
        essential = (*task.essential, *unnamed["essential"])
        demands = (*task.demands, *unnamed["demands"])
        dayparts = (*task.dayparts, *unnamed["dayparts"])
        level = task.level_min or opening.level_min or 0
        can = (
            (person.skills is None or set(essential) <= set(person.skills))
            and not any(code in person.avoid and code in pair.parameters.not_adaptable for code in demands)
            and set(dayparts) <= possible
            and (person.level is None or person.level >= level)
        )
        fits.append(_Fit(task.hours, essential, demands, dayparts, level, can))
    return fits


def _tasks(pair: Pair) -> list[RuleTrace]:
    """The job without the tasks that do not fit: its hours, and the steps that the kept tasks ask for."""
    person, opening, parameters = pair.person, pair.opening, pair.parameters
    fits = _fits(pair)
    kept = [task for task in fits if task.is_kept]
    total, kept_hours = sum(task.hours for task in fits), sum(task.hours for task in kept)
    agreed = min(kept_hours, 10 * person.hours_max)
    least = 10 * max(person.hours_min, opening.carve_min_hours)
    held: Values = {"total": total, "kept": kept_hours, "agreed": agreed, "tasks": len(fits), "kept_tasks": len(kept)}
    needed: Values = {"least": least, "carve_max_share": opening.carve_max_share}
    change = _carving_change(pair, total=total, kept=kept_hours, agreed=agreed, least=least)
    if change:
        return [RuleTrace("tasks", Outcome.NO, held, needed, change=change)]
    steps = [Step("carving", parameters.lead["carving"])]
    demands = tuple(dict.fromkeys(code for task in kept for code in task.demands))
    if any(part not in person.dayparts for task in kept for part in task.dayparts):
        steps.append(Step("childcare", parameters.lead["childcare"]))
    rules = [RuleTrace("tasks", Outcome.STEP, held, needed, (*steps, *_adaptations(pair, demands)))]
    if person.level is None and any(task.level > 1 for task in kept):
        highest = max(task.level for task in kept)
        rules.append(RuleTrace("level", Outcome.ASKED, {"level": None}, {"level": highest}))
    if person.skills is None or not opening.essential:
        shown: Values = {"skills": person.skills, "missing": ()}
        rules.append(RuleTrace("skills", Outcome.ASKED, shown, {"essential": opening.essential}))
    return rules


def _carving_change(pair: Pair, *, total: int, kept: int, agreed: int, least: int) -> str | None:
    """What would change that there is no carved job; None when there is one."""
    if kept == 0:
        return "no_task_fits"
    if agreed < least:
        return "carved_job_too_small"
    if (total - agreed) * 1000 > pair.opening.carve_max_share * total:
        return "carved_too_much"
    if kept == total and _hours_fit(pair):
        return "nothing_to_carve"
    return None


def _start(pair: Pair, rules: list[RuleTrace]) -> RuleTrace:
    """The day the person can start, against the opening's latest start."""
    latest, available = pair.opening.latest_start, pair.person.available_from
    needed: Values = {"latest_start": latest}
    if any(rule.outcome is Outcome.NO for rule in rules) or latest is None:
        outcome = Outcome.OK if latest is None else Outcome.NOT_APPLICABLE
        return RuleTrace("start", outcome, {"available_from": available}, needed)
    try:
        ready = pair.on + timedelta(weeks=_weeks(rules))
    except OverflowError:
        ready = date.max
    first = max(ready, available or pair.on)
    held: Values = {"available_from": available, "first_day": first}
    if first > latest:
        return RuleTrace("start", Outcome.NO, held, needed, change="latest_start")
    return RuleTrace("start", Outcome.ASKED if available is None else Outcome.OK, held, needed)
