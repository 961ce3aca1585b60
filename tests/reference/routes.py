"""The four routes of one person and one opening, and the smallest bridge over them."""

import datetime
from dataclasses import dataclass
from typing import Any

from reference import gaps
from reference.gaps import Gap, Row
from reference.world import World

ROUTES = ("direct", "open_hiring", "learn_work", "carving")


@dataclass
class Bridge:
    """A route that leads there, in the order of the output's columns."""

    route: str
    undescribed: bool
    weeks_to_start: int
    steps: int
    weeks_learning: int
    travel_minutes: int
    mode: str
    step_codes: list[str]
    agreed_hours: int
    missing: list[str]
    optional_held: list[str]
    to_ask: list[str]

    def distance(self) -> tuple[int, int, int, int, int]:
        """Smaller is closer."""
        # "distance = (undescribed, weeks_to_start, steps, weeks_learning, travel_minutes)"
        undescribed = 1 if self.undescribed else 0
        return (undescribed, self.weeks_to_start, self.steps, self.weeks_learning, self.travel_minutes)


@dataclass
class Way:
    """What a route asks besides travel, licences and Dutch."""

    gaps: list[Gap | None]
    agreed_hours: int
    missing: set[str]
    kept_tasks: list[dict[str, Any]]


def smallest_bridge(person: Row, opening: Row, date: datetime.date, world: World) -> Bridge | None:
    """The bridge of a pair."""
    # "A pair's bridge is the smallest distance over its routes; on equal distance the order direct, open_hiring,
    #  learn_work, carving."
    bridges = [bridge_over(route, person, opening, date, world) for route in ROUTES]
    found = [bridge for bridge in bridges if bridge is not None]
    return min(found, key=Bridge.distance, default=None)


def bridge_over(route: str, person: Row, opening: Row, date: datetime.date, world: World) -> Bridge | None:
    """The bridge over one route, or None when a rule says no."""
    # "A rule that says **no** ends that route; "every route" rules end all."
    if not gaps.agreement(person, opening) or not gaps.legal(person, opening):
        return None
    way = WAYS[route](person, opening, world)
    journey = gaps.travel(person, opening, world) if way is not None else None
    if way is None or journey is None:
        return None
    asked = [*way.gaps, gaps.licences(person, opening, world)]
    # "Dutch (not open_hiring)."
    if route != "open_hiring":
        asked.append(gaps.dutch(person, opening, world))
    if journey.step:
        asked.append(Gap({"ebike": gaps.lead("ebike", world)}))
    if any(gap is None for gap in asked):
        return None
    return put_together(route, person, opening, date, world, way, journey, [gap for gap in asked if gap is not None])


def put_together(
    route: str,
    person: Row,
    opening: Row,
    date: datetime.date,
    world: World,
    way: Way,
    journey: gaps.Journey,
    asked: list[Gap],
) -> Bridge | None:
    """The distance of a route whose rules all say yes."""
    leads = {code: weeks for gap in asked for code, weeks in gap.leads.items()}
    # "weeks_to_start = the largest of the lead weeks of all steps (side by side) and, for open_hiring, queue_weeks."
    weeks_to_start = max(leads.values(), default=0)
    if route == "open_hiring":
        # "null = unknown: `open_hiring_queue` of `lead_weeks.yaml`"
        queue = opening["queue_weeks"]
        if queue is None:
            queue = world.parameters["lead_weeks"]["open_hiring_queue"]
        weeks_to_start = max(weeks_to_start, queue)
    # "latest_start given: max(date + 7 x weeks_to_start days, available_from) <= latest_start, else no."
    if opening["latest_start"] is not None:
        start = date.toordinal() + 7 * weeks_to_start
        # "null = unknown: now"
        available = (person["available_from"] or date).toordinal()
        if max(start, available) > opening["latest_start"].toordinal():
            return None
    # "steps = number of steps, those of zero-week licences left out."
    uncounted = {code for gap in asked for code in gap.uncounted}
    return Bridge(
        route=route,
        undescribed=is_undescribed(opening),
        weeks_to_start=weeks_to_start,
        steps=len(set(leads) - uncounted),
        # "weeks_learning = sum."
        weeks_learning=sum(gap.weeks_learning for gap in asked),
        travel_minutes=journey.minutes,
        mode=journey.mode,
        step_codes=sorted(leads),
        agreed_hours=way.agreed_hours,
        missing=sorted(way.missing),
        # "optional_held list[string] (alphabetical; empty when skills are unknown)"
        optional_held=sorted(opening["optional"] & (person["skills"] or set())),
        to_ask=to_ask(route, person, opening, world, way),
    )


def is_undescribed(opening: Row) -> bool:
    """Nobody wrote what the work asks."""
    # "`undescribed` is 1 for an opening whose `essential` is empty and that is not open hiring ..., else 0."
    return not opening["essential"] and not opening["open_hiring"]


def plain_hours(person: Row, opening: Row) -> int:
    """Agreed hours, in tenths, of every route but carving."""
    # "agreed_hours = 10 x the smaller hours_max."
    return int(10 * min(person["hours_max"], opening["hours_max"]))


def direct(person: Row, opening: Row, world: World) -> Way | None:
    """The job as it is."""
    # "`direct` (not if open_hiring): nothing missing; or something missing, learnable and L <= onboarding_weeks:
    #  then one step `onboarding` (also when L is 0), weeks_learning += L."
    if opening["open_hiring"] or not gaps.hours(person, opening) or not gaps.level(person, opening["level_min"]):
        return None
    missing = gaps.missing_skills(person, opening)
    onboarding = Gap()
    if missing:
        weeks = gaps.learn_weeks(person, opening, world)
        if weeks is None or weeks > opening["onboarding_weeks"]:
            return None
        onboarding = Gap({"onboarding": gaps.lead("onboarding", world)}, weeks)
    asked = [onboarding, *whole_opening(person, opening, world)]
    return Way(asked, plain_hours(person, opening), missing, [])


def whole_opening(person: Row, opening: Row, world: World) -> list[Gap | None]:
    """Dayparts and demands of the whole opening."""
    return [gaps.dayparts(person, opening["dayparts"], world), gaps.demands(person, opening["demands"], world)]


def open_hiring(person: Row, opening: Row, world: World) -> Way | None:
    """First on the list, first in the job."""
    # "`open_hiring` (if offered): skills, level, Dutch not applied; no step of its own; queue_weeks is lead time."
    if not opening["open_hiring"] or not gaps.hours(person, opening):
        return None
    # "missing ... (open_hiring: empty)"
    return Way(whole_opening(person, opening, world), plain_hours(person, opening), set(), [])


def learn_work(person: Row, opening: Row, world: World) -> Way | None:
    """Work and learn the trade."""
    # "`learn_work` (if learning_company, not open_hiring, and something is missing): learnable and
    #  L <= min(cap, learn_weeks_max): one step `learn_work`, weeks_learning += L."
    missing = gaps.missing_skills(person, opening)
    if not opening["learning_company"] or opening["open_hiring"] or not missing or not gaps.hours(person, opening):
        return None
    # "Level (direct; learn_work with one lower allowed; not open_hiring)."
    if opening["level_min"] is not None and not gaps.level(person, opening["level_min"] - 1):
        return None
    weeks = gaps.learn_weeks(person, opening, world)
    if weeks is None or weeks > min(world.parameters["learning"]["cap"], person["learn_weeks_max"]):
        return None
    asked = [Gap({"learn_work": gaps.lead("learn_work", world)}, weeks), *whole_opening(person, opening, world)]
    return Way(asked, plain_hours(person, opening), missing, [])


def carving(person: Row, opening: Row, world: World) -> Way | None:
    """The job without the tasks that do not fit."""
    # "`carving` (if carvable, not open_hiring, and there are tasks)"
    if not opening["carvable"] or opening["open_hiring"] or not opening["tasks"]:
        return None
    tasks = whole_tasks(opening)
    # "All tasks that can be done are kept; total and kept = their hours."
    kept_tasks = [task for task in tasks if can_be_done(task, person, opening, world)]
    total = sum(task["hours"] for task in tasks)
    kept = sum(task["hours"] for task in kept_tasks)
    # "agreed = min(kept, 10 x person's hours_max). Needs agreed >= 10 x max(person's hours_min, carve_min_hours);
    #  (total - agreed) x 1000 <= carve_max_share x total; and kept < total or the hours rule says no."
    agreed = min(kept, 10 * person["hours_max"])
    if agreed < 10 * max(person["hours_min"], opening["carve_min_hours"]):
        return None
    if (total - agreed) * 1000 > opening["carve_max_share"] * total:
        return None
    if kept == total and gaps.hours(person, opening):
        return None
    # "Steps: `carving`, and `adaptation:CODE` for adaptable demands in `avoid` and `childcare` for dayparts of kept
    #  tasks only. Dayparts, demands, level and hours rules above are replaced by this"
    asked = [
        Gap({"carving": gaps.lead("carving", world)}),
        gaps.demands(person, union(kept_tasks, "demands"), world),
        gaps.dayparts(person, union(kept_tasks, "dayparts"), world),
    ]
    # "carving: all missing of the opening"
    return Way(asked, agreed, gaps.missing_skills(person, opening), kept_tasks)


def union(tasks: list[dict[str, Any]], name: str) -> set[str]:
    """Everything that one or more tasks name."""
    return {code for task in tasks for code in task[name]}


def whole_tasks(opening: Row) -> list[dict[str, Any]]:
    """The tasks with what no task names, and with the opening's level where they have none."""
    # "An essential skill, demand or daypart of the opening that no task names belongs to every task;
    #  a task's level_min null = the opening's."
    tasks = []
    for task in opening["tasks"]:
        whole = {name: task[name] | (opening[name] - union(opening["tasks"], name)) for name in NAMED}
        level_min = opening["level_min"] if task["level_min"] is None else task["level_min"]
        tasks.append({"hours": task["hours"], "level_min": level_min, **whole})
    return tasks


NAMED = ("essential", "demands", "dayparts")


def can_be_done(task: dict[str, Any], person: Row, opening: Row, world: World) -> bool:
    """Whether the person can do a task."""
    # "A task can be done if it has no missing skill, no not-adaptable demand in `avoid`, its dayparts are the
    #  person's or in childcare_dayparts, and a known level meets its level_min."
    hard = set(world.parameters["demands"]["not_adaptable"])
    return (
        not task["essential"] & gaps.missing_skills(person, opening)
        and not task["demands"] & person["avoid"] & hard
        and task["dayparts"] <= person["dayparts"] | person["childcare_dayparts"]
        and gaps.level(person, task["level_min"])
    )


WAYS = {"direct": direct, "open_hiring": open_hiring, "learn_work": learn_work, "carving": carving}


def to_ask(route: str, person: Row, opening: Row, world: World, way: Way) -> list[str]:
    """What was unknown and could have failed the route, alphabetical."""
    # "to_ask names what was unknown, was taken as satisfied by a rule of the chosen route, and could have failed it"
    asked = {
        # "`modes` (null, and walking is not within max_travel_minutes)"
        "modes": person["modes"] is None and not gaps.walks_there(person, opening, world),
        # "`queue` (open hiring, queue_weeks null)"
        "queue": route == "open_hiring" and opening["queue_weeks"] is None,
        # "`dutch` (null, and needed > 1)", and Dutch is no rule of open hiring
        "dutch": route != "open_hiring" and person["dutch"] is None and opening["dutch"] > 1,
        "level": gaps.known_level(person) is None and level_could_fail(route, opening, way),
        # "`licences`, `legal` (null, and something needed)"
        "licences": person["licences"] is None and bool(opening["licences"]),
        "legal": person["legal"] is None and bool(opening["legal"]),
        # "`skills` (null, and essential not empty; not open_hiring)"
        "skills": route != "open_hiring" and person["skills"] is None and bool(opening["essential"]),
        # "`available_from` (null, and latest_start given)"
        "available_from": person["available_from"] is None and opening["latest_start"] is not None,
        # "`essential` (undescribed)"
        "essential": is_undescribed(opening),
    }
    return sorted(name for name, ask in asked.items() if ask)


def level_could_fail(route: str, opening: Row, way: Way) -> bool:
    """Whether level 1 would not have met the level rule of the route."""
    # "a level_min was applied that level 1 would not meet: direct level_min > 1, learn_work level_min > 2,
    #  carving any kept task's > 1"
    level_min = opening["level_min"] or 0
    if route == "direct":
        return bool(level_min > 1)
    if route == "learn_work":
        return bool(level_min > 2)
    return any((task["level_min"] or 0) > 1 for task in way.kept_tasks)
