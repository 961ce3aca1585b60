"""All columns of the bridges of whole lists; people of one home stand together, so that they share travel. Compiled.

The same numbers as `scan.bridges` and `scan.lists_of_bridges` give pair by pair, three times as fast.
"""

from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import (
    ADAPT,
    ANY_ROUTE,
    ASK,
    ASK_MODES,
    BRIDGE_COLUMNS,
    FLAGS,
    I32,
    I64,
    KEY,
    MODE,
    NO_BRIDGE,
    OPEN_HIRING,
    ROUTE,
    UNREACHABLE,
    WALK,
    Codes,
    Held,
    Record,
    Records,
    World,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import holds_legal, mark, mark_missing, work_out_licences
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.travel import BY_EBIKE_STEP, OUT_OF_REACH, best_mode, metres_between, minutes_by

BITS = 63  # of a column of steps
LINE = 16  # skills that memory hands over at once: 64 bytes


class Space(NamedTuple):
    """Work space of one thread."""

    minutes: I64  # [mode, work place], from the home at hand
    entered: I32  # per work place: the person from whose home travel was worked out last
    asked: I32  # per work place: the person whose way to travel was looked for last
    mode: I32  # and what was found
    licence_sets: I32  # per set: the person for whom it was worked out last
    legal_sets: I32
    touched: I64  # one number that nobody reads
    set_steps: I64  # per column and set: the steps that the person at hand needs for it


class StepBits(NamedTuple):
    """Which bit of the columns of steps each step is."""

    flag: I32
    adaptation: I32
    licence: I32


class Found(NamedTuple):
    """Bridges as columns, in the order of the lists. `steps` is [column, bridge]; skills begin at `*_start`."""

    numbers: I64  # [column, bridge]
    steps: I64
    missing: I32
    missing_start: I64
    missing_count: I32
    optional: I32
    optional_start: I64
    optional_count: I32


@compiled
def room_for_skills(openings: Record, lists: I32) -> tuple[int, int]:
    """How many essential and optional skills there can be in these lists at most."""
    essential, optional = 0, 0
    for row in range(lists.shape[0]):
        for place in lists[row]:
            if place < 0:
                break
            essential += openings[place].essential_end - openings[place].essential_start
            optional += openings[place].optional_end - openings[place].optional_start
    return essential + 1, optional + 1  # one more: it is written before it is known to count


@compiled
def enter_licences(codes: Codes, held: Held, licences: int, licence_bits: I32, set_steps: I64) -> None:
    """Work out a set of licences for the person at hand: lead weeks, counted steps, and which steps as bits."""
    work_out_licences(codes, licences, held)
    set_steps[:, licences] = 0
    mark_missing(codes, licences, held)
    for code in range(len(held.missing)):
        if held.missing[code]:
            bit = licence_bits[code]
            set_steps[bit // BITS, licences] |= 1 << (bit % BITS)


@compiled
def bits_in(mask: int, bit_of: I32, column: int) -> int:
    """The steps of this mask that stand in this column, as its bits."""
    steps, at = 0, 0
    while mask:
        if mask & 1 and bit_of[at] // BITS == column:
            steps |= 1 << (bit_of[at] % BITS)
        mask >>= 1
        at += 1
    return steps


@compiled
def touch(openings: Records, ids: I32, lists: I32, at: int) -> int:
    """Look at every opening of a list and its skills, so that memory fetches them all at once and not one by one.

    The number means nothing; it must be kept, or the compiler leaves the looking out.
    """
    sight = 0
    for number in range(lists.shape[1]):
        place = lists[at, number]
        if place < 0:
            break
        sight += openings[place].essential_start + openings[place].agreement
    for number in range(lists.shape[1]):
        place = lists[at, number]
        if place < 0:
            break
        first, last = openings[place].essential_start, openings[place].essential_end
        for spot in range(first, last, LINE):
            sight += ids[spot]
        first, last = openings[place].optional_start, openings[place].optional_end
        if first < last:
            sight += ids[first]
    return int(sight)


@compiled
def bridges_of_lists(  # noqa: C901 - one loop: what a call would hand on for each pair costs more than the pair
    world: World, rows: I32, order: I32, lists: I32, first: I64, work_of: I32, space: Space, bits: StepBits,
    bridge: I64, found: Found,
) -> None:  # fmt: skip
    """Fill `found` from first[at] on with the bridges of person rows[at] to lists[at], for each `at` in `order`.

    People of one home should follow each other. A pair without a bridge gets NO_BRIDGE as its key.
    """
    # Arrays stand by themselves: handing a tuple of them on for each pair took four times as long.
    rules, roads, held, codes = world.rules[0], world.roads, world.held, world.codes
    openings, mode_order = world.openings, roads.mode_order
    ids, learn, tasks = world.skills.ids, world.skills.learn_weeks, world.skills.tasks
    licence_sets, legal_sets, skill = held.licence_sets, held.legal_sets, held.skill
    minutes, entered, asked, mode_to = space.minutes, space.entered, space.asked, space.mode
    entered_licences, entered_legal, set_steps = space.licence_sets, space.legal_sets, space.set_steps
    numbers, steps = found.numbers, found.steps
    missing, missing_start, missing_count = found.missing, found.missing_start, found.missing_count
    optional, optional_start, optional_count = found.optional, found.optional_start, found.optional_count
    flag_bits, adaptation_bits, licence_bits = bits.flag, bits.adaptation, bits.licence
    entered[:] = -1
    asked[:] = -1
    entered_licences[:] = -1
    entered_legal[:] = -1
    home, since, serial = -1, 0, 0
    at_missing, at_optional = 0, 0
    for at in order:
        person = world.people[rows[at]]
        serial += 1
        if person.place != home:
            home, since = person.place, serial
        mark(person, world.people_ids, held, 1)
        row = first[at]
        space.touched[0] += touch(openings, ids, lists, at)
        for number in range(lists.shape[1]):
            place = lists[at, number]
            if place < 0:
                break
            opening, work = openings[place], work_of[place]
            if entered[work] < since:
                entered[work] = serial
                metres = metres_between(rules, roads, home, opening.place)
                for mode in mode_order:
                    minutes[mode, work] = minutes_by(roads, mode, metres, home, opening.place)
            licences, legal = opening.licence_set, opening.legal_set
            if licences != 0 and person.licences_known and entered_licences[licences] != serial:
                entered_licences[licences] = serial
                enter_licences(codes, held, licences, licence_bits, set_steps)
            if legal != 0 and person.legal_known and entered_legal[legal] != serial:
                entered_legal[legal] = serial
                legal_sets[legal] = holds_legal(codes, legal, held)
            if asked[work] != serial:
                asked[work] = serial
                mode_to[work] = best_mode(rules, mode_order, person, minutes, work)
            mode = mode_to[work]
            if mode == OUT_OF_REACH:
                numbers[KEY, row] = NO_BRIDGE
                row += 1
                continue
            by_ebike = mode >= BY_EBIKE_STEP
            mode &= BY_EBIKE_STEP - 1
            bridge[KEY] = evaluate(
                rules, person, opening, licence_sets, legal_sets, tasks, ids, learn, skill,
                minutes[mode, work], by_ebike, ANY_ROUTE, NO_BRIDGE, bridge,
            )  # fmt: skip
            bridge[MODE] = mode
            if person.modes < 0 and minutes[WALK, work] > person.max_travel_minutes:
                bridge[ASK] |= ASK_MODES
            for column in range(BRIDGE_COLUMNS):
                numbers[column, row] = bridge[column]
            for column in range(steps.shape[0]):
                own = bits_in(bridge[FLAGS], flag_bits, column) | bits_in(bridge[ADAPT], adaptation_bits, column)
                if licences != 0 and person.licences_known:
                    own |= set_steps[column, licences]
                steps[column, row] = own
            missing_start[row], optional_start[row] = at_missing, at_optional
            if person.skills_known:
                if bridge[ROUTE] != OPEN_HIRING:
                    for spot in range(opening.essential_start, opening.essential_end):
                        missing[at_missing] = ids[spot]
                        at_missing += not skill[ids[spot]]
                for spot in range(opening.optional_start, opening.optional_end):
                    optional[at_optional] = ids[spot]
                    at_optional += skill[ids[spot]]
            missing_count[row] = at_missing - missing_start[row]
            optional_count[row] = at_optional - optional_start[row]
            row += 1
        mark(person, world.people_ids, held, 0)


def space_for(world: World, modes: int, step_columns: int) -> Space:
    """Fresh work space."""
    return Space(
        # The minutes of one work place stand together: they are looked at together.
        minutes=np.full((modes, max(1, len(world.work_place))), UNREACHABLE, dtype=np.int64, order="F"),
        entered=np.zeros(max(1, len(world.work_place)), dtype=np.int32),
        asked=np.zeros(max(1, len(world.work_place)), dtype=np.int32),
        mode=np.zeros(max(1, len(world.work_place)), dtype=np.int32),
        licence_sets=np.zeros(len(world.codes.licence_set_start), dtype=np.int32),
        legal_sets=np.zeros(len(world.codes.legal_set_start), dtype=np.int32),
        touched=np.zeros(1, dtype=np.int64),
        set_steps=np.zeros((step_columns, len(world.codes.licence_set_start)), dtype=np.int64),
    )
