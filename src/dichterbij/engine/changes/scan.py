"""Loops over people for one opening, and over openings for one person; exact, ties included. Compiled.

All compiled functions of this package stand in this file: numba looks for changes only in the file of the function
that is called (and `engine.compiled` in those of the kernel).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import ANY_ROUTE, EBIKE, I8, I32, I64, NO_BRIDGE, UNREACHABLE, Record, World
from dichterbij.engine.compiled import compiled
from dichterbij.engine.fitting import every_route, whole_job, with_description, with_dutch
from dichterbij.engine.held import LEAD, STEPS, enter_person, holds_legal, mark, work_out_licences
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.plans import distance
from dichterbij.engine.travel import (
    BY_EBIKE_STEP,
    OUT_OF_REACH,
    best_mode,
    metres_between,
    minutes_by,
    travel_table,
    within_metres,
)

I16 = npt.NDArray[np.int16]
U64 = npt.NDArray[np.uint64]
CLOSED = 7  # agreement of an opening that is closed: nobody's agreements hold this bit, so it has no bridge


class Standing(NamedTuple):
    """What is looked at of each person before anything exact; people stand by home place."""

    home: I32  # place of each home
    start: I64  # per home, into the people
    longest: I64  # per home, the longest travel anybody accepts, in minutes
    home_limit: I64  # per home, the largest of its people's limits
    limit: I64  # distance of the last entry of the list; NO_BRIDGE when the list holds every bridge there is
    cannot: I64  # bits of what can never be: see `needs`
    hours_min: I8
    hours_max: I8
    travels: I16  # number of the way the person travels, into the two below
    ways: I64  # modes, as bits
    may_step: I8  # an e-bike may be the step
    longest_own: I16
    licences: I32  # number of the set of licences held
    licence_lead: I64  # [set of licences held, 2]: for the opening at hand
    licence_done: I64  # [set of licences held]: the question it was last worked out for


class Question(NamedTuple):
    """One opening, turned towards the people."""

    opening: int  # place of its record
    number: int  # of the question, counted from 1
    floor: int  # the smallest distance it can have for anybody, without travel
    need: int  # bits that must not be in `cannot`
    hours_min: int
    hours_max: int
    weeks: I64  # per skill: weeks to learn it when the opening asks for it, else 0
    total: int  # weeks of all essential skills
    is_whole: bool  # every route is for the whole job: no carving, no open hiring


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
def enter_codes(world: World, standing: Standing, question: Question, at: int, opening: Record) -> None:
    """Write down what this person's licences and legal qualifications mean for the opening."""
    person, held, ids = world.people[at], world.held, world.people_ids
    if opening.licence_set != 0 and person.licences_known:
        own = standing.licences[at]
        result = held.licence_sets[opening.licence_set]
        if standing.licence_done[own] != question.number:
            for place in range(person.licence_start, person.licence_end):
                held.licence[ids[place]] = 1
            work_out_licences(world.codes, opening.licence_set, held)
            for place in range(person.licence_start, person.licence_end):
                held.licence[ids[place]] = 0
            standing.licence_done[own] = question.number
            standing.licence_lead[own, LEAD], standing.licence_lead[own, STEPS] = result[LEAD], result[STEPS]
        result[LEAD], result[STEPS] = standing.licence_lead[own, LEAD], standing.licence_lead[own, STEPS]
    if opening.legal_set != 0 and person.legal_known:
        for place in range(person.legal_start, person.legal_end):
            held.legal[ids[place]] = 1
        held.legal_sets[opening.legal_set] = holds_legal(world.codes, opening.legal_set, held)
        for place in range(person.legal_start, person.legal_end):
            held.legal[ids[place]] = 0


@compiled
def may_fit(
    world: World, question: Question, person: Record, opening: Record, minutes: int, by_ebike: bool, limit: int
) -> bool:
    """Nothing but the skills, and the level, can keep this opening for the whole job above the limit."""
    rules, held = world.rules[0], world.held
    plan = every_route(rules, person, opening, held.licence_sets, held.legal_sets, by_ebike)
    if plan.weeks < 0:
        return False
    if opening.open_hiring:
        return True
    plan = with_dutch(rules, person, opening, plan)
    if plan.weeks < 0:
        return False
    plan = with_description(person, opening, plan)
    if question.is_whole:
        plan = whole_job(rules, person, opening, plan)
    return bool(plan.weeks >= 0 and distance(rules, plan, minutes) <= limit)


@compiled
def can_learn(world: World, question: Question, person: Record, opening: Record) -> bool:
    """The skills that this person misses can be learned over one of the routes for the whole job."""
    missing = question.total
    for at in range(person.skill_start, person.skill_end):
        missing -= question.weeks[world.people_ids[at]]
    essential, counts_as = opening.essential_end - opening.essential_start, world.rules[0].list_counts_as
    weeks = missing
    if essential > counts_as:
        weeks = (missing * counts_as + essential - 1) // essential
    if weeks <= opening.onboarding_weeks:
        return True
    return bool(opening.learning_company and weeks <= min(world.rules[0].cap, person.learn_weeks_max))


@compiled
def exact_key(
    world: World,
    standing: Standing,
    question: Question,
    at: int,
    minutes: int,
    by_ebike: bool,
    bridge: I64,
) -> int:
    """The packed distance for the person who stands here, travel known; NO_BRIDGE for one that is above the limit."""
    person, opening, limit = world.people[at], world.openings[question.opening], standing.limit[at]
    enter_codes(world, standing, question, at, opening)
    if not may_fit(world, question, person, opening, minutes, by_ebike, limit):
        return NO_BRIDGE
    asks_skills = person.skills_known and not opening.open_hiring
    if asks_skills and question.is_whole and not can_learn(world, question, person, opening):
        return NO_BRIDGE
    held, ids = world.held, world.people_ids
    if asks_skills:
        for place in range(person.skill_start, person.skill_end):
            held.skill[ids[place]] = 1
    key = evaluate(
        world.rules[0], person, opening, held.licence_sets, held.legal_sets, world.skills.tasks, world.skills.ids,
        world.skills.learn_weeks, held.skill, minutes, by_ebike, ANY_ROUTE, limit, bridge,
    )  # fmt: skip
    if asks_skills:
        for place in range(person.skill_start, person.skill_end):
            held.skill[ids[place]] = 0
    return key if key <= limit else NO_BRIDGE


@compiled
def travel_from(world: World, home: int, work: int, minutes: I64) -> int:
    """Fill minutes[mode, 0] between the two places; the metres."""
    metres = metres_between(world.rules[0], world.roads, home, work)
    for mode in world.roads.mode_order:
        minutes[mode, 0] = minutes_by(world.roads, mode, metres, home, work)
    return metres


@compiled
def quickest(minutes: I64, mode_order: I64, modes: int) -> int:
    """The fewest minutes of these modes."""
    fewest = UNREACHABLE
    for mode in mode_order:
        if (modes >> mode) & 1:
            fewest = min(fewest, minutes[mode, 0])
    return fewest


@compiled
def may_concern(standing: Standing, question: Question, first: int, last: int, floor: int, found: I32) -> int:
    """The people of one home whom bits, hours and limit do not rule out; their number."""
    size = 0
    cannot, limit = standing.cannot[first:last], standing.limit[first:last]
    hours_min, hours_max = standing.hours_min[first:last], standing.hours_max[first:last]
    for at in range(last - first):
        found[size] = first + at
        size += (
            ((cannot[at] & question.need) == 0)
            & (limit[at] >= floor)
            & (hours_min[at] <= question.hours_max)
            & (hours_max[at] >= question.hours_min)
        )
    return size


@compiled
def concerned(
    world: World, standing: Standing, question: Question, minutes: I64, bridge: I64, near: I32, found: I32, keys: I64
) -> int:
    """Everybody whose bridge to this opening is not farther than the limit, and the distances; their number.

    A distance that equals the limit is left for the caller to decide by hash and order.
    """
    work, size = world.openings[question.opening].place, 0
    order, way_minutes = world.roads.mode_order, np.empty(len(standing.ways), dtype=np.int64)
    for h in range(len(standing.home)):
        metres = travel_from(world, standing.home[h], work, minutes)
        fewest = quickest(minutes, order, -1)
        floor = question.floor + fewest
        if fewest > standing.longest[h] or floor > standing.home_limit[h]:
            continue
        near_count = may_concern(standing, question, standing.start[h], standing.start[h + 1], floor, near)
        if near_count == 0:
            continue
        for way in range(len(way_minutes)):
            way_minutes[way] = quickest(minutes, order, standing.ways[way])
        for number in range(near_count):
            at = near[number]
            travel, by_ebike = way_minutes[standing.travels[at]], False
            if travel > standing.longest_own[at]:
                travel, by_ebike = minutes[EBIKE, 0], True
                if travel > standing.longest_own[at] or not standing.may_step[standing.travels[at]]:
                    continue
            if question.floor + travel > standing.limit[at] or not within_metres(world.people[at], metres):
                continue
            key = exact_key(world, standing, question, at, travel, by_ebike, bridge)
            if key != NO_BRIDGE:
                found[size], keys[size] = at, key
                size += 1
    return size


@compiled
def limits(world: World, who: I32, lists: I32, rows: I32, depth: I32, out: I64) -> None:
    """The distance of the last entry of each of these people's lists; `rows` are theirs of `lists` and `depth`."""
    minutes, bridge = np.full((8, 1), UNREACHABLE, dtype=np.int64), np.zeros(12, dtype=np.int64)
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
    minutes, bridge = np.full((8, 1), UNREACHABLE, dtype=np.int64), np.zeros(12, dtype=np.int64)
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
    keys, bridge = np.empty(lists.shape[1], dtype=np.int64), np.zeros(12, dtype=np.int64)
    one = np.full((8, 1), UNREACHABLE, dtype=np.int64)
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
