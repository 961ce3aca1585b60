"""What one opening is held against: people by home, in a few numbers each, and the opening turned towards them."""

from typing import Any

import numpy as np

from dichterbij.engine.arrays import (
    EBIKE,
    I32,
    I64,
    NO_BRIDGE,
    UNREACHABLE,
    WALK,
    Plan,
    Record,
    Records,
    Roads,
    World,
    filled_records,
)
from dichterbij.engine.changes.scan import (
    ADAPTABLE,
    AGREEMENT,
    DAYPART,
    DEMAND,
    DUTCH,
    HEAVIEST,
    LEVEL,
    MOST_DEMANDS,
    MOST_METRES,
    add_held,
    blocks_near,
    concerned,
    farthest_by,
    homes_in_reach,
    postings,
)
from dichterbij.engine.changes.shapes import TRAITS, HomesNear, Question, Standing
from dichterbij.engine.parameters import MODES
from dichterbij.engine.plans import distance
from dichterbij.engine.travel import EARTH_RADIUS

ALL_AGREEMENTS, ALL_DAYPARTS = (1 << 4) - 1, (1 << 5) - 1
ANY_HOURS = (0, 127)
ENOUGH = 1 << 30  # weeks of skills that somebody who does not know is taken to hold


def standing_of(world: World) -> Standing:
    """People as `concerned` looks at them, widest reach of a home first; every list is without a limit."""
    people, adaptable = world.people, int(world.rules[0]["adaptable"])
    home, start = np.unique(people["place"], return_index=True)
    ways, travels = _ways(people, world.rules)
    licences, sets = _licences(world)
    holder_start, holders = postings(people, world.people_ids, len(world.skills.learn_weeks))
    longest_own = people["max_travel_minutes"].astype(np.int64)
    cannot, costs = _bits(people, adaptable)
    reach = reach_of(people, world.rules, world.roads)
    widest = int(reach.max(initial=0))
    traits = {
        "limit": np.full(len(people), NO_BRIDGE, dtype=np.int64),
        "cannot": cannot,
        "costs": costs,
        "assumed": np.where(people["skills_known"] == 1, 0, ENOUGH),
        "longest": people["max_travel_minutes"],
        "way": travels,
        "learn_weeks_max": people["learn_weeks_max"],
        "hours_min": people["hours_min"],
        "hours_max": people["hours_max"],
    }
    return Standing(
        home=home.astype(np.int32),
        start=np.append(start, len(people)).astype(np.int64),
        longest=np.maximum.reduceat(longest_own, start) if len(start) else longest_own,
        reach=reach,
        widest=np.array([(widest + 1) / EARTH_RADIUS, widest]),
        home_limit=np.full(len(home), NO_BRIDGE, dtype=np.int64),
        traits=filled_records(TRAITS, len(people), traits),
        ways=ways >> 1,
        may_step=(ways & 1).astype(np.int8),
        licences=licences,
        licence_lead=np.zeros((sets, 2), dtype=np.int64),
        licence_done=np.zeros(sets, dtype=np.int64),
        holder_start=holder_start,
        holders=holders,
        held_weeks=np.zeros(len(people), dtype=np.int32),
    )


def reach_of(people: Records, rules: Records, roads: Roads) -> I32:
    """Metres beyond which each person cannot come, if there were no water; it only makes it take longer."""
    ways, number = _ways(people, rules)
    classes, of_person = np.unique(number.astype(np.int64) << 32 | people["max_travel_minutes"], return_inverse=True)
    dry = roads._replace(behind=roads.behind[:, :0])
    modes = [ways[own >> 32] >> 1 | (ways[own >> 32] & 1) << EBIKE for own in classes.tolist()]
    farthest = [farthest_by(dry, own, most & 0xFFFFFFFF) for own, most in zip(modes, classes.tolist(), strict=True)]
    reach = np.array(farthest, dtype=np.int64)[of_person]
    own = np.where(people["max_metres"] < 0, MOST_METRES, people["max_metres"])
    return np.minimum(reach, own).astype(np.int32)


class StandingCrowd:
    """People with the limits of their lists, and room to work in."""

    def __init__(self, world: World) -> None:
        self.standing = standing_of(world)
        homes, size = len(self.standing.home), max(1, len(world.people))
        self._near = HomesNear(
            home=np.zeros(homes, dtype=np.int32),
            metres=np.zeros(homes, dtype=np.int64),
            fewest=np.zeros(homes, dtype=np.int64),
            minutes=np.full((homes, len(MODES)), UNREACHABLE, dtype=np.int64),
            blocks=np.zeros((homes + 1, 2), dtype=np.int32),
            people=np.zeros(size, dtype=np.int32),
            found=np.zeros(size, dtype=np.int32),
            keys=np.zeros(size, dtype=np.int64),
        )
        self._questions = 0

    def within_limits(self, world: World, place: int) -> tuple[I32, I64]:
        """Where everybody stands whose bridge to this opening is not farther than their limit, and the distances."""
        self._questions += 1
        question, near, standing = question_of(world, place, self._questions), self._near, self.standing
        skills = world.skills.ids[:0] if question.is_hiring else essential_of(world, place)
        least, work = min(question.floor, question.carved_floor), int(world.openings["place"][place])
        homes = homes_in_reach(world.rules[0], world.roads, standing, work, least, near)
        add_held(standing, near, blocks_near(standing, near, homes), skills, weights_of(world, skills))
        size = concerned(world, standing, question, near, homes)
        return near.found[:size].copy(), near.keys[:size].copy()

    def set_limits(self, world: World, who: I32, limits: I64) -> None:
        """From now on these are the limits of those who stand here."""
        standing = self.standing
        standing.traits["limit"][who] = limits
        for home in np.unique(np.searchsorted(standing.home, world.people["place"][who])).tolist():
            first, last = standing.start[home], standing.start[home + 1]
            standing.home_limit[home] = standing.traits["limit"][first:last].max()


def _ways(people: Records, rules: Records) -> tuple[I64, Any]:
    """The distinct ways to travel, as modes x 2 + 1 when an e-bike may be a step; and each person's number."""
    modes = people["modes"].astype(np.int64)
    modes = np.where(modes < 0, rules["modes_if_unknown"], modes) | 1 << WALK
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


def _bits(people: Records, adaptable: int) -> tuple[I64, I64]:
    """What each person can never take, and what takes a step first."""
    cannot = (~people["agreements"] & ALL_AGREEMENTS).astype(np.int64) << AGREEMENT
    possible = people["dayparts"] | people["childcare_dayparts"]
    cannot |= (~possible & ALL_DAYPARTS).astype(np.int64) << DAYPART
    costs = (~people["dayparts"] & ALL_DAYPARTS).astype(np.int64) << DAYPART
    dutch, level, avoid = people["dutch"], people["level"], people["avoid"]
    for needed in range(1, 5):
        for on_the_job in (0, 1):
            gap = np.where(dutch > 0, needed - dutch, 0)
            bit = DUTCH + 2 * (needed - 1) + on_the_job
            cannot |= (gap > 1 + on_the_job).astype(np.int64) << bit
            costs |= (gap > 0).astype(np.int64) << bit
    for needed in range(1, 7):
        cannot |= ((level > 0) & (level < needed)).astype(np.int64) << (LEVEL + needed)
    return cannot | _not_adaptable(avoid, adaptable), costs | _adaptable(avoid, adaptable)


def _not_adaptable(demands: Any, adaptable: int) -> Any:
    return (demands >> adaptable.bit_length() & ((1 << MOST_DEMANDS) - 1)) << DEMAND


def _adaptable(demands: Any, adaptable: int) -> Any:
    return (demands & adaptable & ((1 << MOST_DEMANDS) - 1)) << ADAPTABLE


def question_of(world: World, place: int, number: int) -> Question:
    """The opening of this record, turned towards the people."""
    opening, rules = world.openings[place], world.rules[0]
    is_hiring, carves = bool(opening["open_hiring"]), opening["task_start"] < opening["task_end"]
    skills = essential_of(world, place)
    weeks = int(weights_of(world, skills).sum())
    undescribed, queue = int(len(skills) == 0 and not is_hiring), int(opening["queue"]) if is_hiring else 0
    floor = distance(rules, Plan(undescribed, queue, 0, 0, 0, 0, 0), 0)
    carved = distance(rules, Plan(undescribed, int(rules["lead_carving"]), 1, 0, 0, 0, 0), 0) if carves else floor
    least, most, need, enough = _carved(world, opening) if carves else (*ANY_HOURS, 0, 0)
    return Question(
        opening=place,
        number=number,
        is_hiring=is_hiring,
        floor=floor,
        step=distance(rules, Plan(0, 0, 1, 0, 0, 0, 0), 0),
        need=_need(opening, int(rules["adaptable"])),
        hours_min=int(opening["hours_min"]),
        hours_max=int(opening["hours_max"]),
        enough=0 if is_hiring else weeks - _weeks_that_may_be_missing(rules, opening, len(skills)),
        weeks=weeks,
        carves=bool(carves),
        carved_floor=carved,
        carved_need=need,
        carved_hours_min=least,
        carved_hours_max=most,
        carved_enough=enough,
    )


def essential_of(world: World, place: int) -> I32:
    """The essential skills of the opening of this record."""
    opening = world.openings[place]
    return world.skills.ids[opening["essential_start"] : opening["essential_end"]]


def weights_of(world: World, skills: I32) -> I32:
    """Weeks to learn each of these skills; no more than sums of them can take."""
    return np.minimum(world.skills.learn_weeks[skills], HEAVIEST).astype(np.int32)


def _weeks_that_may_be_missing(rules: Record, opening: Record, skills: int) -> int:
    """The most weeks of skills that can be learned over any route for the whole job."""
    longest = int(opening["onboarding_weeks"])
    if opening["learning_company"]:
        longest = max(longest, int(rules["cap"]))
    counts_as = int(rules["list_counts_as"])
    if skills <= counts_as:
        return longest
    return longest * skills // counts_as if counts_as else UNREACHABLE


def _need(opening: Record, adaptable: int) -> int:
    """What the opening needs for the whole job, as bits."""
    need = int(opening["dayparts"]) << DAYPART | _every_job(opening)
    demands = int(opening["demands"])
    need |= int(_not_adaptable(demands, adaptable) | _adaptable(demands, adaptable))
    return need | _level(opening, int(opening["level_min"]) - int(opening["learning_company"]))


def _every_job(opening: Record) -> int:
    """What it needs for the whole job and for a part."""
    need = 1 << (AGREEMENT + int(opening["agreement"]))
    if opening["open_hiring"]:
        return need
    return need | 1 << (DUTCH + 2 * (int(opening["dutch"]) - 1) + int(opening["dutch_on_the_job"]))


def _level(opening: Record, level: int) -> int:
    return 1 << (LEVEL + level) if level > 0 and not opening["open_hiring"] else 0


def _carved(world: World, opening: Record) -> tuple[int, int, int, int]:
    """Hours at least and at most, bits and weeks of skills held, without which no part of the job can be done."""
    tasks, ids = world.skills.tasks[opening["task_start"] : opening["task_end"]], world.skills.ids
    total = int(tasks["hours"].sum())
    share = int(opening["carve_max_share"])
    least = max(int(opening["carve_min_tenths"]), -(-total * (1000 - share) // 1000))
    common = int(weights_of(world, ids[opening["common_start"] : opening["common_end"]]).sum())
    of_task = [int(weights_of(world, ids[task["skill_start"] : task["skill_end"]]).sum()) for task in tasks]
    enough, hours = 0, 0
    for weeks, own in sorted(zip(of_task, tasks["hours"].tolist(), strict=True)):
        enough, hours = weeks, hours + own
        if hours >= least:
            break
    need = _every_job(opening) | int(np.bitwise_and.reduce(tasks["dayparts"])) << DAYPART
    demands = int(np.bitwise_and.reduce(tasks["demands"]))
    need |= _not_adaptable(demands, int(world.rules[0]["adaptable"])) | _level(opening, int(tasks["level_min"].min()))
    return -(-least // 10), total // 10, need, common + enough
