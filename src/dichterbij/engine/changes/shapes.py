"""What the search for people looks at: the people, by home; an opening, turned towards them; and room to work in."""

from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import F64, I8, I32, I64, Records

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


class HomesNear(NamedTuple):
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
