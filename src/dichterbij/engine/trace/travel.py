"""Straight line and minutes, with an e-bike as a step."""

from datetime import date

from dichterbij.engine.arrays import UNREACHABLE
from dichterbij.engine.parameters import MODES, Parameters
from dichterbij.engine.rule_arrays import roads_of, rule_records
from dichterbij.engine.trace.values import Outcome, Pair, RuleTrace, Step, Values
from dichterbij.engine.travel import metres_between, minutes_by


def travel_rule(pair: Pair) -> RuleTrace:
    """Straight line and minutes by the quickest mode, with an e-bike as a step."""
    person, opening, parameters = pair.person, pair.opening, pair.parameters
    metres, minutes = travel_of(person.place, opening.place, parameters, pair.on)
    own = {"walk", *(("bike", "public_transport") if person.modes is None else person.modes)}
    usable = [mode.code for mode in parameters.modes if mode.code in own and mode.code in minutes]
    best = min(usable, key=minutes.__getitem__, default=None)
    needed: Values = {"max_travel_minutes": person.max_travel_minutes, "max_distance_km": person.max_distance_km}
    shown: dict[str, object] = {"metres": metres, "modes": minutes}
    if best is not None:
        shown |= {"mode": best, "minutes": minutes[best]}
    if person.max_distance_km is not None and metres > 1000 * person.max_distance_km:
        return RuleTrace("travel", Outcome.NO, shown, needed, change="max_distance_km")
    if best is not None and minutes[best] <= person.max_travel_minutes:
        on_foot = minutes.get("walk", person.max_travel_minutes + 1) <= person.max_travel_minutes
        asked = person.modes is None and not on_foot
        return RuleTrace("travel", Outcome.ASKED if asked else Outcome.OK, shown, needed)
    ebike = minutes.get("ebike")
    if person.ebike_possible and "ebike" not in own and ebike is not None and ebike <= person.max_travel_minutes:
        step = Step("ebike", parameters.lead["ebike"])
        return RuleTrace("travel", Outcome.STEP, shown | {"mode": "ebike", "minutes": ebike}, needed, (step,))
    return RuleTrace("travel", Outcome.NO, shown, needed, change="max_travel_minutes")


def travel_of(home: int, work: int, parameters: Parameters, on: date) -> tuple[int, dict[str, int]]:
    """Metres between two places, and minutes by each mode that can be used."""
    rules, roads = rule_records(parameters, on)[0], roads_of(parameters)
    metres = int(metres_between(rules, roads, home, work))
    minutes = {
        mode.code: int(minutes_by(roads, MODES.index(mode.code), metres, home, work)) for mode in parameters.modes
    }
    return metres, {code: value for code, value in minutes.items() if value < UNREACHABLE}
