"""Openings arranged for searching: those that people of one neighbourhood can reach, nearest work places first."""

from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import BRIDGE_COLUMNS, F32, I8, I16, I32, I64, U64
from dichterbij.engine.compiled import compiled
from dichterbij.engine.scan import travel_space
from dichterbij.engine.traits import KINDS, LEARNING, NOT_CARVED, PLAIN, Traits

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
    short: I16  # this and the next as in Traits
    spare: I16
    pace: F32
    wait: I16
    carved: I8
    easy: I32  # openings with skills whose onboarding covers them all: `short` is 0 or less
    carvable: I32  # openings that can be carved
    post_start: I32  # [2 x skill + kind]: into the next, for the kinds LEARNING and PLAIN
    posts: I32  # openings that need a skill, in order


@compiled
def view_of(
    works: I32, work_place: I32, place_start: I64, traits: Traits, first: I64, last: I64, ids: I32, skills: int
) -> View:
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
    short = traits.short[place]
    carved = traits.carved[place]
    described = start[PLAIN, len(works)]
    easy = np.flatnonzero(short[:described] <= 0).astype(np.int32)
    carvable = np.flatnonzero(carved != NOT_CARVED).astype(np.int32)
    post_start, posts = postings(place, start, first, last, ids, skills, traits.pace)
    return View(
        place, work, work_place[works], start, traits.demands[place], traits.codes[place], traits.hours_min[place],
        traits.hours_max[place], short, traits.spare[place], traits.pace[place], traits.wait[place], carved, easy,
        carvable, post_start, posts,
    )  # fmt: skip


@compiled
def postings(place: I32, start: I32, first: I64, last: I64, ids: I32, skills: int, pace: F32) -> tuple[I32, I32]:
    """For each skill the openings with and without a learning place that need it, in order.

    Openings that weigh too much need none here: 16 bits do not hold what is left of them.
    """
    post_start = np.zeros(2 * skills + 1, dtype=np.int32)
    described, learning = start[PLAIN, -1], start[LEARNING, -1]
    for o in range(described):
        if pace[place[o]] == 0:
            continue
        kind = 0 if o < learning else 1
        for at in range(first[place[o]], last[place[o]]):
            post_start[2 * ids[at] + kind + 1] += 1
    for number in range(2 * skills):
        post_start[number + 1] += post_start[number]
    posts = np.empty(post_start[2 * skills], dtype=np.int32)
    next_at = post_start[:-1].copy()
    for o in range(described):
        if pace[place[o]] == 0:
            continue
        kind = 0 if o < learning else 1
        for at in range(first[place[o]], last[place[o]]):
            number = 2 * ids[at] + kind
            posts[next_at[number]] = o
            next_at[number] += 1
    return post_start, posts


class Space(NamedTuple):
    """Work space of one thread for one view."""

    metres: I64  # per work place, from the home at hand
    minutes: I64  # [mode, work place]
    order: I32  # work places, nearest to this home first (in steps of NEAR metres)
    travel: I32  # per work place: minutes of the person at hand, -1 out of reach
    by_ebike: I8
    left: I16  # per opening with skills: weeks missing beyond its onboarding
    seen: I32  # per opening: the last person it was tried for, as a number
    serial: I32  # that number
    found: I32  # openings that may be of use to the person at hand
    sorted: I32  # the same, those that may be nearest first
    least: I64  # per opening found: what its distance is at least
    bucket: I16  # and, roughly, its place in the order
    sizes: I32  # openings found per bucket
    bridge: I64
    counts: I32


def space_for(view: View) -> Space:
    """Fresh work space."""
    works, described = len(view.work_place), int(view.start[PLAIN, -1])
    metres, minutes = travel_space(works)
    return Space(
        metres=metres,
        minutes=minutes,
        order=np.zeros(works, dtype=np.int32),
        travel=np.zeros(works, dtype=np.int32),
        by_ebike=np.zeros(works, dtype=np.int8),
        left=view.short[:described].copy(),
        seen=np.zeros(len(view.place), dtype=np.int32),
        serial=np.zeros(1, dtype=np.int32),
        found=np.zeros(max(described, 1), dtype=np.int32),
        sorted=np.zeros(max(described, 1), dtype=np.int32),
        least=np.zeros(max(described, 1), dtype=np.int64),
        bucket=np.zeros(max(described, 1), dtype=np.int16),
        sizes=np.zeros(BUCKETS + 1, dtype=np.int32),
        bridge=np.zeros(BRIDGE_COLUMNS, dtype=np.int64),
        counts=np.zeros(RINGS + 1, dtype=np.int32),
    )
