"""The rules one by one. Each gives `None` for "no", else the steps and weeks it asks."""

import math
from dataclasses import dataclass, field
from typing import Any

from reference.parameters import everything_after
from reference.world import World

Row = dict[str, Any]
EARTH_RADIUS_METRES = 6_371_008.8
NOT_LEARNABLE = 255


@dataclass
class Gap:
    """What closes a gap: lead weeks by step code, weeks of learning, and steps that are shown but not counted."""

    leads: dict[str, int] = field(default_factory=dict)
    weeks_learning: int = 0
    uncounted: set[str] = field(default_factory=set)


@dataclass
class Journey:
    """How the person gets there, one way; `step` when an e-bike comes first."""

    minutes: int
    mode: str
    step: bool


def lead(step: str, world: World) -> int:
    """Lead weeks of a step without a code."""
    return int(world.parameters["lead_weeks"]["lead"][step])


def metres_between(person: Row, opening: Row, world: World) -> int:
    """Whole metres, straight."""
    # "metres = intrazonal_metres if the pc4's are equal, else the haversine distance 2 R asin(sqrt(h)) of the two
    #  points, R = 6,371,008.8 m, 64-bit, rounded half up."
    if person["pc4"] == opening["pc4"]:
        return int(world.parameters["travel"]["intrazonal_metres"])
    home, work = world.postcodes[person["pc4"]], world.postcodes[opening["pc4"]]
    lat_home, lat_work = math.radians(home.lat), math.radians(work.lat)
    half_north = (lat_work - lat_home) / 2
    half_east = (math.radians(work.lon) - math.radians(home.lon)) / 2
    h = math.sin(half_north) ** 2 + math.cos(lat_home) * math.cos(lat_work) * math.sin(half_east) ** 2
    return math.floor(2 * EARTH_RADIUS_METRES * math.asin(math.sqrt(h)) + 0.5)


def minutes_by(mode: str, metres: int, person: Row, opening: Row, world: World) -> int | None:
    """Minutes one way by `mode`; None when it cannot be used."""
    # "minutes(mode) = fixed + ceil(sum over segments of metres in it x rate / 1,000,000)
    #  + the extra of each water area that holds exactly one of the two points"
    speed = world.parameters["travel"]["modes"][mode]
    total = start = 0
    for end, rate in speed["per_km"]:
        until = metres if end is None else min(metres, end)
        total += max(0, until - start) * rate
        start = max(start, until)
    minutes = speed["fixed"] - (-total // 1_000_000)
    for area in world.parameters["water"]["areas"]:
        home_inside = world.postcodes[person["pc4"]].gm_code in area["municipalities"]
        work_inside = world.postcodes[opening["pc4"]].gm_code in area["municipalities"]
        if home_inside != work_inside:
            # "null = cannot be crossed; a mode not named: 0"; "null extra: that mode cannot be used"
            extra = area["extra"].get(mode, 0)
            if extra is None:
                return None
            minutes += extra
    return int(minutes)


def travel(person: Row, opening: Row, world: World) -> Journey | None:
    """Travel, of every route."""
    metres = metres_between(person, opening, world)
    # "More than 1000 x max_distance_km: no."
    if person["max_distance_km"] is not None and metres > 1000 * person["max_distance_km"]:
        return None
    # "null = unknown: bike and public_transport taken as available"; "walk ... is always available"
    modes = {"bike", "public_transport"} if person["modes"] is None else person["modes"]
    best = None
    # "Best = smallest over walk and the person's modes"; "modes:  # this order decides ties"
    for mode in world.parameters["travel"]["modes"]:
        if mode == "walk" or mode in modes:
            minutes = minutes_by(mode, metres, person, opening, world)
            if minutes is not None and (best is None or minutes < best.minutes):
                best = Journey(minutes, mode, step=False)
    # "Best <= max_travel_minutes: no gap."
    if best is not None and best.minutes <= person["max_travel_minutes"]:
        return best
    # "Else, if ebike_possible, ebike is not among the modes and minutes(ebike) <= max_travel_minutes:
    #  step `ebike`, travel by ebike. Else no."
    if person["ebike_possible"] and "ebike" not in modes:
        minutes = minutes_by("ebike", metres, person, opening, world)
        if minutes is not None and minutes <= person["max_travel_minutes"]:
            return Journey(minutes, "ebike", step=True)
    return None


def walks_there(person: Row, opening: Row, world: World) -> bool:
    """Whether walking alone is within what the person wants to travel."""
    minutes = minutes_by("walk", metres_between(person, opening, world), person, opening, world)
    return minutes is not None and minutes <= person["max_travel_minutes"]


def agreement(person: Row, opening: Row) -> bool:
    """Agreement, of every route."""
    # "Agreement (every route): in the person's list."
    return opening["agreement"] in person["agreements"]


def legal(person: Row, opening: Row) -> bool:
    """Legal, of every route."""
    # "Legal (every route): every code held."; "null = unknown: all taken as held"
    return person["legal"] is None or opening["legal"] <= person["legal"]


def licences(person: Row, opening: Row, world: World) -> Gap | None:
    """Licences, of every route."""
    codes = world.parameters["licences"]["codes"]
    needed = opening["licences"]
    # "A needed code that another needed code includes (and so on) is left out."
    included = {code for other in needed for code in everything_after(other, "includes", codes)}
    # "Held = the person's codes with everything they include, and so on."; "null = unknown: all taken as held"
    if person["licences"] is None:
        return Gap()
    held = set(person["licences"])
    for code in person["licences"]:
        held |= everything_after(code, "includes", codes)
    # "Missing = needed but not held, with the codes those need that are not held, and so on."
    missing: set[str] = set()
    to_do = list(needed - included - held)
    while to_do:
        code = to_do.pop()
        # "A missing code that the table lacks: no."
        if code not in codes:
            return None
        missing.add(code)
        to_do += [other for other in codes[code]["needs"] if other not in held and other not in missing]
    gap = Gap()
    for code in missing:
        # "Each missing code is a step `licence:CODE`"
        gap.leads[f"licence:{code}"] = licence_lead(code, missing, codes)
        # "weeks 0: shown as a step but not counted in `steps`"
        if codes[code]["weeks"] == 0:
            gap.uncounted.add(f"licence:{code}")
    return gap


def licence_lead(code: str, missing: set[str], codes: dict[str, Any]) -> int:
    """Lead weeks of one missing licence."""
    # "its lead weeks = its weeks + the largest lead weeks among the missing codes it needs."
    before = [licence_lead(other, missing, codes) for other in codes[code]["needs"] if other in missing]
    return int(codes[code]["weeks"] + max(before, default=0))


def hours(person: Row, opening: Row) -> bool:
    """Hours, not of carving."""
    # "max(hours_min of both) <= min(hours_max of both)."
    return bool(max(person["hours_min"], opening["hours_min"]) <= min(person["hours_max"], opening["hours_max"]))


def dayparts(person: Row, needed: set[str], world: World) -> Gap | None:
    """Dayparts, of the opening or of the kept tasks."""
    # "Needed and not the person's: none: no gap; all of them in childcare_dayparts: one step `childcare`; else no."
    absent = needed - person["dayparts"]
    if not absent:
        return Gap()
    if absent <= person["childcare_dayparts"]:
        return Gap({"childcare": lead("childcare", world)})
    return None


def dutch(person: Row, opening: Row, world: World) -> Gap | None:
    """Dutch, not of open hiring."""
    # "gap = max(0, needed - held), unknown held = 0 gap."
    gap = 0 if person["dutch"] is None else max(0, opening["dutch"] - person["dutch"])
    if gap == 0:
        return Gap()
    # "gap 1, or 2 with dutch_on_the_job: one step `dutch` of dutch_per_level x gap weeks: weeks_learning if
    #  dutch_on_the_job, else lead weeks. More: no."
    weeks = world.parameters["lead_weeks"]["dutch_per_level"] * gap
    if gap <= 2 and opening["dutch_on_the_job"]:
        return Gap({"dutch": 0}, weeks_learning=weeks)
    if gap == 1:
        return Gap({"dutch": weeks})
    return None


def demands(person: Row, asked: set[str], world: World) -> Gap | None:
    """Demands, of the opening or of the kept tasks."""
    # "Each demand in `avoid`: adaptable: step `adaptation:CODE`; not adaptable: no."
    gap = Gap()
    for code in asked & person["avoid"]:
        if code not in world.parameters["demands"]["adaptable"]:
            return None
        gap.leads[f"adaptation:{code}"] = lead("adaptation", world)
    return gap


def known_level(person: Row) -> int | None:
    """The level, None when unknown."""
    # "null; 7 = unknown too"
    return None if person["level"] == 7 else person["level"]


def level(person: Row, level_min: int | None) -> bool:
    """Level."""
    # "Known level >= level_min."
    held = known_level(person)
    return held is None or level_min is None or held >= level_min


def missing_skills(person: Row, opening: Row) -> set[str]:
    """Essential skills to learn."""
    # "missing = essential minus held."; "null = unknown: no skill is taken as missing"
    return set() if person["skills"] is None else opening["essential"] - person["skills"]


def learn_weeks(person: Row, opening: Row, world: World) -> int | None:
    """L; None when a missing skill cannot be learned."""
    learning = world.parameters["learning"]
    # "S = sum of their learn weeks; 255 for any: cannot be learned."
    total = 0
    for uri in missing_skills(person, opening):
        weeks = weeks_of_skill(uri, learning, world)
        if weeks == NOT_LEARNABLE:
            return None
        total += weeks
    if total == 0:
        return 0
    # "L = ceil(S x list_counts_as / max(list_counts_as, number of essential skills))."
    counts = learning["list_counts_as"]
    return int(-(-total * counts // max(counts, len(opening["essential"]))))


def weeks_of_skill(uri: str, learning: dict[str, Any], world: World) -> int:
    """Weeks to learn one skill."""
    # "by ESCO reuse level; a URI may have its own"; "no reuse level, or a URI ESCO does not know"
    if uri in learning["own"]:
        return int(learning["own"][uri])
    return int(learning["reuse_level"].get(world.reuse_levels.get(uri), learning["unknown"]))
