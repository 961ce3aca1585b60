"""The people whom one opening concerns, exactly. Compiled.

All that is called here of this package stands in this file: numba looks for changes only in the file of the function
that is called (and `engine.compiled` in those of the kernel).
"""

import numpy as np

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    BRIDGE_COLUMNS,
    EBIKE,
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
from dichterbij.engine.changes.shapes import HomesNear, Question, Standing
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import LEAD, STEPS, holds_legal, work_out_licences
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.plans import distance
from dichterbij.engine.travel import (
    metres_between,
    minutes_by,
)

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
def homes_in_reach(rules: Record, roads: Roads, standing: Standing, work: int, least: int, near: HomesNear) -> int:
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
def blocks_near(standing: Standing, near: HomesNear, homes: int) -> int:
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
def add_held(standing: Standing, near: HomesNear, runs: int, skills: I32, weights: I32) -> None:
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
    person = world.people[at]
    if licence_set != 0 and person.licences_known and not licences_allow(world, standing, number, at, licence_set):
        return False
    return bool(legal_set == 0 or not person.legal_known or legal_allows(world, at, legal_set))


@compiled
def concerned(world: World, standing: Standing, question: Question, near: HomesNear, homes: int) -> int:  # noqa: C901
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
    needs_codes = opening.licence_set != 0 or opening.legal_set != 0
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
            if needs_codes and not codes_allow(
                world, standing, question.number, at, opening.licence_set, opening.legal_set
            ):
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
