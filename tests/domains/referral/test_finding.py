"""Finding places: one row a place, who goes there, and what came of it without following anybody."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.queries import PlaceRow
from dichterbij.domains.referral.rules import Ending
from dichterbij.domains.referral.rules.finding import Going, NewPlace, PlaceKind, overlapping, shown
from dichterbij.shared.errors import InputError, NotFoundError
from support.referral import MONDAY, World

TODAY = MONDAY.date()
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
GOING = st.builds(
    lambda who, since, length: Going(UUID(int=who), since, None if length is None else since + timedelta(days=length)),
    st.integers(1, 3), DAYS, st.one_of(st.none(), st.integers(0, 60)),
)  # fmt: skip


def library(world: World, name: str = "Bibliotheek De Plank") -> UUID:
    code = f"{world.region.lower()}-{len(name)}"
    return actions.add_place(actor=world.wsp, new=NewPlace(code, name, PlaceKind.LIBRARY, "Markt 1"), now=MONDAY)


def only(world: World) -> PlaceRow:
    (row,) = queries.finding_places(actor=world.wsp, on=TODAY)
    return row


@given(GOING, GOING)
def test_who_shares_a_place_shares_it_both_ways(one: Going, other: Going) -> None:
    assert one.together(other) == other.together(one)
    assert not one.together(one)


@given(st.lists(GOING, max_size=6), DAYS)
def test_nobody_shares_a_place_alone(visits: list[Going], on: date) -> None:
    assert len(overlapping(visits, on)) != 1


def test_two_at_one_library_show_as_shared_and_both_stay(world: World) -> None:
    place = library(world)
    for actor, words in ((world.wsp, "dinsdagochtend"), (world.uwv, "elke dag")):
        actions.go_there(actor=actor, place=place, when_words=words, since=TODAY, until=None, now=MONDAY)
    told = {visit.organisation: visit.shares for visit in only(world).visits}
    assert told == {world.wsp.organisation: True, world.uwv.organisation: True}
    actions.stop_going(actor=world.uwv, place=place, on=TODAY - timedelta(days=1), now=MONDAY)
    assert [visit.shares for visit in only(world).visits if visit.until is None] == [False]


def test_the_same_place_is_registered_once(world: World) -> None:
    library(world)
    with pytest.raises(actions.PlaceThereError):
        actions.add_place(
            actor=world.uwv, new=NewPlace("anders", "BIBLIOTHEEK de plank", PlaceKind.LIBRARY), now=MONDAY
        )


@pytest.mark.parametrize("changes", [{"code": "a"}, {"code": "met spatie"}, {"name": " "}, {"where": "x" * 121}])
def test_what_cannot_be_kept_is_said(world: World, changes: dict[str, str]) -> None:
    with pytest.raises(InputError):
        actions.add_place(
            actor=world.wsp, new=replace(NewPlace("code-1", "Markt", PlaceKind.MARKET), **changes), now=MONDAY
        )


def test_a_register_is_of_its_region(world: World, national: object) -> None:
    place = library(world)
    elsewhere = replace(world.wsp, region="ZZ99")
    assert queries.finding_places(actor=elsewhere, on=TODAY) == ()
    with pytest.raises(NotFoundError):
        actions.go_there(actor=elsewhere, place=place, when_words="", since=TODAY, until=None, now=MONDAY)


def test_from_code_to_next_step_only_counts_are_told(world: World) -> None:
    library(world)
    code = only(world).code
    for _ in range(7):
        actions.count_opened(code=code, on=TODAY)
    actions.count_opened(code="no-such-code", on=TODAY)
    rows = [world.send(Through("finding_place", code), place=code) for _ in range(3)]
    for row in rows[:2]:
        actions.accept(actor=world.loket, handover=row.id, version=1, now=MONDAY)
    actions.close(actor=world.loket, handover=rows[0].id, version=2, ending=Ending.LEARNING, now=MONDAY)
    told = only(world).brought
    assert (told.opened, told.registered, told.talked, told.next_step) == (7, 3, 2, 1)
    assert [shown(number) for number in (0, 3, 7)] == [0, None, 7]


def test_progress_stands_against_the_goals_of_the_region(world: World) -> None:
    library(world)
    world.send(Through("finding_place", only(world).code), place=only(world).code)
    actions.set_goals(actor=world.coordinator, region=world.region, places=20, people=500, now=MONDAY)
    found = queries.progress(region=world.region, on=TODAY)
    assert (found.places, found.goal_places, found.people, found.goal_people) == (1, 20, 1, 500)
    with pytest.raises(NotAllowedError):
        actions.set_goals(actor=world.wsp, region=world.region, places=1, people=1, now=MONDAY)


@pytest.mark.parametrize("typed", ["{}", " {} ", "UPPER"])
def test_a_code_is_found_in_whatever_case_it_came(world: World, typed: str) -> None:
    library(world)
    code = only(world).code
    found = queries.place_of_code(code.upper() if typed == "UPPER" else typed.format(code), on=TODAY)
    assert found is not None
    assert (found.code, found.region) == (code, world.region)
    assert queries.place_of_code("../x", on=TODAY) is None
