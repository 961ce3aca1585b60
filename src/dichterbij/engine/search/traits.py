"""What a search looks at before anything exact: the hard rules of each opening as bits, and what its skills weigh."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import F32, I8, I16, I32, I64, U64, Records, Skills
from dichterbij.engine.compiled import compiled
from dichterbij.engine.parameters import NOT_LEARNABLE, Parameters

LEARNING, PLAIN, HIRING, UNDESCRIBED = 0, 1, 2, 3  # kinds: with a learning place, without, open hiring, no skills named
KINDS = 4
# Places of the bits of `codes`; a set of codes past the last place of its part has no bit: it is looked at later.
AGREEMENT_BIT, DAYPART_BIT, DUTCH_BIT, LEVEL_BIT, LICENCE_BIT, LEGAL_BIT = 0, 4, 9, 17, 24, 48
LICENCE_SETS, LEGAL_SETS = 24, 16
# Weights are kept in 16 bits. A skill weighs at most HEAVIEST: too light only means that something exact is done for
# nothing. Openings that weigh more than MOST are always looked at exactly.
HEAVIEST, MOST = 1 << 12, 30_000
NOT_CARVED, CARVED, CARVED_WITH_SKILLS = 0, 1, 2
FOREVER = 1 << 40  # weeks
LAST_DAY = (1 << 31) - 1
FOLD = 1 << 16  # numbers of skills in 16 bits
SHORT_LIST = 64  # skills; put in order without a library's sort


class Traits(NamedTuple):
    """Per opening of the index. A bridge needs all bits of `demands` and `codes` to be allowed."""

    demands: U64
    codes: U64
    hours_min: I8
    hours_max: I8
    kind: I8
    weight: I16  # weeks to learn all its skills
    spare: I16  # weeks of skills that onboarding covers
    pace: F32  # weeks of learning (L) per week of weight; 0 for openings that weigh too much
    wait: I16  # weeks on the list of open hiring, MOST for more
    latest: I32  # last day to start, days since 1970
    sure: I8  # 1: the bits and sums above say all there is to say, apart from steps
    carved: I8  # CARVED_WITH_SKILLS: none of its tasks can be done without at least one of its skills
    rare_start: I64  # into the next, per opening and the end
    rare: I32  # its rarest skills, so many that onboarding cannot cover them all; none when it covers everything


def skill_weights(skills: Skills) -> I16:
    """What each skill weighs."""
    return np.minimum(skills.learn_weeks, HEAVIEST).astype(np.int16)


def traits_of(records: Records, skills: Skills, parameters: Parameters) -> Traits:
    """Traits of the openings of an index, in its order."""
    essential = records["essential_end"] - records["essential_start"]
    counts_as = parameters.learning.list_counts_as
    counted = np.maximum(essential, counts_as)
    spare = records["onboarding_weeks"].astype(np.int64) * counted // counts_as if counts_as else FOREVER + 0 * counted
    weights = skill_weights(skills)
    weight = skill_sums(records["essential_start"], records["essential_end"], skills.ids, weights)
    rare_start, rare = rare_skills(records["essential_start"], records["essential_end"], skills.ids, weights, spare)
    too_much = weight > MOST
    kind = np.where(records["learning_company"] == 1, LEARNING, PLAIN)
    kind = np.where(essential == 0, UNDESCRIBED, kind)
    kind = np.where(records["open_hiring"] == 1, HIRING, kind)
    return Traits(
        demands=records["demands"].astype(np.uint64),
        codes=_code_bits(records),
        hours_min=records["hours_min"].astype(np.int8),
        hours_max=records["hours_max"].astype(np.int8),
        kind=kind.astype(np.int8),
        weight=np.where(too_much, 0, weight).astype(np.int16),
        spare=np.where(too_much, MOST, np.minimum(spare, MOST)).astype(np.int16),
        pace=np.where(too_much, 0, counts_as / np.maximum(counted, 1)).astype(np.float32),
        wait=np.minimum(records["queue"], MOST).astype(np.int16),
        latest=np.minimum(records["latest_start"], LAST_DAY).astype(np.int32),
        sure=_sure(records, kind, weights, too_much | (counts_as == 0)),
        carved=_carved(records, skills),
        rare_start=rare_start,
        rare=rare,
    )


def folded_weights(weights: I16) -> I16:
    """What a skill weighs by the lower half of its number; of skills that share one, the lightest."""
    folded = np.full(FOLD, HEAVIEST, dtype=np.int16)
    np.minimum.at(folded, np.arange(len(weights)) % FOLD, weights)
    return folded


@compiled
def skill_sums(first: I64, last: I64, ids: I32, weight: I16) -> I64:
    """What the skills of each opening weigh together."""
    sums = np.zeros(len(first), dtype=np.int64)
    for o in range(len(first)):
        for at in range(first[o], last[o]):
            sums[o] += weight[ids[at]]
    return sums


@compiled
def rarest_first(own: I32, often: I64) -> I32:
    """These skills, those that fewest openings ask before the others."""
    if len(own) > SHORT_LIST:
        return own[np.argsort(often[own], kind="mergesort")]
    order = own.copy()
    for at in range(1, len(order)):
        skill = order[at]
        while at > 0 and often[order[at - 1]] > often[skill]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = skill
    return order


@compiled
def rare_skills(first: I64, last: I64, ids: I32, weight: I16, spare: I64) -> tuple[I64, I32]:
    """Of each opening its rarest skills that together weigh more than its onboarding covers; none if it covers all.

    Whoever holds none of them misses more than that, so these few are enough to find everybody who may do the work
    after onboarding.
    """
    often = np.zeros(len(weight), dtype=np.int64)
    total = 0
    for o in range(len(first)):
        total += last[o] - first[o]
        for at in range(first[o], last[o]):
            often[ids[at]] += 1
    start, rare, size = np.zeros(len(first) + 1, dtype=np.int64), np.empty(total, dtype=np.int32), 0
    for o in range(len(first)):
        left, before = spare[o], size
        for skill in rarest_first(ids[first[o] : last[o]], often):
            if left < 0:
                break
            if weight[skill] > 0:
                left -= weight[skill]
                rare[size] = skill
                size += 1
        if left >= 0:
            size = before
        start[o + 1] = size
    return start, rare[:size].copy()


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


def _sure(records: Records, kind: npt.NDArray[Any], weights: I16, too_much: npt.NDArray[np.bool_]) -> I8:
    """Openings that nobody can carve, whose codes have bits and whose skills are weighed exactly."""
    have_bits = (records["licence_set"] <= LICENCE_SETS) & (records["legal_set"] <= LEGAL_SETS)
    exact = len(weights) <= FOLD and bool(((weights > 0) & (weights <= NOT_LEARNABLE)).all())
    weighed = np.where(kind == HIRING, records["queue"] <= MOST, (kind == UNDESCRIBED) | (exact & ~too_much))
    return np.asarray(have_bits & weighed & (records["task_start"] == records["task_end"]), dtype=np.int8)


def _carved(records: Records, skills: Skills) -> I8:
    """Whether there are tasks to carve, and whether each of them needs a skill."""
    tasks = records["task_end"] - records["task_start"]
    without = np.concatenate([[0], np.cumsum(skills.tasks["skill_start"] == skills.tasks["skill_end"])])
    common = records["common_end"] > records["common_start"]
    needs_skill = common | (without[records["task_end"]] == without[records["task_start"]])
    carved: Any = np.where(tasks == 0, NOT_CARVED, np.where(needs_skill, CARVED_WITH_SKILLS, CARVED))
    return np.asarray(carved, dtype=np.int8)
