"""Loops of the kernel: the nearest openings of many people, the parts of chosen bridges, and counts. Compiled."""

import numpy as np

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    ASK,
    ASK_MODES,
    ASK_SKILLS,
    I8,
    I32,
    I64,
    KEY,
    MODE,
    NO_BRIDGE,
    STEPS,
    UNDESCRIBED,
    UNREACHABLE,
    WALK,
    WEEKS,
    World,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import enter_person, mark, mark_missing
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


@compiled
def is_worse(key: int, rank: int, other_key: int, other_rank: int) -> bool:
    """The first comes after the second."""
    return key > other_key or (key == other_key and rank > other_rank)


@compiled
def sift_down(keys: I64, ranks: I32, at: int, size: int) -> None:
    """Restore the heap below `at`; the worst is on top."""
    key, rank = keys[at], ranks[at]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and is_worse(keys[child + 1], ranks[child + 1], keys[child], ranks[child]):
            child += 1
        if not is_worse(keys[child], ranks[child], key, rank):
            break
        keys[at], ranks[at] = keys[child], ranks[child]
        at = child
    keys[at], ranks[at] = key, rank


@compiled
def push(keys: I64, ranks: I32, size: int, key: int, rank: int) -> int:
    """Keep this bridge when it is among the best so far; the number kept."""
    if size == len(keys):
        if is_worse(keys[0], ranks[0], key, rank):
            keys[0], ranks[0] = key, rank
            sift_down(keys, ranks, 0, size)
        return size
    at = size
    while at > 0 and is_worse(key, rank, keys[(at - 1) // 2], ranks[(at - 1) // 2]):
        above = (at - 1) // 2
        keys[at], ranks[at] = keys[above], ranks[above]
        at = above
    keys[at], ranks[at] = key, rank
    return size + 1


@compiled
def sort_heap(keys: I64, ranks: I32, size: int) -> None:
    """The heap from best to worst."""
    for last in range(size - 1, 0, -1):
        keys[0], keys[last] = keys[last], keys[0]
        ranks[0], ranks[last] = ranks[last], ranks[0]
        sift_down(keys, ranks, 0, last)


@compiled
def bridges(world: World, pair_person: I32, pair_opening: I32, only: int, minutes: I64, out: I64) -> None:
    """The numbers of the bridge of each pair, a row of `out` each; KEY is NO_BRIDGE where there is none."""
    rules, entered = world.rules[0], -1
    ids, learn, tasks = world.skills.ids, world.skills.learn_weeks, world.skills.tasks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    for pair in range(len(pair_person)):
        person, opening = world.people[pair_person[pair]], world.openings[pair_opening[pair]]
        out[pair, KEY] = NO_BRIDGE
        metres = metres_between(rules, world.roads, person.place, opening.place)
        if not within_metres(person, metres):
            continue
        for mode in world.roads.mode_order:
            minutes[mode, 0] = minutes_by(world.roads, mode, metres, person.place, opening.place)
        mode = best_mode(rules, world.roads.mode_order, person, minutes, 0)
        if mode == OUT_OF_REACH:
            continue
        if pair_person[pair] != entered:
            if entered >= 0:
                mark(world.people[entered], world.people_ids, world.held, 0)
            entered = pair_person[pair]
            enter_person(person, world.people_ids, world.codes, world.held)
        travel = minutes[mode & (BY_EBIKE_STEP - 1), 0]
        out[pair, KEY] = evaluate(
            rules, person, opening, licence_sets, legal_sets, tasks, ids, learn, skill,
            travel, mode >= BY_EBIKE_STEP, only, NO_BRIDGE, out[pair],
        )  # fmt: skip
        out[pair, MODE] = mode & (BY_EBIKE_STEP - 1)
        if person.modes < 0 and minutes[WALK, 0] > person.max_travel_minutes:
            out[pair, ASK] |= ASK_MODES
    if entered >= 0:
        mark(world.people[entered], world.people_ids, world.held, 0)


@compiled
def lists_of_bridges(
    world: World,
    pair_person: I32,
    pair_opening: I32,
    licences: I32,
    licence_count: I32,
    missing: I32,
    missing_count: I32,
    optional: I32,
    optional_count: I32,
) -> None:
    """Per pair the licences, essential skills missing and optional skills held, end to end with a count per pair."""
    held, entered = world.held, -1
    at_licence, at_missing, at_optional = 0, 0, 0
    for pair in range(len(pair_person)):
        person, opening = world.people[pair_person[pair]], world.openings[pair_opening[pair]]
        if pair_person[pair] != entered:
            if entered >= 0:
                mark(world.people[entered], world.people_ids, held, 0)
            entered = pair_person[pair]
            mark(person, world.people_ids, held, 1)
        before = at_licence
        if opening.licence_set != 0 and person.licences_known:
            mark_missing(world.codes, opening.licence_set, held)
            at_licence = add_where(held.missing, 1, licences, at_licence)
        licence_count[pair] = at_licence - before
        before, before_optional = at_missing, at_optional
        if person.skills_known:
            first, last = opening.essential_start, opening.essential_end
            at_missing = add_skills(world.skills.ids[first:last], held.skill, 0, missing, at_missing)
            first, last = opening.optional_start, opening.optional_end
            at_optional = add_skills(world.skills.ids[first:last], held.skill, 1, optional, at_optional)
        missing_count[pair] = at_missing - before
        optional_count[pair] = at_optional - before_optional
    if entered >= 0:
        mark(world.people[entered], world.people_ids, held, 0)


@compiled
def add_where(marks: I8, value: int, out: I32, at: int) -> int:
    """Append the places that carry this mark; the new end."""
    for place in range(len(marks)):
        if marks[place] == value:
            out[at] = place
            at += 1
    return at


@compiled
def add_skills(ids: I32, held: I8, value: int, out: I32, at: int) -> int:
    """Append the skills that are held (1) or not (0); the new end."""
    for skill in ids:
        if held[skill] == value:
            out[at] = skill
            at += 1
    return at


@compiled
def is_now(bridge: I64) -> bool:
    """Described, nothing needed before the start, and nothing to ask about skills."""
    return bool(bridge[UNDESCRIBED] == 0 and bridge[WEEKS] == 0 and bridge[STEPS] == 0 and not bridge[ASK] & ASK_SKILLS)


@compiled
def count_bridges(world: World, metres: I64, minutes: I64, bridge: I64, any_bridge: I64, now: I64) -> None:
    """Per person: openings with a bridge at all, and those where the person can start right away."""
    rules, home, openings = world.rules[0], -1, world.openings
    work_place, place_start, mode_order = world.work_place, world.place_start, world.roads.mode_order
    ids, learn, tasks = world.skills.ids, world.skills.learn_weeks, world.skills.tasks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    for p in range(len(world.people)):
        person = world.people[p]
        if person.place != home:
            home = person.place
            travel_table(rules, world.roads, home, work_place, metres, minutes)
        enter_person(person, world.people_ids, world.codes, world.held)
        for work in range(len(work_place)):
            mode = best_mode(rules, mode_order, person, minutes, work)
            if mode == OUT_OF_REACH or not within_metres(person, metres[work]):
                continue
            travel = minutes[mode & (BY_EBIKE_STEP - 1), work]
            for o in range(place_start[work], place_start[work + 1]):
                key = evaluate(
                    rules, person, openings[o], licence_sets, legal_sets, tasks, ids, learn, skill,
                    travel, mode >= BY_EBIKE_STEP, ANY_ROUTE, NO_BRIDGE, bridge,
                )  # fmt: skip
                if key != NO_BRIDGE:
                    any_bridge[p] += 1
                    if is_now(bridge):
                        now[p] += 1
        mark(person, world.people_ids, world.held, 0)


def travel_space(places: int) -> tuple[I64, I64]:
    """Metres and minutes to fill, with every mode unreachable."""
    return np.zeros(places, dtype=np.int64), np.full((len(MODES), max(places, 1)), UNREACHABLE, dtype=np.int64)
