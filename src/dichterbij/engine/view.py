"""Openings arranged for searching: those that people of one neighbourhood can reach, nearest work places first."""

from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import BRIDGE_COLUMNS, F32, I8, I16, I32, I64, U16, U64
from dichterbij.engine.compiled import compiled
from dichterbij.engine.scan import travel_space
from dichterbij.engine.traits import CARVED, CARVED_WITH_SKILLS, FOLD, KINDS, LEARNING, PLAIN, Traits

LOWER_HALF = FOLD - 1
AT_A_TIME = 64  # openings fetched from memory together
BUCKETS, WEEKS_IN_BUCKETS = 192, 64
RINGS = 4_096  # steps in which work places are put in order of distance


class View(NamedTuple):
    """Openings by kind, within a kind by work place. `place` is where each stands in the index."""

    place: I32
    work: I32  # number in `works` of each opening's work place
    work_place: I32  # postcode place of each work place
    start: I32  # [kind, work place + 1]
    demands: U64
    codes: U64
    hours_min: I8
    hours_max: I8
    weight: I16  # this and the next three as in Traits
    spare: I16
    pace: F32
    wait: I16
    skill_start: I32  # per opening that names skills, into the next
    skills: U16  # the lower half of the number of each of its skills
    weights: I16  # per skill, as is the next
    folded: I16  # by the lower half of its number
    easy: I32  # openings with skills whose onboarding covers them all
    carvable: I32  # openings that can be carved, some task without any skill
    carvable_with_skills: I32  # those of which each task needs one
    rare_start: I32  # per skill, into the next
    rare: I32  # openings of which this is one of the rarest skills
    learning_start: I32
    learning: I32  # openings with a learning place that need this skill
    carving_start: I32
    carving: I32  # openings that can be carved that need this skill


@compiled
def view_of(
    works: I32, work_place: I32, place_start: I64, traits: Traits, first: I64, last: I64, ids: I32, weights: I16,
    folded: I16,
) -> View:  # fmt: skip
    """The openings of these work places in this order. `first` and `last`: skills of each opening in `ids`."""
    start = np.zeros((KINDS, len(works) + 1), dtype=np.int32)
    for number in range(len(works)):
        for o in range(place_start[works[number]], place_start[works[number] + 1]):
            start[traits.kind[o], number + 1] += 1
    size = 0
    for kind in range(KINDS):
        start[kind, 0] = size
        for number in range(len(works)):
            start[kind, number + 1] += start[kind, number]
        size = start[kind, len(works)]
    place = np.empty(size, dtype=np.int32)
    work = np.empty(size, dtype=np.int32)
    at = start[:, 0].copy()
    for number in range(len(works)):
        for o in range(place_start[works[number]], place_start[works[number] + 1]):
            kind = traits.kind[o]
            place[at[kind]], work[at[kind]] = o, number
            at[kind] += 1
    skills, described, learning = len(weights), start[PLAIN, len(works)], start[LEARNING, len(works)]
    skill_start, own_skills = lists_of(place[:described], first, last, ids)
    rare_first, rare_last = traits.rare_start[:-1], traits.rare_start[1:]
    has_rare = rare_last[place[:described]] > rare_first[place[:described]]
    every = np.arange(described).astype(np.int32)
    carved = traits.carved[place]
    with_skills = np.flatnonzero(carved == CARVED_WITH_SKILLS).astype(np.int32)
    rare_start, rare = postings(every, place, rare_first, rare_last, traits.rare, skills)
    learning_start, learning_posts = postings(every[:learning], place, first, last, ids, skills)
    carving_start, carving = postings(with_skills, place, first, last, ids, skills)
    return View(
        place, work, work_place[works], start, traits.demands[place], traits.codes[place], traits.hours_min[place],
        traits.hours_max[place], traits.weight[place], traits.spare[place],
        traits.pace[place], traits.wait[place], skill_start, own_skills, weights, folded,
        np.flatnonzero(~has_rare).astype(np.int32), np.flatnonzero(carved == CARVED).astype(np.int32),
        with_skills, rare_start, rare, learning_start, learning_posts, carving_start, carving,
    )  # fmt: skip


@compiled
def lists_of(place: I32, first: I64, last: I64, ids: I32) -> tuple[I32, U16]:
    """The skills of these openings end to end, by the lower half of their numbers."""
    start = np.zeros(len(place) + 1, dtype=np.int32)
    for o in range(len(place)):
        start[o + 1] = start[o] + last[place[o]] - first[place[o]]
    own = np.empty(start[-1], dtype=np.uint16)
    for o in range(len(place)):
        size = start[o]
        for at in range(first[place[o]], last[place[o]]):
            own[size] = ids[at] & LOWER_HALF
            size += 1
    return start, own


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
    sizes: I32  # openings found per bucket
    fetched: I64  # a sum that keeps reads from being left out
    bridge: I64
    counts: I32


def space_for(view: View) -> Space:
    """Fresh work space."""
    works, most = len(view.work_place), max(len(view.place), AT_A_TIME)
    metres, minutes = travel_space(works)
    return Space(
        metres=metres,
        minutes=minutes,
        order=np.zeros(works, dtype=np.int32),
        travel=np.zeros(works, dtype=np.int32),
        by_ebike=np.zeros(works, dtype=np.int8),
        left=view.weight[: int(view.start[LEARNING, -1])].copy(),
        lacks=view.folded.copy(),
        seen=np.zeros(len(view.place), dtype=np.int32),
        serial=np.zeros(1, dtype=np.int32),
        met=np.zeros(most, dtype=np.int32),
        found=np.zeros(most, dtype=np.int32),
        sorted=np.zeros(most, dtype=np.int32),
        least=np.zeros(most, dtype=np.int64),
        bucket=np.zeros(most, dtype=np.int16),
        sizes=np.zeros(BUCKETS + 1, dtype=np.int32),
        fetched=np.zeros(1, dtype=np.int64),
        bridge=np.zeros(BRIDGE_COLUMNS, dtype=np.int64),
        counts=np.zeros(RINGS + 1, dtype=np.int32),
    )
