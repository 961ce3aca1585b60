"""What fits a situation, and which questions matter: a question that is not asked could not have changed the answer."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.support.queries import menukaart
from dichterbij.domains.support.rules.kinds import Background, Need, Role, Route, Support
from dichterbij.domains.support.rules.situation import (
    LAST_RESORTS,
    Situation,
    differing_by_background,
    differing_by_route,
    fitting,
    grouped,
    needs_of,
)

TODAY = date(2026, 11, 22)
MENUKAART = menukaart()
NEEDS = st.lists(st.sampled_from(Need), min_size=1, unique=True).map(tuple)
BARE = st.builds(
    Situation, role=st.sampled_from(Role), needs=NEEDS, region=st.sampled_from([None, "AM01", "AM05", "AM14", "AM27"])
)
WHOLE = st.builds(
    Situation,
    role=st.sampled_from(Role),
    needs=NEEDS,
    route=st.sampled_from([None, *Route]),
    background=st.sampled_from([None, *Background]),
    region=st.sampled_from([None, "AM05", "AM27"]),
)


def found(situation: Situation) -> tuple[Support, ...]:
    return fitting(situation, MENUKAART, TODAY)


def with_answers(situation: Situation, route: Route | None, background: Background | None) -> Situation:
    return Situation(situation.role, situation.needs, route, background, situation.region)


@settings(deadline=None)
@given(BARE)
def test_a_route_that_is_not_asked_could_not_have_changed_the_answer(situation: Situation) -> None:
    possible = found(situation)
    changes = any(found(with_answers(situation, route, None)) != possible for route in Route)
    assert bool(differing_by_route(possible)) == changes


@settings(deadline=None)
@given(BARE)
def test_a_background_that_is_not_asked_could_not_have_changed_what_fits(situation: Situation) -> None:
    possible = found(situation)
    changes = any(found(with_answers(situation, None, background)) != possible for background in Background)
    assert bool(differing_by_background(possible)) or not changes


@settings(deadline=None)
@given(WHOLE)
def test_an_answer_only_narrows(situation: Situation) -> None:
    assert set(found(situation)) <= set(found(with_answers(situation, None, None)))


@settings(deadline=None)
@given(WHOLE)
def test_every_item_that_fits_stands_once_under_a_need_it_helps_with_and_last_resorts_stand_last(
    situation: Situation,
) -> None:
    groups = grouped(situation, MENUKAART, TODAY)
    listed = [support for group in groups for support in group.supports]
    assert len(listed) == len(set(listed))
    assert set(listed) == set(found(situation))
    for group in groups:
        assert all(group.need in support.needs for support in group.supports)
        last = [support.support_id in LAST_RESORTS for support in group.supports]
        assert last == sorted(last)


@pytest.mark.parametrize("role", Role)
def test_every_need_that_can_be_chosen_leads_to_something(role: Role) -> None:
    for need in needs_of(role, menukaart(), TODAY):
        assert found(Situation(role, (need,)))


def test_what_has_ended_is_no_longer_offered() -> None:
    everything = Situation(Role.JOB_SEEKER, tuple(Need))
    assert "stap" in {support.support_id for support in fitting(everything, menukaart(), date(2023, 12, 31))}
    assert "stap" not in {support.support_id for support in found(everything)}
