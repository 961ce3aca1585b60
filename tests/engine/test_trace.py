"""The explanation and the kernel are two tellings of the same rules: on every pair and route they must agree."""

import numpy as np
import pytest

from dichterbij.engine import openings_from_rows, people_from_rows
from dichterbij.engine.arrays import KEY, LEARNING, MINUTES, NO_BRIDGE, ROUTES, STEPS, UNDESCRIBED, WEEKS
from dichterbij.engine.facts import opening_at_row, person_at
from dichterbij.engine.matching import matcher_of, numbers_of_pairs, pairs
from dichterbij.engine.trace import Outcome, explain_pair
from engine.rows import TODAY, Invented, opening, packaged, person, trace_of

NUMBERS = (UNDESCRIBED, WEEKS, STEPS, LEARNING, MINUTES)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (1, 2, 3))])
def test_trace_gives_the_kernels_distance_steps_and_questions_on_every_route(seed: int) -> None:
    invented, parameters = Invented(seed), packaged()
    people = people_from_rows(invented.people(40), parameters)
    openings = openings_from_rows(invented.openings(60), parameters)
    matcher = matcher_of(people, openings, parameters, on=TODAY, seed=0, threads=1)
    world, every = matcher.worlds[0], np.arange(len(openings), dtype=np.int32)
    work = [opening_at_row(openings, int(matcher.index.row_of[at]), parameters) for at in every]
    found = dict.fromkeys(ROUTES, 0)
    for who in range(len(people)):
        pair = np.full(len(every), who, dtype=np.int32), every
        traces = [explain_pair(person_at(people, who, parameters), one, parameters, on=TODAY) for one in work]
        best = numbers_of_pairs(world, *pair)[:, KEY]
        for route, name in enumerate(ROUTES):
            numbers = numbers_of_pairs(world, *pair, route)
            for at, told in enumerate(traces):
                distance = told.routes[route].distance
                assert (distance is None) == (numbers[at, KEY] == NO_BRIDGE), (told.routes[route], numbers[at])
                if distance is not None:
                    assert distance.key == tuple(numbers[at, list(NUMBERS)])
                    found[name] += 1
        for at, told in enumerate(traces):
            assert (told.best is None) == (best[at] == NO_BRIDGE)
        near = np.flatnonzero(best != NO_BRIDGE).astype(np.int32)
        rows = list(pairs(matcher, world, np.full(len(near), who, dtype=np.int32), near, position=None).rows())
        for row, at in zip(rows, near, strict=True):
            told = traces[at].best
            assert told is not None
            assert (row["route"], row["step_codes"]) == (told.route, [step.code for step in told.steps])
    assert sum(found.values()) > 50


def test_a_gap_that_an_e_bike_closes_says_so_and_one_that_nothing_closes_says_what_would() -> None:
    near = trace_of(person(modes=[], max_travel_minutes=15), opening(pc4=3526))
    far = trace_of(person(modes=[], max_travel_minutes=15), opening(pc4=9711))
    assert [rule.outcome for rule in near.routes[0].rules if rule.rule == "travel"] == [Outcome.STEP]
    assert [rule.change for rule in far.routes[0].rules if rule.rule == "travel"] == ["max_travel_minutes"]


def test_what_is_unknown_is_asked_and_not_held_against_anybody() -> None:
    told = trace_of(person(), opening(dutch=3, level_min=4, licences=["B"], legal=["nurse"]))
    direct = told.routes[0]
    asked = {rule.rule for rule in direct.rules if rule.outcome is Outcome.ASKED}
    assert direct.distance is not None
    assert asked == {"dutch", "level", "licences", "legal", "skills"}


def test_the_other_routes_of_an_open_hiring_place_are_closed() -> None:
    told = trace_of(person(), opening(open_hiring=True, queue_weeks=2))
    assert [route.distance is not None for route in told.routes] == [False, True, False, False]
    assert told.best is not None
    assert told.best.distance is not None
    assert told.best.distance.weeks_to_start == 2
