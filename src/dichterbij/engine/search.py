"""The nearest openings of people, one by one, among the openings of a view. Compiled.

Openings are tried in an order that brings near ones first; whatever surely is farther than the worst that is kept is
passed over with a few bits and a bound. What is left is worked out exactly by `evaluate`, so the answer is exact.
"""

import math
from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    I32,
    I64,
    NO_BRIDGE,
    UNREACHABLE,
    WALK,
    Held,
    Record,
    World,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import LEAD, STEPS, enter_person, mark
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.parameters import MODES
from dichterbij.engine.scan import push, sort_heap
from dichterbij.engine.traits import (
    AGREEMENT_BIT,
    DAYPART_BIT,
    DUTCH_BIT,
    HIRING,
    LEARNING,
    LEGAL_BIT,
    LEGAL_SETS,
    LEVEL_BIT,
    LICENCE_BIT,
    LICENCE_SETS,
    PLAIN,
    UNDESCRIBED,
)
from dichterbij.engine.travel import travel_table
from dichterbij.engine.view import AT_A_TIME, BUCKETS, LOWER_HALF, RINGS, WEEKS_IN_BUCKETS, Space, View

EBIKE = MODES.index("ebike")
NEAR = 256  # metres; work places are put in order this finely
UNREACHABLE_MINUTES = 1 << 30
LEVELS, DUTCH_LEVELS = 7, 4
# What `space.seen` says of an opening, on top of the number of the person at hand: met for a skill (0), met for a
# skill to carve, worked out.
MET_TO_CARVE, DONE, STATES = 1, 2, 4
ALL = 2  # with and without steps


class Wants(NamedTuple):
    """Bits of openings that this person cannot have, by kind; and bits that cost a step."""

    no_demands: np.uint64
    no_codes: np.uint64
    no_codes_learning: np.uint64
    no_codes_hiring: np.uint64
    no_codes_carved: np.uint64
    step_demands: np.uint64
    step_codes: np.uint64
    step_codes_hiring: np.uint64


@compiled
def bit(place: int) -> np.uint64:
    """This bit of 64."""
    return np.uint64(1) << np.uint64(place)


@compiled
def bits_of_sets(person: Record, held: Held) -> tuple[np.uint64, np.uint64]:
    """Licences and legal codes: sets that cannot be had, and those that cost a step."""
    no, step = np.uint64(0), np.uint64(0)
    if person.licences_known:
        for number in range(1, min(LICENCE_SETS + 1, len(held.licence_sets))):
            if held.licence_sets[number, LEAD] < 0:
                no |= bit(LICENCE_BIT + number - 1)
            elif held.licence_sets[number, STEPS] > 0:
                step |= bit(LICENCE_BIT + number - 1)
    if person.legal_known:
        for number in range(1, min(LEGAL_SETS + 1, len(held.legal_sets))):
            if not held.legal_sets[number]:
                no |= bit(LEGAL_BIT + number - 1)
    return no, step


@compiled
def bits_of_dutch(person: Record) -> tuple[np.uint64, np.uint64]:
    """Needed Dutch that is too far off, and that costs a step."""
    no, step = np.uint64(0), np.uint64(0)
    if person.dutch != 0:
        for needed in range(person.dutch + 1, DUTCH_LEVELS + 1):
            for on_the_job in range(2):
                place = bit(DUTCH_BIT + 2 * (needed - 1) + on_the_job)
                if needed - person.dutch <= 1 + on_the_job:
                    step |= place
                else:
                    no |= place
    return no, step


@compiled
def bits_of_level(person: Record, one_lower: int) -> np.uint64:
    """Needed levels that are too high, with `one_lower` allowed or not (1 or 0)."""
    no = np.uint64(0)
    if person.level != 0:
        for needed in range(person.level + 1 + one_lower, LEVELS):
            no |= bit(LEVEL_BIT + needed)
    return no


@compiled
def wants_of(rules: Record, person: Record, held: Held) -> Wants:
    """What the hard rules say, for all openings at once."""
    every, step_sets = bits_of_sets(person, held)
    for agreement in range(4):
        if not (person.agreements >> agreement) & 1:
            every |= bit(AGREEMENT_BIT + agreement)
    no_dutch, step_dutch = bits_of_dutch(person)
    parts, care, avoid = np.uint64(person.dayparts), np.uint64(person.childcare_dayparts), np.uint64(person.avoid)
    no_parts = (~(parts | care) & np.uint64(31)) << np.uint64(DAYPART_BIT)
    step_parts = (care & ~parts) << np.uint64(DAYPART_BIT)
    adaptable = np.uint64(rules.adaptable)
    whole = every | no_parts
    return Wants(
        avoid & ~adaptable,
        whole | no_dutch | bits_of_level(person, 0),
        whole | no_dutch | bits_of_level(person, 1),
        whole,
        every | no_dutch,
        avoid & adaptable,
        step_sets | step_parts | step_dutch,
        step_sets | step_parts,
    )


@compiled
def packed(rules: Record, undescribed: int, weeks: int, steps: int, learning: int, minutes: int) -> int:
    """A distance as one number, as `plans.distance` packs it."""
    key = undescribed * rules.span_weeks + weeks
    key = (key * rules.span_steps + steps) * rules.span_learning + learning
    return int(key * rules.span_minutes + minutes)


@compiled
def set_home(world: World, view: View, space: Space, home: int) -> None:
    """Travel from this home to every work place, and the order of work places from near to far."""
    metres = space.metres
    travel_table(world.rules[0], world.roads, home, view.work_place, metres, space.minutes)
    counts = space.counts
    counts[:] = 0
    for work in range(len(metres)):
        counts[min(metres[work] // NEAR, RINGS - 1) + 1] += 1
    for ring in range(RINGS):
        counts[ring + 1] += counts[ring]
    for work in range(len(metres)):
        ring = min(metres[work] // NEAR, RINGS - 1)
        space.order[counts[ring]] = work
        counts[ring] += 1


@compiled
def set_travel(rules: Record, person: Record, space: Space) -> int:
    """Minutes of this person to each work place; the number of the last in reach, + 1."""
    modes = int(person.modes) if person.modes >= 0 else int(rules.modes_if_unknown)
    modes |= 1 << WALK
    travel, minutes, most = space.travel, space.minutes, person.max_travel_minutes
    travel[:] = UNREACHABLE_MINUTES
    for mode in range(minutes.shape[0]):
        if (modes >> mode) & 1:
            row = minutes[mode]
            for work in range(len(travel)):
                travel[work] = min(travel[work], row[work])
    may_step = person.ebike_possible != 0 and not (modes >> EBIKE) & 1
    row, farthest = minutes[EBIKE], person.max_metres if person.max_metres >= 0 else UNREACHABLE
    end = 0
    for work in range(len(travel)):
        space.by_ebike[work] = 0
        if space.metres[work] > farthest:
            travel[work] = -1
        elif travel[work] <= most:
            end = work + 1
        elif may_step and row[work] <= most:
            travel[work] = row[work]
            space.by_ebike[work] = 1
            end = work + 1
        else:
            travel[work] = -1
    return end


@compiled
def fetched(world: World, view: View, space: Space, first: int, last: int, limit: int) -> int:
    """Read a little of each of these openings, so that memory fetches them together instead of one after the other."""
    openings, ids, place, found, order, least = (
        world.openings, world.skills.ids, view.place, space.found, space.sorted, space.least,
    )  # fmt: skip
    read = 0
    for at in order[first:last]:
        if least[at] <= limit:
            opening = openings[place[found[at]]]
            read += opening.latest_start + opening.level_min
            if opening.essential_start < opening.essential_end:
                read += ids[opening.essential_start] + ids[opening.essential_end - 1]
    return int(read)


@compiled
def try_in_order(
    world: World, view: View, space: Space, person: Record, count: int, keys: I64, ranks: I32, size: int
) -> int:
    """Work out those of `space.found` that can be among the best, in the order of `space.sorted`; how many are kept."""
    rules, number = world.rules[0], space.serial[0]
    openings, tasks, ids, learn = world.openings, world.skills.tasks, world.skills.ids, world.skills.learn_weeks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    place, work_of, travel, by_ebike = view.place, view.work, space.travel, space.by_ebike
    bridge, seen, found, least, order = space.bridge, space.seen, space.found, space.least, space.sorted
    limit = limit_of(keys, size)
    for first in range(0, count, AT_A_TIME):
        last = min(first + AT_A_TIME, count)
        space.fetched[0] += fetched(world, view, space, first, last, limit)
        for at in order[first:last]:
            o = found[at]
            if least[at] > limit or seen[o] == number + DONE:
                continue
            seen[o] = number + DONE
            opening, work = openings[place[o]], work_of[o]
            key = evaluate(
                rules, person, opening, licence_sets, legal_sets, tasks, ids, learn, skill, travel[work],
                by_ebike[work] != 0, ANY_ROUTE, limit, bridge,
            )  # fmt: skip
            if key <= limit and key != NO_BRIDGE:
                size = push(keys, ranks, size, key, opening.rank)
                limit = limit_of(keys, size)
    return size


@compiled
def limit_of(keys: I64, size: int) -> int:
    """Distances above this one are of no use any more."""
    return int(keys[0]) if size == len(keys) else NO_BRIDGE


@compiled
def with_any_skills(
    world: World, view: View, space: Space, person: Record, wants: Wants, kind: int, undescribed: int,
    steps: int, keys: I64, ranks: I32, size: int,
) -> int:  # fmt: skip
    """Openings of a kind whose skills need not be looked at, nearest work places first.

    `steps`: 0 those that surely need no step, 1 the others, ALL both.
    """
    rules = world.rules[0]
    demands, codes, hours_min, hours_max, wait = view.demands, view.codes, view.hours_min, view.hours_max, view.wait
    start, travel, found, least = view.start[kind], space.travel, space.found, space.least
    no_codes, step_codes = wants.no_codes_learning if kind == LEARNING else wants.no_codes, wants.step_codes
    if kind == HIRING:
        no_codes, step_codes = wants.no_codes_hiring, wants.step_codes_hiring
    no_demands, step_demands = wants.no_demands, wants.step_demands
    low, high = person.hours_min, person.hours_max
    base = packed(rules, undescribed, 0, 1 if steps == 1 else 0, 0, 0)
    step = packed(rules, 0, 0, 1, 0, 0) if steps == ALL else 0
    per_week = packed(rules, 0, 1, 0, 0, 0) if kind == HIRING else 0
    limit, count = limit_of(keys, size), 0
    if base > limit or start[0] == start[-1]:
        return size
    for work in space.order:
        minutes = travel[work]
        if minutes < 0 or base + minutes > limit:
            continue
        by_ebike = space.by_ebike[work] != 0
        for o in range(start[work], start[work + 1]):
            if demands[o] & no_demands or codes[o] & no_codes or hours_min[o] > high or low > hours_max[o]:
                continue
            needs_step = by_ebike or demands[o] & step_demands != 0 or codes[o] & step_codes != 0
            if steps != ALL and needs_step != (steps == 1):
                continue
            bound = base + minutes + wait[o] * per_week + (step if needs_step else 0)
            if bound > limit:
                continue
            found[count], least[count], space.sorted[count] = o, bound, count
            count += 1
            if count == AT_A_TIME:
                size = try_in_order(world, view, space, person, count, keys, ranks, size)
                limit, count = limit_of(keys, size), 0
    return try_in_order(world, view, space, person, count, keys, ranks, size)


@compiled
def with_rare_skills(view: View, space: Space, people_ids: I32, person: Record, ends: tuple[int, int]) -> int:
    """Openings in reach of which a rare skill is held, put in `space.met`, each once; how many."""
    start, posts, met, seen, number = view.rare_start, view.rare, space.met, space.seen, space.serial[0]
    plain_start, size = view.start[PLAIN, 0], 0
    for at in range(person.skill_start, person.skill_end):
        skill = people_ids[at]
        for post in range(start[skill], start[skill + 1]):
            o = posts[post]
            if o >= ends[1]:
                break
            if seen[o] >= number or ends[0] <= o < plain_start:
                continue
            seen[o] = number
            met[size] = o
            size += 1
    return size


@compiled
def allowed(view: View, space: Space, person: Record, wants: Wants, chosen: I32, count: int) -> int:
    """Append those of these openings that no hard rule forbids to the `count` of `space.found`; how many there are."""
    demands, codes, hours_min, hours_max, work_of = (
        view.demands, view.codes, view.hours_min, view.hours_max, view.work,
    )  # fmt: skip
    travel, found, least = space.travel, space.found, space.least
    no_demands, no_codes, low, high = wants.no_demands, wants.no_codes, person.hours_min, person.hours_max
    for o in chosen:
        minutes = travel[work_of[o]]
        if minutes < 0 or demands[o] & no_demands or codes[o] & no_codes or hours_min[o] > high or low > hours_max[o]:
            continue
        found[count], least[count] = o, minutes
        count += 1
    return count


@compiled
def mark_lacks(view: View, space: Space, people_ids: I32, person: Record, is_held: bool) -> None:
    """Note that the skills of this person are held, or no longer."""
    lacks, folded = space.lacks, view.folded
    for at in range(person.skill_start, person.skill_end):
        skill = people_ids[at] & LOWER_HALF
        lacks[skill] = 0 if is_held else folded[skill]


@compiled
def covered(rules: Record, view: View, space: Space, wants: Wants, count: int) -> int:
    """Keep of `space.found` what this person may do with the skills held or learned during onboarding; how many.

    Each gets the least that its distance over `direct` can be.
    """
    demands, codes, found, least, lacks = view.demands, view.codes, space.found, space.least, space.lacks
    start, skills, spare, pace = view.skill_start, view.skills, view.spare, view.pace
    onboarding = packed(rules, 0, rules.lead_onboarding, 1, 0, 0)
    step, per_week = packed(rules, 0, 0, 1, 0, 0), packed(rules, 0, 0, 0, 1, 0)
    kept = 0
    for at in range(count):
        o = found[at]
        short = 0
        for skill in skills[start[o] : start[o + 1]]:
            short += lacks[skill]
        if short > spare[o] and pace[o] > 0:
            continue
        # A bound: rounding in 32 bits never makes it too large; exact numbers come later.
        weeks, steps, bound = 0, 0, least[at]
        if short > 0:
            weeks = max(math.ceil(short * pace[o] - np.float32(0.01)), 0)
            steps, bound = 1, bound + onboarding + weeks * per_week
        if space.by_ebike[view.work[o]] or demands[o] & wants.step_demands or codes[o] & wants.step_codes:
            steps, bound = steps + 1, bound + step
        found[kept], least[kept] = o, bound
        space.bucket[kept] = steps * WEEKS_IN_BUCKETS + min(weeks, WEEKS_IN_BUCKETS - 1)
        kept += 1
    return kept


@compiled
def missing_weeks(view: View, space: Space, people_ids: I32, person: Record, end: int) -> None:
    """Take the weeks of each skill held off every opening with a learning place that needs it."""
    left, start, posts, weight = space.left, view.learning_start, view.learning, view.weights
    for at in range(person.skill_start, person.skill_end):
        skill = people_ids[at]
        weeks = weight[skill]
        for post in range(start[skill], start[skill + 1]):
            o = posts[post]
            if o >= end:
                break
            left[o] -= weeks


@compiled
def learning_places(rules: Record, view: View, space: Space, person: Record, wants: Wants, limit: int) -> int:
    """Openings with a learning place where what is missing may be learned in time, put in `space.found`; how many."""
    demands, codes, hours_min, hours_max = view.demands, view.codes, view.hours_min, view.hours_max
    travel, found, left, pace = space.travel, space.found, space.left, view.pace
    seen, number = space.seen, space.serial[0]
    no_demands, step_demands, step_codes = wants.no_demands, wants.step_demands, wants.step_codes
    no_codes, low, high = wants.no_codes_learning, person.hours_min, person.hours_max
    start, longest, count = view.start[LEARNING], min(rules.cap, person.learn_weeks_max), 0
    base = packed(rules, 0, rules.lead_learn_work, 1, 0, 0)
    step, per_week = packed(rules, 0, 0, 1, 0, 0), packed(rules, 0, 0, 0, 1, 0)
    if base > limit:
        return 0
    for work in space.order:
        minutes = travel[work]
        if minutes < 0 or base + minutes > limit:
            continue
        for o in range(start[work], start[work + 1]):
            # A bound: rounding in 32 bits never makes it too large; exact numbers come later.
            weeks = math.ceil(left[o] * pace[o] - np.float32(0.01))
            if (
                weeks > longest
                or demands[o] & no_demands
                or codes[o] & no_codes
                or hours_min[o] > high
                or low > hours_max[o]
                or seen[o] == number + DONE
            ):
                continue
            steps, least = 1, base + minutes + weeks * per_week
            if space.by_ebike[work] or demands[o] & step_demands or codes[o] & step_codes:
                steps, least = 2, least + step
            if least > limit:
                continue
            found[count] = o
            space.least[count] = least
            space.bucket[count] = steps * WEEKS_IN_BUCKETS + min(max(weeks, 0), WEEKS_IN_BUCKETS - 1)
            count += 1
    return count


@compiled
def in_order(space: Space, count: int) -> None:
    """Put the places of the first `count` of `space.found` in `space.sorted`, those that may be nearest first."""
    sizes, bucket = space.sizes, space.bucket
    sizes[:] = 0
    for at in range(count):
        sizes[bucket[at] + 1] += 1
    for number in range(BUCKETS):
        sizes[number + 1] += sizes[number]
    for at in range(count):
        space.sorted[sizes[bucket[at]]] = at
        sizes[bucket[at]] += 1


@compiled
def with_carved_skills(view: View, space: Space, people_ids: I32, person: Record, end: int) -> int:
    """Openings to carve of which a skill is held, put in `space.met`, each once; how many."""
    start, posts, met, seen, number = view.carving_start, view.carving, space.met, space.seen, space.serial[0]
    size = 0
    for at in range(person.skill_start, person.skill_end):
        skill = people_ids[at]
        for post in range(start[skill], start[skill + 1]):
            o = posts[post]
            if o >= end:
                break
            if seen[o] >= number + MET_TO_CARVE:
                continue
            seen[o] = number + MET_TO_CARVE
            met[size] = o
            size += 1
    return size


@compiled
def carved_jobs(
    world: World, view: View, space: Space, person: Record, wants: Wants, chosen: I32, keys: I64, ranks: I32, size: int
) -> int:
    """Openings to carve: only tasks that fit count, so most hard rules wait for the exact working out."""
    rules, count = world.rules[0], 0
    codes, travel, found, least = view.codes, space.travel, space.found, space.least
    base = packed(rules, 0, rules.lead_carving, 1, 0, 0)
    later = base + packed(rules, 1, 0, 0, 0, 0)
    described, limit = view.start[HIRING, 0], limit_of(keys, size)
    if base > limit:
        return size
    for o in chosen:
        minutes = travel[view.work[o]]
        if minutes < 0 or codes[o] & wants.no_codes_carved:
            continue
        found[count], least[count] = o, (base if o < described else later) + minutes
        space.sorted[count] = count
        count += 1
    return try_in_order(world, view, space, person, count, keys, ranks, size)


@compiled
def with_skills_known(
    world: World, view: View, space: Space, person: Record, wants: Wants, end: int, keys: I64, ranks: I32
) -> int:
    """Openings that name skills, for somebody whose skills are known; how many are kept."""
    rules, people_ids = world.rules[0], world.people_ids
    ends = (view.start[LEARNING, end], view.start[PLAIN, end])
    met = with_rare_skills(view, space, people_ids, person, ends)
    count = allowed(view, space, person, wants, space.met[:met], 0)
    count = allowed(view, space, person, wants, view.easy, count)
    mark_lacks(view, space, people_ids, person, True)
    count = covered(rules, view, space, wants, count)
    mark_lacks(view, space, people_ids, person, False)
    in_order(space, count)
    size = try_in_order(world, view, space, person, count, keys, ranks, 0)
    if packed(rules, 0, rules.lead_learn_work, 1, 0, 0) <= limit_of(keys, size):
        missing_weeks(view, space, people_ids, person, ends[0])
        count = learning_places(rules, view, space, person, wants, limit_of(keys, size))
        space.left[: ends[0]] = view.weight[: ends[0]]
        in_order(space, count)
        size = try_in_order(world, view, space, person, count, keys, ranks, size)
    if packed(rules, 0, rules.lead_carving, 1, 0, 0) <= limit_of(keys, size):
        met = with_carved_skills(view, space, people_ids, person, ends[1])
        size = carved_jobs(world, view, space, person, wants, space.met[:met], keys, ranks, size)
        size = carved_jobs(world, view, space, person, wants, view.carvable, keys, ranks, size)
    return size


@compiled
def with_skills_unknown(
    world: World, view: View, space: Space, person: Record, wants: Wants, keys: I64, ranks: I32
) -> int:
    """Openings that name skills, for somebody whose skills are unknown: none is missing. How many are kept."""
    size = 0
    for steps in range(2):
        for kind in (PLAIN, LEARNING):
            size = with_any_skills(world, view, space, person, wants, kind, 0, steps, keys, ranks, size)
    size = carved_jobs(world, view, space, person, wants, view.carvable_with_skills, keys, ranks, size)
    return carved_jobs(world, view, space, person, wants, view.carvable, keys, ranks, size)


@compiled
def search(world: World, view: View, space: Space, rows: I32, keys: I64, ranks: I32, counts: I32) -> None:
    """For each person of `rows` the best openings as (key, rank), best first, a row each; and how many.

    People of one home should stand together. Ties are decided by rank, so the order of trying never matters.
    """
    rules, home = world.rules[0], -1
    for at in range(len(rows)):
        person = world.people[rows[at]]
        if person.place != home:
            home = person.place
            set_home(world, view, space, home)
        end = set_travel(rules, person, space)
        own_keys, own_ranks, size = keys[at], ranks[at], 0
        space.serial[0] += STATES
        if end > 0:
            enter_person(person, world.people_ids, world.codes, world.held)
            wants = wants_of(rules, person, world.held)
            if person.skills_known:
                size = with_skills_known(world, view, space, person, wants, end, own_keys, own_ranks)
            else:
                size = with_skills_unknown(world, view, space, person, wants, own_keys, own_ranks)
            size = with_any_skills(world, view, space, person, wants, HIRING, 0, ALL, own_keys, own_ranks, size)
            size = with_any_skills(world, view, space, person, wants, UNDESCRIBED, 1, ALL, own_keys, own_ranks, size)
            mark(person, world.people_ids, world.held, 0)
        sort_heap(own_keys, own_ranks, size)
        counts[at] = size
