"""The nearest openings of people, one by one, among the openings of a view. Compiled.

Openings are tried in an order that brings near ones first; whatever surely is farther than the worst that is kept is
passed over with a few bits and a bound. What is left is worked out exactly by `evaluate`, so the answer is exact.
"""

import math
from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import (
    ANY_ROUTE,
    I8,
    I16,
    I32,
    I64,
    NO_BRIDGE,
    UNREACHABLE,
    WALK,
    Held,
    Record,
    Records,
    World,
)
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import LEAD, STEPS, enter_person, mark
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.parameters import MODES
from dichterbij.engine.scan import push, sort_heap
from dichterbij.engine.traits import (
    AGREEMENT_BIT,
    CARVED_WITH_SKILLS,
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
from dichterbij.engine.view import BUCKETS, RINGS, WEEKS_IN_BUCKETS, Space, View

EBIKE = MODES.index("ebike")
NEAR = 256  # metres; work places are put in order this finely
UNREACHABLE_MINUTES = 1 << 30
LEVELS, DUTCH_LEVELS = 7, 4


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
def tried(
    rules: Record,
    person: Record,
    opening: Record,
    licence_sets: I64,
    legal_sets: I8,
    tasks: Records,
    ids: I32,
    learn: I64,
    skill: I8,
    minutes: int,
    by_ebike: bool,
    bridge: I64,
    keys: I64,
    ranks: I32,
    size: int,
) -> int:
    """Work the bridge to this opening out and keep it when it is among the best; how many are kept."""
    limit = keys[0] if size == len(keys) else NO_BRIDGE
    key = evaluate(
        rules, person, opening, licence_sets, legal_sets, tasks, ids, learn, skill, minutes, by_ebike, ANY_ROUTE,
        limit, bridge,
    )  # fmt: skip
    if key == NO_BRIDGE or key > limit:
        return size
    return push(keys, ranks, size, key, opening.rank)


@compiled
def with_any_skills(
    world: World, view: View, space: Space, person: Record, wants: Wants, number: int, kind: int, undescribed: int,
    steps: int, keys: I64, ranks: I32, size: int,
) -> int:  # fmt: skip
    """Openings of a kind whose skills need not be looked at, nearest work places first.

    First those that surely need no step (`steps` 0), then the others (1).
    """
    rules = world.rules[0]
    openings, tasks, ids, learn = world.openings, world.skills.tasks, world.skills.ids, world.skills.learn_weeks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    demands, codes, hours_min, hours_max, place = view.demands, view.codes, view.hours_min, view.hours_max, view.place
    start, travel, bridge, seen, wait = view.start[kind], space.travel, space.bridge, space.seen, view.wait
    no_codes = wants.no_codes_learning if kind == LEARNING else wants.no_codes
    step_codes = wants.step_codes
    if kind == HIRING:
        no_codes, step_codes = wants.no_codes_hiring, wants.step_codes_hiring
    no_demands, step_demands = wants.no_demands, wants.step_demands
    low, high = person.hours_min, person.hours_max
    base = packed(rules, undescribed, 0, steps, 0, 0)
    per_week = packed(rules, 0, 1, 0, 0, 0) if kind == HIRING else 0
    limit = keys[0] if size == len(keys) else NO_BRIDGE
    if base > limit:
        return size
    for work in space.order:
        minutes = travel[work]
        if minutes < 0 or base + minutes > limit:
            continue
        by_ebike = space.by_ebike[work]
        if by_ebike > steps:
            continue
        for o in range(start[work], start[work + 1]):
            if demands[o] & no_demands or codes[o] & no_codes or hours_min[o] > high or low > hours_max[o]:
                continue
            needs_step = by_ebike != 0 or demands[o] & step_demands != 0 or codes[o] & step_codes != 0
            if needs_step != (steps != 0):
                continue
            if base + minutes + wait[o] * per_week > limit or seen[o] == number:
                continue
            seen[o] = number
            size = tried(
                rules, person, openings[place[o]], licence_sets, legal_sets, tasks, ids, learn, skill, minutes,
                by_ebike != 0, bridge, keys, ranks, size,
            )  # fmt: skip
            if size == len(keys):
                limit = keys[0]
    return size


@compiled
def subtract(view: View, space: Space, weight: I16, people_ids: I32, person: Record, ends: tuple[int, int]) -> int:
    """Take the weeks of each skill held off every opening that needs it; how many are then covered by onboarding.

    Those are in `space.sorted`.
    """
    left, post_start, posts, found = space.left, view.post_start, view.posts, space.sorted
    size = 0
    for at in range(person.skill_start, person.skill_end):
        skill = people_ids[at]
        weeks = weight[skill]
        for kind in range(2):
            end = ends[kind]
            for post in range(post_start[2 * skill + kind], post_start[2 * skill + kind + 1]):
                o = posts[post]
                if o >= end:
                    break
                before = left[o]
                left[o] = before - weeks
                if before > 0 and before <= weeks:
                    found[size] = o
                    size += 1
    return size


@compiled
def covered(
    rules: Record, view: View, space: Space, person: Record, wants: Wants, chosen: I32, count: int, limit: int
) -> int:
    """Among these openings, those that this person may do with what is held or learned during onboarding.

    Appended to the `count` of `space.found`, each with the least that its distance over `direct` can be.
    """
    demands, codes, hours_min, hours_max, work_of = (
        view.demands, view.codes, view.hours_min, view.hours_max, view.work,
    )  # fmt: skip
    travel, found, left, spare, pace = space.travel, space.found, space.left, view.spare, view.pace
    no_demands, step_demands, step_codes = wants.no_demands, wants.step_demands, wants.step_codes
    low, high = person.hours_min, person.hours_max
    plain_start = view.start[PLAIN, 0]
    onboarding = packed(rules, 0, rules.lead_onboarding, 1, 0, 0)
    step, per_week = packed(rules, 0, 0, 1, 0, 0), packed(rules, 0, 0, 0, 1, 0)
    for o in chosen:
        minutes = travel[work_of[o]]
        if minutes < 0:
            continue
        no_codes = wants.no_codes_learning if o < plain_start else wants.no_codes
        if demands[o] & no_demands or codes[o] & no_codes or hours_min[o] > high or low > hours_max[o]:
            continue
        short = left[o] + spare[o]
        # A bound: rounding in 32 bits never makes it too large; exact numbers come later.
        weeks, steps, least = 0, 0, int(minutes)
        if short > 0 and pace[o] > 0:
            weeks = math.ceil(short * pace[o] - np.float32(0.01))
            steps, least = 1, least + onboarding + weeks * per_week
        if space.by_ebike[work_of[o]] or demands[o] & step_demands or codes[o] & step_codes:
            steps, least = steps + 1, least + step
        if least > limit:
            continue
        found[count] = o
        space.least[count] = least
        space.bucket[count] = steps * WEEKS_IN_BUCKETS + min(weeks, WEEKS_IN_BUCKETS - 1)
        count += 1
    return count


@compiled
def learning_places(
    rules: Record, view: View, space: Space, person: Record, wants: Wants, number: int, limit: int
) -> int:
    """Openings with a learning place where what is missing may be learned in time, put in `space.found`; how many."""
    demands, codes, hours_min, hours_max = view.demands, view.codes, view.hours_min, view.hours_max
    travel, found, left, spare, pace = space.travel, space.found, space.left, view.spare, view.pace
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
            weeks = math.ceil((left[o] + spare[o]) * pace[o] - np.float32(0.01))  # a bound, as above
            if (
                weeks > longest
                or demands[o] & no_demands
                or codes[o] & no_codes
                or hours_min[o] > high
                or low > hours_max[o]
                or space.seen[o] == number
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
def try_found(
    world: World, view: View, space: Space, person: Record, count: int, number: int, keys: I64, ranks: I32, size: int
) -> int:
    """Work out the first `count` of `space.found` as far as they can be among the best."""
    in_order(space, count)
    rules = world.rules[0]
    openings, tasks, ids, learn = world.openings, world.skills.tasks, world.skills.ids, world.skills.learn_weeks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    place, work_of, travel, by_ebike = view.place, view.work, space.travel, space.by_ebike
    bridge, seen, found, least = space.bridge, space.seen, space.found, space.least
    limit = keys[0] if size == len(keys) else NO_BRIDGE
    for at in space.sorted[:count]:
        o = found[at]
        if least[at] > limit or seen[o] == number:
            continue
        seen[o] = number
        work = work_of[o]
        size = tried(
            rules, person, openings[place[o]], licence_sets, legal_sets, tasks, ids, learn, skill, travel[work],
            by_ebike[work] != 0, bridge, keys, ranks, size,
        )  # fmt: skip
        if size == len(keys):
            limit = keys[0]
    return size


@compiled
def carved_jobs(
    world: World, view: View, space: Space, person: Record, wants: Wants, number: int,
    keys: I64, ranks: I32, size: int,
) -> int:  # fmt: skip
    """Openings that can be carved: only tasks that fit count, so most hard rules wait for the exact working out."""
    rules = world.rules[0]
    openings, tasks, ids, learn = world.openings, world.skills.tasks, world.skills.ids, world.skills.learn_weeks
    licence_sets, legal_sets, skill = world.held.licence_sets, world.held.legal_sets, world.held.skill
    codes, place, travel, bridge, seen = view.codes, view.place, space.travel, space.bridge, space.seen
    carved, left, short = view.carved, space.left, view.short
    base = packed(rules, 0, rules.lead_carving, 1, 0, 0)
    described = view.start[HIRING, 0]
    later = packed(rules, 1, 0, 0, 0, 0)
    limit = keys[0] if size == len(keys) else NO_BRIDGE
    if base > limit:
        return size
    for o in view.carvable:
        if o < described and person.skills_known and carved[o] == CARVED_WITH_SKILLS and left[o] == short[o]:
            continue  # no skill is held that any of its tasks needs
        work = view.work[o]
        minutes = travel[work]
        if minutes < 0 or codes[o] & wants.no_codes_carved or seen[o] == number:
            continue
        least = base + minutes if o < described else later + base + minutes
        if least > limit:
            continue
        seen[o] = number
        size = tried(
            rules, person, openings[place[o]], licence_sets, legal_sets, tasks, ids, learn, skill, minutes,
            space.by_ebike[work] != 0, bridge, keys, ranks, size,
        )  # fmt: skip
        if size == len(keys):
            limit = keys[0]
    return size


@compiled
def search(world: World, view: View, space: Space, weight: I16, rows: I32, keys: I64, ranks: I32, counts: I32) -> None:
    """For each person of `rows` the best openings as (key, rank), best first, a row each; and how many.

    People of one home should stand together. Ties are decided by rank, so the order of trying never matters.
    """
    rules, home = world.rules[0], -1
    learning_start, plain_start = view.start[LEARNING], view.start[PLAIN]
    for at in range(len(rows)):
        person = world.people[rows[at]]
        if person.place != home:
            home = person.place
            set_home(world, view, space, home)
        end = set_travel(rules, person, space)
        own_keys, own_ranks, size = keys[at], ranks[at], 0
        space.serial[0] += 1
        number = space.serial[0]
        if end > 0:
            enter_person(person, world.people_ids, world.codes, world.held)
            wants = wants_of(rules, person, world.held)
            if person.skills_known:
                ends = (learning_start[end], plain_start[end])
                found = subtract(view, space, weight, world.people_ids, person, ends)
                count = covered(rules, view, space, person, wants, space.sorted[:found], 0, NO_BRIDGE)
                count = covered(rules, view, space, person, wants, view.easy, count, NO_BRIDGE)
                size = try_found(world, view, space, person, count, number, own_keys, own_ranks, size)
                limit = own_keys[0] if size == len(own_keys) else NO_BRIDGE
                count = learning_places(rules, view, space, person, wants, number, limit)
                size = try_found(world, view, space, person, count, number, own_keys, own_ranks, size)
                size = carved_jobs(world, view, space, person, wants, number, own_keys, own_ranks, size)
                space.left[: ends[0]] = view.short[: ends[0]]
                space.left[plain_start[0] : ends[1]] = view.short[plain_start[0] : ends[1]]
            else:
                for steps in range(2):
                    for kind in (PLAIN, LEARNING):
                        size = with_any_skills(
                            world, view, space, person, wants, number, kind, 0, steps, own_keys, own_ranks, size
                        )
                size = carved_jobs(world, view, space, person, wants, number, own_keys, own_ranks, size)
            for kind, undescribed in ((HIRING, 0), (UNDESCRIBED, 1)):
                for steps in range(2):
                    size = with_any_skills(
                        world, view, space, person, wants, number, kind, undescribed, steps, own_keys, own_ranks, size
                    )
            mark(person, world.people_ids, world.held, 0)
        sort_heap(own_keys, own_ranks, size)
        counts[at] = size
