"""What one opening is held against: people by home, in a few numbers each, and the opening turned towards them."""

from typing import Any

import numpy as np

from dichterbij.engine.arrays import EBIKE, I32, I64, NO_BRIDGE, WALK, Record, Records, World, starts_of
from dichterbij.engine.changes.scan import Question, Standing
from dichterbij.engine.plans import distance, no_plan

# Bits of what a person can never take and an opening needs: an agreement, a daypart, Dutch, a level, a demand.
AGREEMENT, DAYPART, DUTCH, LEVEL, DEMAND = 0, 4, 9, 17, 24
MOST_DEMANDS = 62 - DEMAND  # those past the last bit are looked at later
ALL_AGREEMENTS, ALL_DAYPARTS = (1 << 4) - 1, (1 << 5) - 1


def standing_of(world: World) -> Standing:
    """People as `concerned` looks at them; every list is taken to be without a limit."""
    people = world.people
    home, start = np.unique(people["place"], return_index=True)
    ends = np.append(start, len(people)).astype(np.int64)
    ways, travels = _ways(world)
    licences, count = _licences(world)
    longest_own = people["max_travel_minutes"].astype(np.int64)
    return Standing(
        home=home.astype(np.int32),
        start=ends,
        longest=np.maximum.reduceat(longest_own, start) if len(start) else longest_own,
        home_limit=np.full(len(home), NO_BRIDGE, dtype=np.int64),
        limit=np.full(len(people), NO_BRIDGE, dtype=np.int64),
        cannot=_cannot(people, int(world.rules[0]["adaptable"])),
        hours_min=people["hours_min"].astype(np.int8),
        hours_max=people["hours_max"].astype(np.int8),
        travels=travels,
        ways=ways >> 1,
        may_step=(ways & 1).astype(np.int8),
        longest_own=people["max_travel_minutes"].astype(np.int16),
        licences=licences,
        licence_lead=np.zeros((count, 2), dtype=np.int64),
        licence_done=np.zeros(count, dtype=np.int64),
    )


def _ways(world: World) -> tuple[I64, Any]:
    """The distinct ways to travel, as modes x 2 + 1 when an e-bike may be a step; and each person's number."""
    people = world.people
    modes = people["modes"].astype(np.int64)
    modes = np.where(modes < 0, world.rules["modes_if_unknown"], modes) | 1 << WALK
    may_step = (people["ebike_possible"] != 0) & (modes >> EBIKE & 1 == 0)
    ways, number = np.unique(modes << 1 | may_step, return_inverse=True)
    return ways, number.astype(np.int16)


def _licences(world: World) -> tuple[I32, int]:
    """Number of each person's set of licences, and how many there are."""
    people, ids = world.people, world.people_ids
    number: dict[bytes, int] = {}
    spans = zip(people["licence_start"].tolist(), people["licence_end"].tolist(), strict=True)
    numbers = [number.setdefault(ids[first:last].tobytes(), len(number)) for first, last in spans]
    return np.array(numbers, dtype=np.int32), max(1, len(number))


def _cannot(people: Records, adaptable: int) -> I64:
    """What each person can never take, as bits."""
    bits = ((~people["agreements"] & ALL_AGREEMENTS).astype(np.int64)) << AGREEMENT
    possible = people["dayparts"] | people["childcare_dayparts"]
    bits |= (~possible & ALL_DAYPARTS).astype(np.int64) << DAYPART
    dutch, level = people["dutch"], people["level"]
    for needed in range(1, 5):
        for on_the_job in (0, 1):
            too_far = (dutch > 0) & (needed - dutch > 1 + on_the_job)
            bits |= too_far.astype(np.int64) << (DUTCH + 2 * (needed - 1) + on_the_job)
    for needed in range(1, 7):
        bits |= ((level > 0) & (level < needed)).astype(np.int64) << (LEVEL + needed)
    return bits | _demands(people["avoid"], adaptable)


def _demands(demands: Any, adaptable: int) -> Any:
    """The demands that cannot be adapted, as bits."""
    shift = adaptable.bit_length()
    return (demands >> shift & ((1 << MOST_DEMANDS) - 1)) << DEMAND


def question_of(world: World, place: int, number: int) -> Question:
    """The opening of this record, turned towards the people."""
    opening, rules = world.openings[place], world.rules[0]
    is_whole = opening["task_start"] == opening["task_end"]
    weeks = np.zeros(len(world.held.skill), dtype=np.int64)
    own = world.skills.ids[opening["essential_start"] : opening["essential_end"]]
    weeks[own] = world.skills.learn_weeks[own]
    undescribed = int(len(own) == 0 and not opening["open_hiring"])
    lead = int(opening["queue"]) if opening["open_hiring"] else 0
    plan = no_plan()._replace(undescribed=undescribed, weeks=lead)
    return Question(
        opening=place,
        number=number,
        floor=distance(rules, plan, 0),
        need=_need(opening, int(rules["adaptable"]), is_whole),
        hours_min=int(opening["hours_min"]) if is_whole else 0,
        hours_max=int(opening["hours_max"]) if is_whole else 127,
        weeks=weeks,
        total=int(weeks.sum()),
        is_whole=bool(is_whole and not opening["open_hiring"]),
    )


def _need(opening: Record, adaptable: int, is_whole: bool) -> int:
    """What the opening needs over every route, as bits."""
    need = 1 << (AGREEMENT + int(opening["agreement"]))
    if not opening["open_hiring"]:
        need |= 1 << (DUTCH + 2 * (int(opening["dutch"]) - 1) + int(opening["dutch_on_the_job"]))
    if not is_whole:
        return need
    need |= int(opening["dayparts"]) << DAYPART | int(_demands(int(opening["demands"]), adaptable))
    level = int(opening["level_min"]) - int(opening["learning_company"])
    if level > 0 and not opening["open_hiring"]:
        need |= 1 << (LEVEL + level)
    return need
