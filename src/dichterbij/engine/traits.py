"""What a search looks at before anything exact: the hard rules of each opening as bits, and what its skills weigh."""

from typing import Any, NamedTuple

import numpy as np

from dichterbij.engine.arrays import F32, I8, I16, U64, Records, Skills
from dichterbij.engine.parameters import Parameters

LEARNING, PLAIN, HIRING, UNDESCRIBED = 0, 1, 2, 3  # kinds: with a learning place, without, open hiring, no skills named
KINDS = 4
# Places of the bits of `codes`; a set of codes past the last place of its part has no bit: it is looked at later.
AGREEMENT_BIT, DAYPART_BIT, DUTCH_BIT, LEVEL_BIT, LICENCE_BIT, LEGAL_BIT = 0, 4, 9, 17, 24, 48
LICENCE_SETS, LEGAL_SETS = 24, 16
# Weights are kept in 16 bits. A skill weighs at most HEAVIEST: too light only means that something exact is done for
# nothing. Openings that weigh more than MOST are always looked at exactly.
HEAVIEST, MOST = 1 << 12, 30_000
NOT_CARVED, CARVED, CARVED_WITH_SKILLS = 0, 1, 2


class Traits(NamedTuple):
    """Per opening of the index. A bridge needs all bits of `demands` and `codes` to be allowed."""

    demands: U64
    codes: U64
    hours_min: I8
    hours_max: I8
    kind: I8
    short: I16  # weeks to learn all its skills, less what onboarding covers; 0 or less: onboarding covers everything
    spare: I16  # weeks of skills that onboarding covers
    pace: F32  # weeks of learning (L) per week of weight; 0 for openings that weigh too much
    wait: I16  # weeks on the list of open hiring
    carved: I8  # CARVED_WITH_SKILLS: none of its tasks can be done without a skill that weighs something


def skill_weights(skills: Skills) -> I16:
    """What each skill weighs."""
    return np.minimum(skills.learn_weeks, HEAVIEST).astype(np.int16)


def traits_of(records: Records, skills: Skills, parameters: Parameters) -> Traits:
    """Traits of the openings of an index, in its order."""
    essential = records["essential_end"] - records["essential_start"]
    counts_as = parameters.learning.list_counts_as
    counted = np.maximum(essential, counts_as)
    weeks = np.concatenate([[0], np.cumsum(skill_weights(skills)[skills.ids], dtype=np.int64)])
    weight = weeks[records["essential_end"]] - weeks[records["essential_start"]]
    onboarding = records["onboarding_weeks"].astype(np.int64)
    spare = onboarding * counted // counts_as if counts_as else np.full(len(records), MOST)
    too_much = (weight > MOST) | (spare > MOST)
    kind = np.where(records["learning_company"] == 1, LEARNING, PLAIN)
    kind = np.where(essential == 0, UNDESCRIBED, kind)
    kind = np.where(records["open_hiring"] == 1, HIRING, kind)
    return Traits(
        demands=records["demands"].astype(np.uint64),
        codes=_code_bits(records),
        hours_min=records["hours_min"].astype(np.int8),
        hours_max=records["hours_max"].astype(np.int8),
        kind=kind.astype(np.int8),
        short=np.where(too_much, 0, weight - spare).astype(np.int16),
        spare=np.where(too_much, 0, spare).astype(np.int16),
        pace=np.where(too_much, 0, counts_as / np.maximum(counted, 1)).astype(np.float32),
        wait=records["queue"].astype(np.int16),
        carved=_carved(records, skills),
    )


def _code_bits(records: Records) -> U64:
    bits = records["dayparts"].astype(np.uint64) << np.uint64(DAYPART_BIT)
    dutch = 2 * (records["dutch"].astype(np.int64) - 1) + (records["dutch_on_the_job"] == 1)
    for number, first in (
        (records["agreement"], AGREEMENT_BIT),
        (dutch, DUTCH_BIT),
        (records["level_min"], LEVEL_BIT),
    ):
        bits |= np.uint64(1) << (number.astype(np.uint64) + np.uint64(first))
    for name, first, most in (("licence_set", LICENCE_BIT, LICENCE_SETS), ("legal_set", LEGAL_BIT, LEGAL_SETS)):
        number = records[name].astype(np.int64) - 1  # set 0 is empty
        has_bit = (number >= 0) & (number < most)
        place = np.where(has_bit, number, 0).astype(np.uint64) + np.uint64(first)
        bits |= np.where(has_bit, np.uint64(1) << place, np.uint64(0))
    return bits


def _carved(records: Records, skills: Skills) -> I8:
    """Whether there are tasks to carve, and whether each of them needs a skill."""
    tasks = records["task_end"] - records["task_start"]
    weightless = np.concatenate([[0], np.cumsum(skill_weights(skills)[skills.ids] == 0)])
    weighs = weightless[records["essential_end"]] == weightless[records["essential_start"]]
    without = np.concatenate([[0], np.cumsum(skills.tasks["skill_start"] == skills.tasks["skill_end"])])
    common = records["common_end"] > records["common_start"]
    needs_skill = weighs & (common | (without[records["task_end"]] == without[records["task_start"]]))
    carved: Any = np.where(tasks == 0, NOT_CARVED, np.where(needs_skill, CARVED_WITH_SKILLS, CARVED))
    return np.asarray(carved, dtype=np.int8)
