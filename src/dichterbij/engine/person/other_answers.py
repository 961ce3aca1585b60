"""What other answers of one person would bring, exactly, by looking only at openings for which they can matter."""

import numpy as np

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    BRIDGE_COLUMNS,
    I8,
    I64,
    NO_BRIDGE,
    Record,
    Records,
    World,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import enter_person, mark
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.person.within import travel_modes
from dichterbij.engine.scan import is_now, travel_space
from dichterbij.engine.travel import BY_EBIKE_STEP, OUT_OF_REACH, travel_table

# Answers whose change matters only for some openings; `may_matter` and `travels_otherwise` say which.
TRAVEL = {"modes", "max_travel_minutes", "ebike_possible", "max_metres"}
TIMES_AND_LEARNING = {"dayparts", "childcare_dayparts", "dutch", "learn_weeks_max"}
WHERE_LISTS_STAND = {f"{name}_{end}" for name in ("skill", "licence", "legal") for end in ("start", "end")}
LOOKED_AT = TRAVEL | TIMES_AND_LEARNING | WHERE_LISTS_STAND | {"licences_known"}
NONE, FOUND, NOW = 0, 1, 2


@compiled
def travels_otherwise(mode: int, other: int) -> bool:
    """Between these ways to a work place a bridge can come, go, or get or lose the step of the e-bike."""
    return (mode == OUT_OF_REACH) != (other == OUT_OF_REACH) or (mode >= BY_EBIKE_STEP) != (other >= BY_EBIKE_STEP)


@compiled
def may_matter(opening: Record, one: Record, other: Record, sets: I64, other_sets: I64) -> bool:
    """The bridge to this opening can differ between these people, apart from how they travel."""
    changed = (one.dayparts ^ other.dayparts) | (one.childcare_dayparts ^ other.childcare_dayparts)
    if opening.dayparts & changed:
        return True
    if one.dutch != other.dutch and opening.dutch > min(one.dutch, other.dutch):
        return True
    if one.learn_weeks_max != other.learn_weeks_max and opening.learning_company:
        return True
    at = opening.licence_set
    if at == 0:
        return False
    if one.licences_known != other.licences_known:
        return True
    return bool(sets[at, 0] != other_sets[at, 0] or sets[at, 1] != other_sets[at, 1])


@compiled
def standing(
    world: World, row: int, opening: Record, licence_sets: I64, minutes: int, by_ebike: bool, bridge: I64
) -> int:
    """NONE, FOUND or NOW: no bridge, one, or one to start right away."""
    key = evaluate(
        world.rules[0], world.people[row], opening, licence_sets, world.held.legal_sets, world.skills.tasks,
        world.skills.ids, world.skills.learn_weeks, world.held.skill, minutes, by_ebike, ANY_ROUTE, NO_BRIDGE, bridge,
    )  # fmt: skip
    if key == NO_BRIDGE:
        return NONE
    return NOW if is_now(bridge) else FOUND


@compiled
def enter_all(world: World, licence_sets: I64) -> None:
    """Fill what each person's licences mean; the first person is left entered."""
    for row in range(len(world.people) - 1, -1, -1):
        enter_person(world.people[row], world.people_ids, world.codes, world.held)
        licence_sets[row] = world.held.licence_sets
        if row:
            mark(world.people[row], world.people_ids, world.held, 0)


@compiled
def fill_differences(
    world: World,
    minutes: I64,
    modes: I8,
    everything: I8,
    travel_only: I8,
    licence_sets: I64,
    bridge: I64,
    more: I64,
    now: I64,
) -> None:
    """Add to `more` and `now`, per person, what they have above the first.

    `everything`: look at every opening. `travel_only`: they differ from the first in travel alone, so that what they
    reach in the same way stands the same for them: worked out once for all of those (with and without the e-bike).
    """
    people, known = world.people, np.zeros(2, dtype=np.int64)
    enter_all(world, licence_sets)
    for work in range(len(world.work_place)):
        mode = modes[0, work]
        for o in range(world.place_start[work], world.place_start[work + 1]):
            opening, first = world.openings[o], -1
            known[0], known[1] = -1, -1
            for row in range(1, len(people)):
                other = modes[row, work]
                if other == OUT_OF_REACH and mode == OUT_OF_REACH:
                    continue
                if not (
                    everything[row]
                    or travels_otherwise(mode, other)
                    or may_matter(opening, people[0], people[row], licence_sets[0], licence_sets[row])
                ):
                    continue
                if first < 0:
                    first = NONE
                    if mode != OUT_OF_REACH:
                        taken = minutes[mode & (BY_EBIKE_STEP - 1), work]
                        first = known[int(mode >= BY_EBIKE_STEP)]
                        if first < 0:
                            first = standing(world, 0, opening, licence_sets[0], taken, mode >= BY_EBIKE_STEP, bridge)
                            known[int(mode >= BY_EBIKE_STEP)] = first
                found = NONE
                if other != OUT_OF_REACH:
                    taken, by_ebike = minutes[other & (BY_EBIKE_STEP - 1), work], other >= BY_EBIKE_STEP
                    found = known[int(by_ebike)] if travel_only[row] else -1
                    if found < 0:
                        found = standing(world, row, opening, licence_sets[row], taken, by_ebike, bridge)
                        if travel_only[row]:
                            known[int(by_ebike)] = found
                more[row] += (found != NONE) - (first != NONE)
                now[row] += (found == NOW) - (first == NOW)
    mark(people[0], world.people_ids, world.held, 0)


def differences(world: World) -> tuple[I64, I64]:
    """Per person of this world how many openings more than the first have a bridge, and can be started at once.

    All live at one place and hold the same skills and legal codes. Exactly the differences that `count` gives.
    """
    people, places = world.people, len(world.work_place)
    metres, minutes = travel_space(places)
    travel_table(world.rules[0], world.roads, int(people["place"][0]), world.work_place, metres, minutes)
    modes = np.empty((len(people), places), dtype=np.int8)
    for row in range(len(people)):
        travel_modes(world, row, metres, minutes, modes[row])
    more, now = np.zeros(len(people), dtype=np.int64), np.zeros(len(people), dtype=np.int64)
    sets = np.zeros((len(people), *world.held.licence_sets.shape), dtype=np.int64)
    bridge = np.zeros(BRIDGE_COLUMNS, dtype=np.int64)
    travel_only = 1 - _differ(people, set(people.dtype.names or ()) - TRAVEL - WHERE_LISTS_STAND)
    for row in range(1, len(people)):
        travel_only[row] &= _holds_the_same(world, row)
    fill_differences(world, minutes, modes, _differ_elsewhere(people), travel_only, sets, bridge, more, now)
    return more, now


def _differ_elsewhere(people: Records) -> I8:
    """Per person whether an answer differs from the first's that `may_matter` does not know."""
    differ = _differ(people, set(people.dtype.names or ()) - LOOKED_AT)
    dutch = people["dutch"]
    return differ | np.asarray((dutch != dutch[0]) & ((dutch == 0) | (dutch[0] == 0)), dtype=np.int8)


def _differ(people: Records, names: set[str]) -> I8:
    """Per person whether any of these answers differs from the first's."""
    differ = np.zeros(len(people), dtype=np.int8)
    for name in names:
        differ |= (people[name] != people[name][0]).astype(np.int8)
    return differ


def _holds_the_same(world: World, row: int) -> bool:
    """Whether a person has the first's skills, licences and legal codes."""
    first, other = world.people[0], world.people[row]
    for name in ("skill", "licence", "legal"):
        one, two = (world.people_ids[each[f"{name}_start"] : each[f"{name}_end"]] for each in (first, other))
        if not np.array_equal(one, two):
            return False
    return True
