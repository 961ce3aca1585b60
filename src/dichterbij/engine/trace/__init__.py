"""Why a route does or does not bridge one person and one opening: every rule with what is held, needed and missing.

Plain Python, beside the compiled kernel, because it answers another question: not how near, but why. Tests hold the
two to the same answers.
"""

from datetime import date
from typing import cast

from dichterbij.engine.arrays import ROUTES
from dichterbij.engine.facts import Opening, Person
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.trace.carving import task_rules
from dichterbij.engine.trace.fitting import (
    agreement_rule,
    dayparts_rule,
    demands_rule,
    dutch_rule,
    hours_rule,
    level_rule,
    offered_rule,
    queue_rule,
    start_rule,
)
from dichterbij.engine.trace.licences import legal_rule, licences_rule
from dichterbij.engine.trace.skills import skills_rule
from dichterbij.engine.trace.travel import travel_of, travel_rule
from dichterbij.engine.trace.values import (
    Distance,
    Outcome,
    Pair,
    PairTrace,
    RouteTrace,
    RuleTrace,
    Step,
    weeks_to_start,
)


def explain_pair(person: Person, opening: Opening, parameters: Parameters, *, on: date) -> PairTrace:
    """Every rule of every route for this pair."""
    pair = Pair(person, opening, parameters, on)
    every = [travel_rule(pair), agreement_rule(pair), legal_rule(pair), licences_rule(pair)]
    return PairTrace(person, opening, on, tuple(_route(pair, route, every) for route in ROUTES))


def _route(pair: Pair, route: str, every: list[RuleTrace]) -> RouteTrace:
    """The rules of this route; `every` are those that count for all routes."""
    rules = [offered_rule(pair, route), *every]
    whole = [hours_rule(pair), dayparts_rule(pair), demands_rule(pair)]
    if route == "open_hiring":
        rules += [*whole, queue_rule(pair)]
    elif route == "carving":
        rules += [dutch_rule(pair), *task_rules(pair)]
    else:
        rules += [*whole, dutch_rule(pair), level_rule(pair, route), skills_rule(pair, route)]
    rules.append(start_rule(pair, rules))
    return RouteTrace(route, tuple(rules), _distance(pair, route, rules))


def _distance(pair: Pair, route: str, rules: list[RuleTrace]) -> Distance | None:
    if any(rule.outcome is Outcome.NO for rule in rules):
        return None
    steps = [step for rule in rules for step in rule.steps]
    undescribed = not pair.opening.essential and route != "open_hiring"
    minutes = cast(int, next(rule.held["minutes"] for rule in rules if rule.rule == "travel"))
    counted = sum(step.counted for step in steps)
    return Distance(undescribed, weeks_to_start(rules), counted, sum(step.learning for step in steps), minutes)


__all__ = ["Distance", "Outcome", "PairTrace", "RouteTrace", "RuleTrace", "Step", "explain_pair", "travel_of"]
