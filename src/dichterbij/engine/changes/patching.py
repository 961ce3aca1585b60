"""Stored lists, patched: where an opening enters or leaves, what the limit is then, and whole lists again. Compiled.

All that is called here of this package stands in this file: numba looks for changes only in the file of the function
that is called (and `engine.compiled` in those of the kernel).
"""

import numpy as np

from dichterbij.engine.arrays import ANY_ROUTE, BRIDGE_COLUMNS, I32, I64, NO_BRIDGE, U64, UNREACHABLE, Record, World
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import enter_person, mark
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.parameters import MODES
from dichterbij.engine.travel import (
    BY_EBIKE_STEP,
    OUT_OF_REACH,
    best_mode,
    metres_between,
    minutes_by,
    travel_table,
    within_metres,
)

ALL_MODES = len(MODES)


@compiled
def key_of_pair(world: World, person: Record, o: int, minutes: I64, bridge: I64) -> int:
    """The packed distance of the smallest bridge; NO_BRIDGE for none. The person has been entered."""
    opening = world.openings[o]
    metres = metres_between(world.rules[0], world.roads, person.place, opening.place)
    if not within_metres(person, metres):
        return NO_BRIDGE
    for mode in world.roads.mode_order:
        minutes[mode, 0] = minutes_by(world.roads, mode, metres, person.place, opening.place)
    mode = best_mode(world.rules[0], world.roads.mode_order, person, minutes, 0)
    if mode == OUT_OF_REACH:
        return NO_BRIDGE
    travel = minutes[mode & (BY_EBIKE_STEP - 1), 0]
    return evaluate(
        world.rules[0], person, opening, world.held.licence_sets, world.held.legal_sets, world.skills.tasks,
        world.skills.ids, world.skills.learn_weeks, world.held.skill, travel, mode >= BY_EBIKE_STEP, ANY_ROUTE,
        NO_BRIDGE, bridge,
    )  # fmt: skip


@compiled
def comes_before(key: int, o: int, other_key: int, other: int, hashes: U64, order: I64) -> bool:
    """The first opening stands before the second in a list: distance, hash, order of the file."""
    if key != other_key:
        return key < other_key
    if hashes[o] != hashes[other]:
        return bool(hashes[o] < hashes[other])
    return bool(order[o] < order[other])


@compiled
def limits(world: World, who: I32, lists: I32, rows: I32, depth: I32, out: I64) -> None:
    """The distance of the last entry of each of these people's lists; `rows` are theirs of `lists` and `depth`."""
    minutes, bridge = np.full((ALL_MODES, 1), UNREACHABLE, dtype=np.int64), np.zeros(BRIDGE_COLUMNS, dtype=np.int64)
    for number in range(len(who)):
        person, row = world.people[who[number]], rows[number]
        if depth[row] > 0:
            enter_person(person, world.people_ids, world.codes, world.held)
            out[number] = key_of_pair(world, person, lists[row, depth[row] - 1], minutes, bridge)
            mark(person, world.people_ids, world.held, 0)


@compiled
def entry_places(
    world: World, who: I32, keys: I64, o: int, lists: I32, rows: I32, depth: I32, hashes: U64, order: I64, out: I32
) -> None:
    """Where this opening, at these distances, enters the lists of these people. `rows`: their rows of `lists`."""
    minutes, bridge = np.full((ALL_MODES, 1), UNREACHABLE, dtype=np.int64), np.zeros(BRIDGE_COLUMNS, dtype=np.int64)
    for number in range(len(who)):
        person, row = world.people[who[number]], rows[number]
        enter_person(person, world.people_ids, world.codes, world.held)
        low, high = 0, depth[row]
        while low < high:
            middle = (low + high) // 2
            other = lists[row, middle]
            key = key_of_pair(world, person, other, minutes, bridge)
            if comes_before(key, other, keys[number], o, hashes, order):
                low = middle + 1
            else:
                high = middle
        out[number] = low
        mark(person, world.people_ids, world.held, 0)


@compiled
def enter(lists: I32, rows: I32, places: I32, depth: I32, o: int) -> None:
    """Put the opening at these places; what falls off the end is lost."""
    width = lists.shape[1]
    for number in range(len(rows)):
        row = rows[number]
        last = min(depth[row], width - 1)
        for at in range(last, places[number], -1):
            lists[row, at] = lists[row, at - 1]
        lists[row, places[number]] = o
        depth[row] = last + 1


@compiled
def leave(lists: I32, rows: I32, depth: I32, o: int, out: I32) -> None:
    """Take the opening out; `out`: where it stood, -1 where it did not."""
    for number in range(len(rows)):
        row = rows[number]
        out[number] = -1
        for at in range(depth[row]):
            if lists[row, at] == o:
                out[number] = at
                break
        if out[number] >= 0:
            depth[row] -= 1
            for at in range(out[number], depth[row]):
                lists[row, at] = lists[row, at + 1]
            lists[row, depth[row]] = -1


@compiled
def keep(key: int, o: int, keys: I64, places: I32, size: int, hashes: U64, order: I64) -> int:
    """Put the opening in its place among the best so far; the number kept."""
    if size == len(places):
        if not comes_before(key, o, keys[size - 1], places[size - 1], hashes, order):
            return size
        size -= 1
    at = size
    while at > 0 and comes_before(key, o, keys[at - 1], places[at - 1], hashes, order):
        keys[at], places[at] = keys[at - 1], places[at - 1]
        at -= 1
    keys[at], places[at] = key, o
    return size + 1


@compiled
def nearest_again(
    world: World, who: I32, added: I32, metres: I64, minutes: I64, hashes: U64, order: I64, lists: I32, depth: I32
) -> None:
    """The best openings of these people, a row of `lists` each: of those that stand by place, and the `added` ones."""
    rules, openings, mode_order = world.rules[0], world.openings, world.roads.mode_order
    keys, bridge = np.empty(lists.shape[1], dtype=np.int64), np.zeros(BRIDGE_COLUMNS, dtype=np.int64)
    one = np.full((ALL_MODES, 1), UNREACHABLE, dtype=np.int64)
    ids, learn, tasks = world.skills.ids, world.skills.learn_weeks, world.skills.tasks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    home = -1
    for row in range(len(who)):
        person, places, size = world.people[who[row]], lists[row], 0
        if person.place != home:
            home = person.place
            travel_table(rules, world.roads, home, world.work_place, metres, minutes)
        enter_person(person, world.people_ids, world.codes, world.held)
        for work in range(len(world.work_place)):
            mode = best_mode(rules, mode_order, person, minutes, work)
            if mode == OUT_OF_REACH or not within_metres(person, metres[work]):
                continue
            travel = minutes[mode & (BY_EBIKE_STEP - 1), work]
            for o in range(world.place_start[work], world.place_start[work + 1]):
                limit = keys[size - 1] if size == len(places) else NO_BRIDGE
                key = evaluate(
                    rules, person, openings[o], licence_sets, legal_sets, tasks, ids, learn, skill, travel,
                    mode >= BY_EBIKE_STEP, ANY_ROUTE, limit, bridge,
                )  # fmt: skip
                if key <= limit and key != NO_BRIDGE:
                    size = keep(key, o, keys, places, size, hashes, order)
        for o in added:
            key = key_of_pair(world, person, o, one, bridge)
            if key != NO_BRIDGE:
                size = keep(key, o, keys, places, size, hashes, order)
        depth[row] = size
        places[size:] = -1
        mark(person, world.people_ids, world.held, 0)
