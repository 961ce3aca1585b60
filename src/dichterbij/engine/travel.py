"""Metres between two postcode points and minutes by each mode. Compiled."""

import math

from dichterbij.engine.arrays import EBIKE, I32, I64, UNREACHABLE, WALK, Record, Roads
from dichterbij.engine.compiled import compiled

EARTH_RADIUS = 6_371_008.8  # metres
PER_KM = 1_000_000  # a rate is in thousandths of a minute per km, a distance in metres
BY_EBIKE_STEP = 8  # added to the mode when the e-bike is a step
OUT_OF_REACH = -1


@compiled
def metres_between(rules: Record, roads: Roads, home: int, work: int) -> int:
    """Straight-line metres between two places, rounded half up; a fixed distance inside one postcode."""
    if home == work:
        return int(rules.intrazonal_metres)
    half_lat = math.sin((roads.latitude[work] - roads.latitude[home]) / 2.0)
    half_lon = math.sin((roads.longitude[work] - roads.longitude[home]) / 2.0)
    across = math.cos(roads.latitude[home]) * math.cos(roads.latitude[work])
    h = half_lat * half_lat + across * half_lon * half_lon
    return math.floor(2.0 * EARTH_RADIUS * math.asin(math.sqrt(h)) + 0.5)


@compiled
def minutes_by(roads: Roads, mode: int, metres: int, home: int, work: int) -> int:
    """Minutes one way by this mode; UNREACHABLE over water that it cannot cross."""
    thousandths = 0
    passed = 0
    for segment in range(roads.segment_start[mode], roads.segment_start[mode + 1]):
        up_to = min(metres, roads.segment_up_to[segment])
        if up_to <= passed:
            break
        thousandths += (up_to - passed) * roads.segment_rate[segment]
        passed = up_to
    minutes = roads.mode_fixed[mode] + (thousandths + PER_KM - 1) // PER_KM
    for area in range(roads.behind.shape[1]):
        if roads.behind[home, area] != roads.behind[work, area]:
            if roads.water_extra[area, mode] == UNREACHABLE:
                return UNREACHABLE
            minutes += roads.water_extra[area, mode]
    return int(min(minutes, UNREACHABLE))


@compiled
def travel_table(rules: Record, roads: Roads, home: int, work_place: I32, metres: I64, minutes: I64) -> None:
    """Fill metres[work] and minutes[mode, work] from one home place; a mode the rules lack stays UNREACHABLE."""
    for work in range(len(work_place)):
        metres[work] = metres_between(rules, roads, home, work_place[work])
        for mode in roads.mode_order:
            minutes[mode, work] = minutes_by(roads, mode, metres[work], home, work_place[work])


@compiled
def best_mode(rules: Record, mode_order: I64, person: Record, minutes: I64, work: int) -> int:
    """The person's quickest mode, + BY_EBIKE_STEP when an e-bike is the step that brings it near; or OUT_OF_REACH."""
    modes = int(person.modes)
    if modes < 0:
        modes = int(rules.modes_if_unknown)
    modes |= 1 << WALK
    best, fewest = OUT_OF_REACH, UNREACHABLE
    for mode in mode_order:
        if (modes >> mode) & 1 and minutes[mode, work] < fewest:
            best, fewest = mode, minutes[mode, work]
    if fewest <= person.max_travel_minutes:
        return best
    may_step = person.ebike_possible != 0 and not (modes >> EBIKE) & 1
    if may_step and minutes[EBIKE, work] <= person.max_travel_minutes:
        return EBIKE + BY_EBIKE_STEP
    return OUT_OF_REACH


@compiled
def within_metres(person: Record, metres: int) -> bool:
    """Not farther than the person wants in a straight line; no limit is -1."""
    return bool(person.max_metres < 0 or metres <= person.max_metres)
