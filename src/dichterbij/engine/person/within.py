"""Everything within reach of one person, over every route, as arrays; and what changes when one answer does.

A page needs counts and a few openings of tens of thousands that are within reach: those stay numbers until shown.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import (
    ADAPT,
    ASK,
    ASK_MODES,
    BRIDGE_COLUMNS,
    CARVING,
    FLAGS,
    I8,
    I32,
    I64,
    LEARN_WORK,
    NO_BRIDGE,
    OPEN_HIRING,
    ROUTES,
    WALK,
    Records,
    World,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import enter_person, mark, mark_missing
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.scan import travel_space
from dichterbij.engine.travel import BY_EBIKE_STEP, OUT_OF_REACH, best_mode, travel_table, within_metres

I16 = npt.NDArray[np.int16]
Bools = npt.NDArray[np.bool_]
BETWEEN_BITS = 16  # `told` holds what is asked below these bits, and the number of steps above them


@dataclass(frozen=True)
class Within:
    """Openings with a bridge, in the order of the index; a row of `keys` and `told` for each route.

    `keys` is the packed distance, NO_BRIDGE where the route has none; `told` what is to be asked and how many steps
    there are, also those without weeks.
    """

    place: I32
    minutes: I16
    keys: I64
    told: I32
    rules: Records

    def __len__(self) -> int:
        return len(self.place)

    @property
    def asked(self) -> I32:
        """What is to be asked, as bits of ASK."""
        return cast(I32, self.told & ((1 << BETWEEN_BITS) - 1))

    @property
    def steps(self) -> I32:
        """How many steps there are, those of no weeks too."""
        return cast(I32, self.told >> BETWEEN_BITS)

    def is_undescribed(self, keys: I64) -> Bools:
        """Whether these packed distances are of openings that say nothing of what is needed."""
        return cast(Bools, keys >= self._one_week * self.rules[0]["span_weeks"])

    def has_weeks(self, keys: I64) -> Bools:
        """Whether these packed distances, of described openings, have weeks before the start."""
        return keys >= self._one_week

    @property
    def _one_week(self) -> int:
        rules = self.rules[0]
        return int(rules["span_steps"] * rules["span_learning"] * rules["span_minutes"])


@compiled
def travel_modes(world: World, row: int, metres: I64, minutes: I64, modes: I8) -> int:
    """Fill `modes` with how this person goes to each work place, OUT_OF_REACH where they cannot; openings there."""
    person, total = world.people[row], 0
    for work in range(len(world.work_place)):
        modes[work] = OUT_OF_REACH
        if within_metres(person, metres[work]):
            modes[work] = best_mode(world.rules[0], world.roads.mode_order, person, minutes, work)
        if modes[work] != OUT_OF_REACH:
            total += world.place_start[work + 1] - world.place_start[work]
    return total


@compiled
def bits(number: int) -> int:
    """How many bits are set."""
    count = 0
    while number:
        number &= number - 1
        count += 1
    return count


@compiled
def fill_licence_steps(world: World, row: int, counts: I32) -> None:
    """Fill per set of licences how many this person misses, those without weeks too. The person has been entered."""
    for licence_set in range(len(counts)):
        counts[licence_set] = 0
        if world.people[row].licences_known and licence_set:
            mark_missing(world.codes, licence_set, world.held)
            counts[licence_set] = world.held.missing.sum()


@compiled
def fill_within(
    world: World,
    row: int,
    minutes: I64,
    modes: I8,
    licence_steps: I32,
    bridge: I64,
    place: I32,
    taken: I16,
    keys: I64,
    told: I32,
) -> int:
    """Fill the arrays with everything that has a bridge; how many."""
    rules, person, openings = world.rules[0], world.people[row], world.openings
    ids, learn, tasks = world.skills.ids, world.skills.learn_weeks, world.skills.tasks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    enter_person(person, world.people_ids, world.codes, world.held)
    fill_licence_steps(world, row, licence_steps)
    at = 0
    for work in range(len(world.work_place)):
        mode = modes[work]
        if mode == OUT_OF_REACH:
            continue
        travel, by_ebike = minutes[mode & (BY_EBIKE_STEP - 1), work], mode >= BY_EBIKE_STEP
        ask_modes = ASK_MODES if person.modes < 0 and minutes[WALK, work] > person.max_travel_minutes else 0
        for o in range(world.place_start[work], world.place_start[work + 1]):
            opening, found = openings[o], False
            for route in range(4):
                keys[route, at] = NO_BRIDGE
                if (route == OPEN_HIRING) != (opening.open_hiring != 0):
                    continue
                if route == LEARN_WORK and not opening.learning_company:
                    continue
                if route == CARVING and opening.task_start == opening.task_end:
                    continue
                keys[route, at] = evaluate(
                    rules, person, opening, licence_sets, legal_sets, tasks, ids, learn, skill,
                    travel, by_ebike, route, NO_BRIDGE, bridge,
                )  # fmt: skip
                if keys[route, at] != NO_BRIDGE:
                    found = True
                    steps = bits(bridge[FLAGS]) + bits(bridge[ADAPT]) + licence_steps[opening.licence_set]
                    told[route, at] = bridge[ASK] | ask_modes | steps << BETWEEN_BITS
            if found:
                place[at], taken[at] = o, travel
                at += 1
    mark(person, world.people_ids, world.held, 0)
    return at


def all_within(world: World, row: int = 0) -> Within:
    """Everything with a bridge for this person."""
    metres, minutes = travel_space(len(world.work_place))
    person = world.people[row]
    travel_table(world.rules[0], world.roads, int(person["place"]), world.work_place, metres, minutes)
    modes = np.empty(len(world.work_place), dtype=np.int8)
    most = max(1, travel_modes(world, row, metres, minutes, modes))
    place, taken = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.int16)
    keys, told = np.empty((len(ROUTES), most), dtype=np.int64), np.zeros((len(ROUTES), most), dtype=np.int32)
    licence_steps = np.zeros(len(world.codes.licence_set_start) - 1, dtype=np.int32)
    bridge = np.zeros(BRIDGE_COLUMNS, dtype=np.int64)
    size = fill_within(world, row, minutes, modes, licence_steps, bridge, place, taken, keys, told)
    return Within(place[:size], taken[:size], keys[:, :size], told[:, :size], world.rules)


def nearest_of(keys: I64, ranks: I32, top: int, skip: int = 0) -> I32:
    """Rows of the smallest distances after the first `skip`, smallest first, at most `top`; ties by rank."""
    there = np.flatnonzero(keys != NO_BRIDGE)
    last = min(skip + top, len(there))
    if last < len(there):
        limit = np.partition(keys[there], last - 1)[last - 1] if last else -1
        there = there[keys[there] <= limit]
    order = np.lexsort((ranks[there], keys[there]))
    return there[order[skip:last]].astype(np.int32)
