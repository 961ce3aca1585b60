"""Loops over people for one opening, and over openings for one person; exact, ties included. Compiled.

All compiled functions of this package stand in this file: numba looks for changes only in the file of the function
that is called (and `engine.compiled` in those of the kernel).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    BRIDGE_COLUMNS,
    EBIKE,
    F64,
    I8,
    I32,
    I64,
    NO_BRIDGE,
    UNREACHABLE,
    Plan,
    Record,
    Records,
    Roads,
    World,
)
from dichterbij.engine.compiled import compiled
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
# Bits of what people cannot take or take with a step, and openings need: agreements, dayparts, Dutch (twice the level
# needed, + 1 when it is learned on the job), levels, demands that cannot and that can be adapted. The number of the
# first bit; demands past their last bit are looked at later.
AGREEMENT, DAYPART, DUTCH, LEVEL, DEMAND, ADAPTABLE, MOST_DEMANDS = 0, 4, 9, 17, 24, 43, 19
DAYPART_BITS, DUTCH_BITS = ((1 << 5) - 1) << DAYPART, ((1 << 8) - 1) << DUTCH
ADAPTABLE_BITS = ((1 << MOST_DEMANDS) - 1) << ADAPTABLE
MOST_METRES = 1 << 25  # more than half around the Earth
BLOCK = 8_192  # people
HEAVIEST = 1 << 14  # weeks a skill weighs at most, so that sums fit; too light only means exact work for nothing
CLOSED = 7  # agreement of an opening that is closed: nobody's agreements hold this bit, so it has no bridge


# What is looked at first of each person, in one stretch of memory: five arrays took twice as long.
TRAITS = np.dtype(
    [
        ("limit", "i8"),  # distance of the last entry of the list; NO_BRIDGE when it holds every bridge there is
        ("cannot", "i8"),  # bits of what can never be (above)
        ("costs", "i8"),  # bits of what takes a step first
        ("assumed", "i4"),  # weeks of skills that somebody is taken to hold whose skills are unknown
        ("longest", "i2"),  # minutes
        ("way", "i2"),  # number of the way the person travels
        ("learn_weeks_max", "i2"),
        ("hours_min", "i1"),
        ("hours_max", "i1"),
    ],
    align=True,
)


class Standing(NamedTuple):
    """What is looked at of each person before anything exact; people stand by home place."""

    home: I32  # place of each home
    start: I64  # per home, into the people
    longest: I64  # per home, the longest travel anybody accepts, in minutes
    reach: I32  # metres beyond which the person cannot come, whatever the water; the widest of a home stands first
    widest: F64  # the widest reach in radians of latitude, and in metres
    home_limit: I64  # per home, the largest of its people's limits
    traits: Records  # of TRAITS, per person
    ways: I64  # modes of each way to travel, as bits
    may_step: I8  # per way: an e-bike may be the step
    licences: I32  # per person: number of the set of licences held
    licence_lead: I64  # [set of licences held, 2]: for the opening at hand
    licence_done: I64  # [set of licences held]: the question it was last worked out for
    holder_start: I32  # [skill, block of people + 1], into the next
    holders: I32  # where those who hold it stand
    held_weeks: I32  # weeks of the skills at hand that are held


class Near(NamedTuple):
    """Room for the homes near an opening, and for people."""

    home: I32  # number in `Standing.home`
    metres: I64
    fewest: I64  # minutes, by the quickest mode there is
    minutes: I64  # [home, mode]
    blocks: I32  # runs of blocks of people: first, last + 1
    people: I32
    found: I32
    keys: I64


class Question(NamedTuple):
    """One opening, turned towards the people. Bits as in people.py; distances without travel."""

    opening: int  # place of its record
    number: int  # of the question, counted from 1
    is_hiring: bool
    floor: int  # the smallest distance for the whole job
    step: int  # what it is at least larger by for a step of any kind
    need: int  # bits that must not be in `cannot`
    hours_min: int
    hours_max: int
    enough: int  # weeks of its skills that must be held
    weeks: int  # of all its skills
    carves: bool
    carved_floor: int  # the same for the job without some tasks
    carved_need: int
    carved_hours_min: int
    carved_hours_max: int
    carved_enough: int


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
def farthest_by(roads: Roads, modes: int, longest: int) -> int:
    """The most metres that one of these modes (bits) can take in so many minutes, where there is no water; or -1."""
    low, high = -1, MOST_METRES
    while low < high:
        middle, fewest = (low + high + 1) // 2, UNREACHABLE
        for mode in roads.mode_order:
            if (modes >> mode) & 1:
                fewest = min(fewest, minutes_by(roads, mode, middle, 0, 0))
        if fewest <= longest:
            low = middle
        else:
            high = middle - 1
    return low


@compiled
def how_many_reach(reach: I32, metres: int) -> int:
    """How many of these people, widest reach first, reach as far as this."""
    low, high = 0, len(reach)
    while low < high:
        middle = (low + high) // 2
        if reach[middle] >= metres:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def homes_in_reach(rules: Record, roads: Roads, standing: Standing, work: int, least: int, near: Near) -> int:
    """Fill in the homes from which somebody may come to work here: which, the metres, and the minutes by each mode.

    `least`: the smallest distance of the opening, without travel. Returns their number.
    """
    home, latitude, north = standing.home, roads.latitude, roads.latitude[work]
    size = 0
    for h in range(len(home)):
        if abs(latitude[home[h]] - north) > standing.widest[0]:
            continue
        metres, fewest = metres_between(rules, roads, home[h], work), UNREACHABLE
        if metres > standing.widest[1]:
            continue
        for mode in roads.mode_order:
            near.minutes[size, mode] = minutes_by(roads, mode, metres, home[h], work)
            fewest = min(fewest, near.minutes[size, mode])
        if fewest <= standing.longest[h] and least + fewest <= standing.home_limit[h]:
            near.home[size], near.metres[size], near.fewest[size] = h, metres, fewest
            size += 1
    return size


@compiled
def blocks_near(standing: Standing, near: Near, homes: int) -> int:
    """Fill in the runs of blocks of people that hold these homes, as first and last + 1; their number."""
    size, start, blocks = 0, standing.start, near.blocks
    for number in range(homes):
        first = start[near.home[number]] // BLOCK
        last = (start[near.home[number] + 1] - 1) // BLOCK + 1
        if size > 0 and first <= blocks[size - 1, 1]:
            blocks[size - 1, 1] = last
        else:
            blocks[size, 0], blocks[size, 1] = first, last
            size += 1
    return size


@compiled
def add_held(standing: Standing, near: Near, runs: int, skills: I32, weights: I32) -> None:
    """Add the weeks of these skills to everybody in the blocks near who holds them; who holds none begins at 0."""
    held_weeks, holders, start = standing.held_weeks, standing.holders, standing.holder_start
    for run in range(runs):
        held_weeks[near.blocks[run, 0] * BLOCK : near.blocks[run, 1] * BLOCK] = 0
    for number in range(len(skills)):
        if skills[number] < len(start):  # else it is a word that no person has
            own, weeks = start[skills[number]], weights[number]
            for run in range(runs):
                for at in holders[own[near.blocks[run, 0]] : own[near.blocks[run, 1]]]:
                    held_weeks[at] += weeks


@compiled
def postings(people: Records, people_ids: I32, skills: int) -> tuple[I32, I32]:
    """Where those who hold a skill stand, end to end, and where each skill and block of people begins."""
    blocks = len(people) // BLOCK + 1
    start = np.zeros((skills, blocks + 1), dtype=np.int32)
    for at in range(len(people)):
        for place in range(people[at].skill_start, people[at].skill_end):
            start[people_ids[place], at // BLOCK + 1] += 1
    total = 0
    for skill in range(skills):
        start[skill, 0] = total
        for block in range(blocks):
            total += start[skill, block + 1]
            start[skill, block + 1] = total
    holders, free = np.empty(total, dtype=np.int32), start[:, 0].copy()
    for at in range(len(people)):
        for place in range(people[at].skill_start, people[at].skill_end):
            skill = people_ids[place]
            holders[free[skill]] = at
            free[skill] += 1
    return start, holders


@compiled
def may_concern(traits: Records, held_weeks: I32, question: Question, travel: int, found: I32) -> int:
    """Those of one home whom bits, hours, skills and limit do not rule out; their number."""
    size, need, floor, step = 0, question.need, question.floor + travel, question.step
    least, most, enough = question.hours_min, question.hours_max, question.enough
    for at in range(len(traits)):
        own = traits[at]
        found[size] = at
        size += (
            ((own.cannot & need) == 0)
            & (own.limit >= floor + step * ((own.costs & need) != 0))
            & (own.hours_min <= most)
            & (own.hours_max >= least)
            & (held_weeks[at] + own.assumed >= enough)
        )
    return size


@compiled
def may_concern_carved(traits: Records, held_weeks: I32, question: Question, travel: int, found: I32) -> int:
    """The same for an opening that can be carved: those who may do the whole job, or some of its tasks."""
    size, need, floor, step = 0, question.need, question.floor + travel, question.step
    least, most, enough = question.hours_min, question.hours_max, question.enough
    carved_need, carved_floor, carved_enough = question.carved_need, question.carved_floor, question.carved_enough
    carved_least, carved_most = question.carved_hours_min, question.carved_hours_max
    for at in range(len(traits)):
        own = traits[at]
        weeks = held_weeks[at] + own.assumed
        found[size] = at
        size += (
            ((own.cannot & need) == 0)
            & (own.limit >= floor + step * ((own.costs & need) != 0))
            & (own.hours_min <= most)
            & (own.hours_max >= least)
            & (weeks >= enough)
        ) | (
            ((own.cannot & carved_need) == 0)
            & (own.limit >= carved_floor + travel)
            & (own.hours_min <= carved_most)
            & (own.hours_max >= carved_least)
            & (weeks >= carved_enough)
        )
    return size


@compiled
def whole_floor(
    rules: Record, opening: Record, costs: int, missing: int, learn_weeks_max: int, undescribed: int, weeks: int
) -> int:
    """The least that the whole job can be away, without travel, for who misses so many weeks of skills.

    `costs`: bits of what the opening needs and takes a step first. `weeks`: of the list, for open hiring.
    NO_BRIDGE when the skills cannot be learned.
    """
    steps, learning = 0, 0
    if costs & DAYPART_BITS:
        weeks, steps = max(weeks, rules.lead_childcare), steps + 1
    if costs & ADAPTABLE_BITS:
        weeks, steps = max(weeks, rules.lead_adaptation), steps + 1
    if costs & DUTCH_BITS:
        steps += 1
        if opening.dutch_on_the_job:
            learning += rules.dutch_per_level
        else:
            weeks = max(weeks, rules.dutch_per_level)
    if missing > 0:
        essential = opening.essential_end - opening.essential_start
        if essential > rules.list_counts_as:
            missing = (missing * rules.list_counts_as + essential - 1) // essential
        is_taught = missing <= opening.onboarding_weeks
        if not is_taught and not (opening.learning_company and missing <= min(rules.cap, learn_weeks_max)):
            return NO_BRIDGE
        lead = rules.lead_learn_work
        if is_taught:
            lead = min(lead, rules.lead_onboarding) if opening.learning_company else rules.lead_onboarding
        weeks, steps, learning = max(weeks, lead), steps + 1, learning + missing
    return distance(rules, Plan(undescribed, weeks, steps, learning, 0, 0, 0), 0)


@compiled
def quickest(minutes: I64, mode_order: I64, modes: int) -> int:
    """The fewest minutes of these modes."""
    fewest = UNREACHABLE
    for mode in mode_order:
        if (modes >> mode) & 1:  # -1: all
            fewest = min(fewest, minutes[mode])
    return fewest


@compiled
def licences_allow(world: World, standing: Standing, number: int, at: int, licence_set: int) -> bool:
    """Write down what this person's licences mean for a set that is needed; False when it cannot be had."""
    person, result = world.people[at], world.held.licence_sets[licence_set]
    own, licence, ids = standing.licences[at], world.held.licence, world.people_ids
    if standing.licence_done[own] != number:
        for place in range(person.licence_start, person.licence_end):
            licence[ids[place]] = 1
        work_out_licences(world.codes, licence_set, world.held)
        for place in range(person.licence_start, person.licence_end):
            licence[ids[place]] = 0
        standing.licence_done[own] = number
        standing.licence_lead[own, LEAD], standing.licence_lead[own, STEPS] = result[LEAD], result[STEPS]
    result[LEAD], result[STEPS] = standing.licence_lead[own, LEAD], standing.licence_lead[own, STEPS]
    return bool(result[LEAD] >= 0)


@compiled
def legal_allows(world: World, at: int, legal_set: int) -> bool:
    """Write down whether this person holds all legally protected qualifications of a set that is needed."""
    person, legal, ids = world.people[at], world.held.legal, world.people_ids
    for place in range(person.legal_start, person.legal_end):
        legal[ids[place]] = 1
    world.held.legal_sets[legal_set] = holds_legal(world.codes, legal_set, world.held)
    for place in range(person.legal_start, person.legal_end):
        legal[ids[place]] = 0
    return bool(world.held.legal_sets[legal_set])


@compiled
def codes_allow(world: World, standing: Standing, number: int, at: int, licence_set: int, legal_set: int) -> bool:
    """Write down what this person's licences and legal qualifications mean for what is needed; False when it is no."""
    if licence_set == 0 and legal_set == 0:
        return True
    person = world.people[at]
    if licence_set != 0 and person.licences_known and not licences_allow(world, standing, number, at, licence_set):
        return False
    return bool(legal_set == 0 or not person.legal_known or legal_allows(world, at, legal_set))


@compiled
def concerned(world: World, standing: Standing, question: Question, near: Near, homes: int) -> int:  # noqa: C901
    """Everybody in these homes whose bridge to this opening is not farther than the limit, and the distances.

    They are filled into `near.found` and `near.keys`; returns their number. A distance that equals the limit is left
    for the caller to decide by hash and order. One function, for handing the work space on took longer than the work.
    """
    rules, people, people_ids, held = world.rules[0], world.people, world.people_ids, world.held
    opening, mode_order = world.openings[question.opening], world.roads.mode_order
    ids, learn, tasks = world.skills.ids, world.skills.learn_weeks, world.skills.tasks
    licence_sets, legal_sets, skill = held.licence_sets, held.legal_sets, held.skill
    traits, held_weeks, ways, may_step = standing.traits, standing.held_weeks, standing.ways, standing.may_step
    start, found, keys = standing.start, near.found, near.keys
    undescribed = 1 if opening.essential_start == opening.essential_end and not question.is_hiring else 0
    queue = opening.queue if question.is_hiring else 0
    way_minutes, way_home = np.empty(len(ways), dtype=np.int64), np.full(len(ways), -1, dtype=np.int64)
    bridge, size = np.zeros(BRIDGE_COLUMNS, dtype=np.int64), 0
    for h in range(homes):
        minutes, metres, fewest = near.minutes[h], near.metres[h], near.fewest[h]
        first = start[near.home[h]]
        last = first + how_many_reach(standing.reach[first : start[near.home[h] + 1]], metres)
        if question.carves:
            count = may_concern_carved(traits[first:last], held_weeks[first:last], question, fewest, near.people)
        else:
            count = may_concern(traits[first:last], held_weeks[first:last], question, fewest, near.people)
        for number in range(count):
            at = first + near.people[number]
            own = traits[at]
            if way_home[own.way] != h:
                way_home[own.way], way_minutes[own.way] = h, quickest(minutes, mode_order, ways[own.way])
            travel, by_ebike = way_minutes[own.way], False
            if travel > own.longest:
                travel, by_ebike = minutes[EBIKE], True
                if travel > own.longest or not may_step[own.way]:
                    continue
            missing = 0 if question.is_hiring else question.weeks - held_weeks[at] - own.assumed
            floor = whole_floor(
                rules, opening, own.costs & question.need, missing, own.learn_weeks_max, undescribed, queue
            )
            if question.carves:
                floor = min(floor, question.carved_floor)
            limit = own.limit
            if floor > limit - travel:
                continue
            person = people[at]
            if not codes_allow(world, standing, question.number, at, opening.licence_set, opening.legal_set):
                continue
            looks_at_skills = person.skills_known and not question.is_hiring
            if looks_at_skills:
                for place in range(person.skill_start, person.skill_end):
                    skill[people_ids[place]] = 1
            key = evaluate(
                rules, person, opening, licence_sets, legal_sets, tasks, ids, learn, skill, travel, by_ebike, ANY_ROUTE,
                limit, bridge,
            )  # fmt: skip
            if looks_at_skills:
                for place in range(person.skill_start, person.skill_end):
                    skill[people_ids[place]] = 0
            if key <= limit and key != NO_BRIDGE:
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
