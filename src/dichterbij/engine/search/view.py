"""Openings arranged for searching: those that people of one neighbourhood can reach, nearest work places first."""

from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import BRIDGE_COLUMNS, I8, I16, I32, I64, U16, Record, Records, records_of
from dichterbij.engine.compiled import compiled
from dichterbij.engine.scan import travel_space
from dichterbij.engine.search.traits import CARVED, CARVED_WITH_SKILLS, FOLD, HIRING, KINDS, LEARNING, PLAIN, Traits

LOWER_HALF = FOLD - 1
LONGEST_WAIT = 1_000  # weeks, more than any
AT_A_TIME = 64  # openings fetched from memory together
BUCKETS, WEEKS_IN_BUCKETS = 192, 64
RINGS = 4_096  # steps in which work places are put in order of distance


# An opening as a search looks at it, in one stretch of memory. Names as in Traits; `place`, `work`, `rank`,
# `skill_start` and `skill_end` are its own.
NEARBY = records_of(
    u8="demands codes",
    i4="place work rank skill_start skill_end latest",
    f4="pace",
    i2="spare wait",
    i1="hours_min hours_max sure",
)


class View(NamedTuple):
    """Openings by kind, within a kind by work place."""

    openings: Records  # of NEARBY: `place` in the index, number of the `work` place here, `rank` among ties
    work_place: I32  # postcode place of each work place
    start: I32  # [kind, work place + 1]
    skills: U16  # the lower half of the number of each skill of openings that name skills
    weights: I16  # per skill, as is the next
    folded: I16  # by the lower half of its number
    easy: I32  # openings with skills whose onboarding covers them all
    carvable: I32  # openings that can be carved, some task without any skill
    carvable_with_skills: I32  # those of which each task needs one
    rare_start: I32  # per skill, into the next
    rare: I32  # openings of which this is one of the rarest skills
    learning_start: I32
    learning: I32  # openings with a learning place that need this skill
    learning_weight: I16  # per opening with a learning place, as in Traits
    carving_start: I32
    carving: I32  # openings that can be carved that need this skill
    least_wait: int  # weeks on the shortest list of open hiring


@compiled
def view_of(
    works: I32, work_place: I32, place_start: I64, rank: I32, traits: Traits, first: I64, last: I64, ids: I32,
    weights: I16, folded: I16, nearby: Records,
) -> View:  # fmt: skip
    """The openings of these work places in this order. `first` and `last`: skills of each opening in `ids`.

    `nearby` is room for the openings.
    """
    start = starts_by_kind(works, place_start, traits.kind)
    at, least_wait = start[:, 0].copy(), LONGEST_WAIT
    for number in range(len(works)):
        for opening in range(place_start[works[number]], place_start[works[number] + 1]):
            kind = traits.kind[opening]
            fill(nearby[at[kind]], opening, number, rank, traits)
            at[kind] += 1
            if kind == HIRING:
                least_wait = min(least_wait, traits.wait[opening])
    described, learning = start[PLAIN, len(works)], start[LEARNING, len(works)]
    own_skills = lists_of(nearby[:described], first, last, ids)
    every = np.arange(described).astype(np.int32)
    place = np.empty(len(nearby), dtype=np.int32)
    for o in range(len(nearby)):
        place[o] = nearby[o].place
    has_rare = traits.rare_start[place[:described] + 1] > traits.rare_start[place[:described]]
    carved = traits.carved[place]
    with_skills = np.flatnonzero(carved == CARVED_WITH_SKILLS).astype(np.int32)
    skills = len(weights)
    rare_start, rare = postings(every, place, traits.rare_start[:-1], traits.rare_start[1:], traits.rare, skills)
    learning_start, learning_posts = postings(every[:learning], place, first, last, ids, skills)
    carving_start, carving = postings(with_skills, place, first, last, ids, skills)
    return View(
        nearby, work_place[works], start, own_skills, weights, folded, np.flatnonzero(~has_rare).astype(np.int32),
        np.flatnonzero(carved == CARVED).astype(np.int32), with_skills, rare_start, rare, learning_start,
        learning_posts, traits.weight[place[:learning]], carving_start, carving, least_wait,
    )  # fmt: skip


@compiled
def starts_by_kind(works: I32, place_start: I64, kind: I8) -> I32:
    """Where the openings of each kind and work place begin, and the end."""
    start = np.zeros((KINDS, len(works) + 1), dtype=np.int32)
    for number in range(len(works)):
        for place in range(place_start[works[number]], place_start[works[number] + 1]):
            start[kind[place], number + 1] += 1
    size = 0
    for row in range(KINDS):
        start[row, 0] = size
        for number in range(len(works)):
            start[row, number + 1] += start[row, number]
        size = start[row, len(works)]
    return start


@compiled
def fill(nearby: Record, place: int, work: int, rank: I32, traits: Traits) -> None:
    """Write down the opening that stands at this place of the index."""
    nearby.place, nearby.work, nearby.rank = place, work, rank[place]
    nearby.demands, nearby.codes = traits.demands[place], traits.codes[place]
    nearby.hours_min, nearby.hours_max = traits.hours_min[place], traits.hours_max[place]
    nearby.spare, nearby.pace = traits.spare[place], traits.pace[place]
    nearby.wait, nearby.latest, nearby.sure = traits.wait[place], traits.latest[place], traits.sure[place]
    nearby.skill_start = nearby.skill_end = 0


@compiled
def lists_of(nearby: Records, first: I64, last: I64, ids: I32) -> U16:
    """The skills of these openings end to end, by the lower half of their numbers; notes where each has its own."""
    total = 0
    for opening in nearby:
        opening.skill_start = total
        total += last[opening.place] - first[opening.place]
        opening.skill_end = total
    own = np.empty(total, dtype=np.uint16)
    for opening in nearby:
        for at in range(opening.skill_end - opening.skill_start):
            own[opening.skill_start + at] = ids[first[opening.place] + at] & LOWER_HALF
    return own


@compiled
def postings(chosen: I32, place: I32, first: I64, last: I64, ids: I32, skills: int) -> tuple[I32, I32]:
    """For each skill those of the chosen openings that name it, in order, end to end."""
    start = np.zeros(skills + 1, dtype=np.int32)
    for o in chosen:
        for at in range(first[place[o]], last[place[o]]):
            start[ids[at] + 1] += 1
    for number in range(skills):
        start[number + 1] += start[number]
    posts = np.empty(start[skills], dtype=np.int32)
    next_at = start[:-1].copy()
    for o in chosen:
        for at in range(first[place[o]], last[place[o]]):
            posts[next_at[ids[at]]] = o
            next_at[ids[at]] += 1
    return start, posts


class Space(NamedTuple):
    """Work space of one thread for one view."""

    metres: I64  # per work place, from the home at hand
    minutes: I64  # [mode, work place]
    order: I32  # work places, nearest to this home first (in steps of NEAR metres)
    travel: I32  # per work place: minutes of the person at hand, -1 out of reach
    by_ebike: I8
    left: I16  # per opening with a learning place: weeks of skills missing
    lacks: I16  # by the lower half of a skill's number: what it weighs, 0 when the person at hand holds it
    seen: I32  # per opening: the number of the last person it was met for, and how far it came
    serial: I32  # the number of the person at hand
    met: I32  # openings of which the person at hand has a skill
    found: I32  # openings that may be of use to the person at hand
    sorted: I32  # places in `found`, in the order of trying
    least: I64  # per opening found: what its distance is at least
    bucket: I16  # and, roughly, its place in the order
    sure: I8  # and whether that is its distance
    sizes: I32  # openings found per bucket
    fetched: I64  # a sum that keeps reads from being left out
    bridge: I64
    counts: I32


def space_for(view: View) -> Space:
    """Fresh work space."""
    works, most = len(view.work_place), max(len(view.openings), AT_A_TIME)
    metres, minutes = travel_space(works)
    return Space(
        metres=metres,
        minutes=minutes,
        order=np.zeros(works, dtype=np.int32),
        travel=np.zeros(works, dtype=np.int32),
        by_ebike=np.zeros(works, dtype=np.int8),
        left=view.learning_weight.copy(),
        lacks=view.folded.copy(),
        seen=np.zeros(len(view.openings), dtype=np.int32),
        serial=np.zeros(1, dtype=np.int32),
        met=np.zeros(most, dtype=np.int32),
        found=np.zeros(most, dtype=np.int32),
        sorted=np.zeros(most, dtype=np.int32),
        least=np.zeros(most, dtype=np.int64),
        bucket=np.zeros(most, dtype=np.int16),
        sure=np.zeros(most, dtype=np.int8),
        sizes=np.zeros(BUCKETS + 1, dtype=np.int32),
        fetched=np.zeros(1, dtype=np.int64),
        bridge=np.zeros(BRIDGE_COLUMNS, dtype=np.int64),
        counts=np.zeros(RINGS + 1, dtype=np.int32),
    )
