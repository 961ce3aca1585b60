"""What a trace is made of: rules, routes and pairs, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dichterbij.engine.facts import Opening, Person
from dichterbij.engine.parameters import Parameters

Values = Mapping[str, object]


class Outcome(StrEnum):
    """What a rule says about a route."""

    OK = "ok"
    STEP = "step"
    NO = "no"
    ASKED = "asked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Step:
    """A step that closes a gap: weeks before the start, and weeks of learning once started."""

    code: str
    lead: int = 0
    learning: int = 0
    counted: bool = True


@dataclass(frozen=True)
class RuleTrace:
    """One rule: what it says, the values it looked at, the steps it asks for, and what would change a no (a code)."""

    rule: str
    outcome: Outcome
    held: Values = field(default_factory=dict)
    needed: Values = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    change: str | None = None


@dataclass(frozen=True)
class Distance:
    """The five whole numbers of a bridge, in the order in which they compare."""

    undescribed: bool
    weeks_to_start: int
    steps: int
    weeks_learning: int
    travel_minutes: int

    @property
    def key(self) -> tuple[int, int, int, int, int]:
        """What compares: smaller is closer."""
        return (int(self.undescribed), self.weeks_to_start, self.steps, self.weeks_learning, self.travel_minutes)


@dataclass(frozen=True)
class RouteTrace:
    """One route: its rules in order, and its distance when none says no."""

    route: str
    rules: tuple[RuleTrace, ...]
    distance: Distance | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of the route, by code."""
        return tuple(sorted((step for rule in self.rules for step in rule.steps), key=lambda step: step.code))


@dataclass(frozen=True)
class PairTrace:
    """All four routes of one person and one opening."""

    person: Person
    opening: Opening
    on: date
    routes: tuple[RouteTrace, ...]

    @property
    def best(self) -> RouteTrace | None:
        """The route with the smallest distance; on equal distance the first."""
        found = [route for route in self.routes if route.distance]
        return min(found, key=lambda route: route.distance.key if route.distance else (), default=None)


@dataclass(frozen=True)
class Pair:
    """What the rules look at."""

    person: Person
    opening: Opening
    parameters: Parameters
    on: date


def outcome_of(is_ok: bool) -> Outcome:
    """Fits, or does not."""
    return Outcome.OK if is_ok else Outcome.NO


def weeks_to_start(rules: list[RuleTrace]) -> int:
    """The longest lead of all steps, and the wait of an open-hiring list."""
    leads = [step.lead for rule in rules for step in rule.steps]
    queues = [value for rule in rules if isinstance(value := rule.needed.get("queue_weeks"), int)]
    return max([*leads, *queues], default=0)
