"""What one person cannot have and what costs a step, as bits that all openings are compared with. Compiled."""

from typing import NamedTuple

import numpy as np

from dichterbij.engine.arrays import Held, Record
from dichterbij.engine.compiled import compiled
from dichterbij.engine.held import LEAD, STEPS
from dichterbij.engine.search.traits import (
    AGREEMENT_BIT,
    DAYPART_BIT,
    DUTCH_BIT,
    LEGAL_BIT,
    LEGAL_SETS,
    LEVEL_BIT,
    LICENCE_BIT,
    LICENCE_SETS,
)

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
def is_out(opening: Record, no_demands: np.uint64, no_codes: np.uint64, low: int, high: int) -> bool:
    """A hard rule says no: demands, codes or hours."""
    return bool(
        opening.demands & no_demands or opening.codes & no_codes or opening.hours_min > high or low > opening.hours_max
    )
