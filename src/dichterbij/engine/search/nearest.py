"""The nearest openings of people, one by one, among the openings of a view. Compiled.

Openings are tried in an order that brings near ones first; whatever surely is farther than the worst that is kept is
passed over with a few bits and a bound. Where the bound says all there is to say, it is the distance; what is left is
worked out exactly by `evaluate`. So the answer is exact.
"""

from dichterbij.engine.arrays import ANY_ROUTE, I32, I64, NO_BRIDGE, UNREACHABLE, WALK, Record, World
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import enter_person, mark
from dichterbij.engine.kernel import evaluate
from dichterbij.engine.parameters import MODES
from dichterbij.engine.plans import packed
from dichterbij.engine.scan import push, sort_heap
from dichterbij.engine.search.finding import (
    DONE,
    STATES,
    allowed,
    covered,
    in_order,
    learning_places,
    mark_lacks,
    missing_weeks,
    with_carved_skills,
    with_rare_skills,
)
from dichterbij.engine.search.traits import HIRING, LEARNING, PLAIN, UNDESCRIBED
from dichterbij.engine.search.view import AT_A_TIME, RINGS, Space, View
from dichterbij.engine.search.wants import Wants, is_out, wants_of
from dichterbij.engine.travel import travel_table

EBIKE = MODES.index("ebike")
NEAR = 256  # metres; work places are put in order this finely
UNREACHABLE_MINUTES = 1 << 30
ALL = 2  # with and without steps


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
    openings, ids, found, order, least = world.openings, world.skills.ids, space.found, space.sorted, space.least
    read = 0
    for at in order[first:last]:
        if least[at] <= limit and not space.sure[at]:
            opening = openings[view.openings[found[at]].place]
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
    nearby, travel, by_ebike = view.openings, space.travel, space.by_ebike
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
            if space.sure[at]:
                size = push(keys, ranks, size, least[at], nearby[o].rank)
                limit = limit_of(keys, size)
                continue
            opening, work = openings[nearby[o].place], nearby[o].work
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
    start, travel, found, least = view.start[kind], space.travel, space.found, space.least
    is_hiring, seen = kind == HIRING, space.seen
    number, today, available = space.serial[0], rules.today, person.available_from
    no_codes = wants.no_codes_hiring if is_hiring else wants.no_codes
    step_codes = wants.step_codes_hiring if is_hiring else wants.step_codes
    shortest = view.least_wait if is_hiring else 0
    no_demands, step_demands = wants.no_demands, wants.step_demands
    low, high = person.hours_min, person.hours_max
    base = packed(rules, undescribed, shortest, 1 if steps == 1 else 0, 0, 0)
    step = packed(rules, 0, 0, 1, 0, 0) if steps == ALL else 0
    per_week = packed(rules, 0, 1, 0, 0, 0)
    limit, count = limit_of(keys, size), 0
    if base > limit or start[0] == start[-1]:
        return size
    for work in space.order:
        minutes = travel[work]
        if minutes < 0 or base + minutes > limit:
            continue
        by_ebike = space.by_ebike[work] != 0
        for o in range(start[work], start[work + 1]):
            opening = view.openings[o]
            if is_out(opening, no_demands, no_codes, low, high):
                continue
            needs_step = by_ebike or opening.demands & step_demands != 0 or opening.codes & step_codes != 0
            if steps != ALL and needs_step != (steps == 1):
                continue
            weeks = opening.wait if is_hiring else 0
            bound = base + minutes + (weeks - shortest) * per_week + (step if needs_step else 0)
            if bound > limit:
                continue
            if opening.sure and not needs_step and max(today + 7 * weeks, available) <= opening.latest:
                if seen[o] != number + DONE:
                    seen[o] = number + DONE
                    size = push(keys, ranks, size, bound, opening.rank)
                    limit = limit_of(keys, size)
                continue
            found[count], least[count], space.sorted[count], space.sure[count] = o, bound, count, 0
            count += 1
            if count == AT_A_TIME:
                size = try_in_order(world, view, space, person, count, keys, ranks, size)
                limit, count = limit_of(keys, size), 0
    return try_in_order(world, view, space, person, count, keys, ranks, size)


@compiled
def carved_jobs(
    world: World, view: View, space: Space, person: Record, wants: Wants, chosen: I32, keys: I64, ranks: I32, size: int
) -> int:
    """Openings to carve: only tasks that fit count, so most hard rules wait for the exact working out."""
    rules, count = world.rules[0], 0
    travel, found, least = space.travel, space.found, space.least
    base = packed(rules, 0, rules.lead_carving, 1, 0, 0)
    later = base + packed(rules, 1, 0, 0, 0, 0)
    described, limit = view.start[HIRING, 0], limit_of(keys, size)
    if base > limit:
        return size
    for o in chosen:
        opening = view.openings[o]
        minutes = travel[opening.work]
        if minutes < 0 or opening.codes & wants.no_codes_carved:
            continue
        found[count], least[count] = o, (base if o < described else later) + minutes
        space.sorted[count], space.sure[count] = count, 0
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
    count = covered(rules, view, space, person, wants, count)
    mark_lacks(view, space, people_ids, person, False)
    in_order(space, count)
    size = try_in_order(world, view, space, person, count, keys, ranks, 0)
    if packed(rules, 0, rules.lead_learn_work, 1, 0, 0) <= limit_of(keys, size):
        missing_weeks(view, space, people_ids, person, ends[0])
        count = learning_places(rules, view, space, person, wants, limit_of(keys, size))
        space.left[: ends[0]] = view.learning_weight[: ends[0]]
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
