"""Openings that may be near somebody whose skills are known, found by the skills that are held. Compiled.

What is found is more than is needed, never less, each with the least that its distance can be; `search` works it out.
"""

import numpy as np

from dichterbij.engine.arrays import I32, Record
from dichterbij.engine.compiled import compiled
from dichterbij.engine.parameters import NOT_LEARNABLE
from dichterbij.engine.plans import packed
from dichterbij.engine.search.traits import LEARNING, PLAIN
from dichterbij.engine.search.view import AT_A_TIME, BUCKETS, LOWER_HALF, WEEKS_IN_BUCKETS, Space, View
from dichterbij.engine.search.wants import Wants, is_out

# What `space.seen` says of an opening, on top of the number of the person at hand: met for a skill (0), met for a
# skill to carve, worked out.
MET_TO_CARVE, DONE, STATES = 1, 2, 4


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
    travel, found, least = space.travel, space.found, space.least
    no_demands, no_codes, low, high = wants.no_demands, wants.no_codes, person.hours_min, person.hours_max
    for o in chosen:
        opening = view.openings[o]
        minutes = travel[opening.work]
        if minutes < 0 or is_out(opening, no_demands, no_codes, low, high):
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
def learning_weeks(rules: Record, short: int, skills: int) -> int:
    """Weeks to learn skills that weigh so much, of a list so long (L of the contract)."""
    if skills <= rules.list_counts_as:
        return short
    return int((short * rules.list_counts_as + skills - 1) // skills)


@compiled
def needs_step(space: Space, opening: Record, wants: Wants) -> bool:
    """An e-bike, childcare, a licence, an adaptation or Dutch."""
    return bool(
        space.by_ebike[opening.work] or opening.demands & wants.step_demands or opening.codes & wants.step_codes
    )


@compiled
def fetched_skills(view: View, space: Space, first: int, last: int) -> int:
    """As `fetched`, for the skills of openings found."""
    read = 0
    for at in range(first, last):
        opening = view.openings[space.found[at]]
        read += view.skills[opening.skill_start] + view.skills[opening.skill_end - 1]
    return int(read)


@compiled
def covered(rules: Record, view: View, space: Space, person: Record, wants: Wants, count: int) -> int:
    """Keep of `space.found` what this person may do with the skills held or learned during onboarding; how many.

    Each gets the least that its distance over `direct` can be; it is sure where nothing else can be said of it.
    """
    found, least, lacks, skills = space.found, space.least, space.lacks, view.skills
    onboarding = packed(rules, 0, rules.lead_onboarding, 1, 0, 0)
    step, per_week = packed(rules, 0, 0, 1, 0, 0), packed(rules, 0, 0, 0, 1, 0)
    is_nearest = rules.lead_onboarding <= rules.lead_learn_work
    kept = 0
    for at in range(count):
        if at % AT_A_TIME == 0:
            space.fetched[0] += fetched_skills(view, space, at, min(at + AT_A_TIME, count))
        o = found[at]
        opening = view.openings[o]
        short = 0
        for place in range(opening.skill_start, opening.skill_end):
            short += lacks[skills[place]]
        if short > opening.spare and opening.pace > 0:
            continue
        weeks, steps, bound, first_day = 0, 0, least[at], rules.today
        if short > 0 and opening.pace > 0:
            weeks = learning_weeks(rules, short, opening.skill_end - opening.skill_start)
            steps, bound = 1, bound + onboarding + weeks * per_week
            first_day += 7 * rules.lead_onboarding
        sure = opening.sure and short < NOT_LEARNABLE and is_nearest
        if needs_step(space, opening, wants):
            steps, bound, sure = steps + 1, bound + step, False
        found[kept], least[kept] = o, bound
        space.bucket[kept] = steps * WEEKS_IN_BUCKETS + min(weeks, WEEKS_IN_BUCKETS - 1)
        space.sure[kept] = sure and max(first_day, person.available_from) <= opening.latest
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
    travel, found, left = space.travel, space.found, space.left
    seen, number = space.seen, space.serial[0]
    no_demands, no_codes, low, high = wants.no_demands, wants.no_codes_learning, person.hours_min, person.hours_max
    start, longest, count = view.start[LEARNING], min(rules.cap, person.learn_weeks_max), 0
    first_day = max(rules.today + 7 * rules.lead_learn_work, person.available_from)
    base = packed(rules, 0, rules.lead_learn_work, 1, 0, 0)
    step, per_week = packed(rules, 0, 0, 1, 0, 0), packed(rules, 0, 0, 0, 1, 0)
    if base > limit:
        return 0
    for work in space.order:
        minutes = travel[work]
        if minutes < 0 or base + minutes > limit:
            continue
        for o in range(start[work], start[work + 1]):
            opening = view.openings[o]
            if (
                left[o] * opening.pace - np.float32(1) > longest
                or is_out(opening, no_demands, no_codes, low, high)
                or seen[o] == number + DONE
            ):
                continue
            weeks = 0
            if opening.pace > 0:
                weeks = learning_weeks(rules, left[o], opening.skill_end - opening.skill_start)
            steps, least = 1, base + minutes + weeks * per_week
            sure = opening.sure and opening.spare < left[o] < NOT_LEARNABLE and first_day <= opening.latest
            if needs_step(space, opening, wants):
                steps, least, sure = 2, least + step, False
            if weeks > longest or least > limit:
                continue
            found[count], space.least[count], space.sure[count] = o, least, sure
            space.bucket[count] = steps * WEEKS_IN_BUCKETS + min(weeks, WEEKS_IN_BUCKETS - 1)
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
