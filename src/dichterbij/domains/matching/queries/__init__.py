"""Bridges for a person, in frozen rows: what is near, over which routes, why, and what would bring more near."""

from dichterbij.domains.matching.queries.blockers import NoBridge, without_bridge
from dichterbij.domains.matching.queries.explaining import Explanation, explain
from dichterbij.domains.matching.queries.lifts import Lift, what_brings_more
from dichterbij.domains.matching.queries.near import (
    Bridge,
    OpeningIndex,
    StepWeeks,
    bridges_per_route,
    openings_near,
    routes_near,
    step_weeks,
)
from dichterbij.domains.matching.queries.reach import WITHIN_STEPS, WITHIN_WEEKS, Crowd, Reach, reach
from dichterbij.domains.matching.queries.reached import OnRoute, Reached, reached, routes_side_by_side
from dichterbij.domains.matching.queries.words import StepWords, step_words

__all__ = [
    "WITHIN_STEPS",
    "WITHIN_WEEKS",
    "Bridge",
    "Crowd",
    "Explanation",
    "Lift",
    "NoBridge",
    "OnRoute",
    "OpeningIndex",
    "Reach",
    "Reached",
    "StepWeeks",
    "StepWords",
    "bridges_per_route",
    "explain",
    "openings_near",
    "reach",
    "reached",
    "routes_near",
    "routes_side_by_side",
    "step_weeks",
    "step_words",
    "what_brings_more",
    "without_bridge",
]
