"""Employers' messages are answered as people are: accepted, returned, gone up, or closed with a word."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import CameBackError, GoneOnError, OnwardNeededError
from dichterbij.domains.referral.queries import HandoverRow, Tab
from dichterbij.domains.referral.queries.employers import handover_of_message
from dichterbij.domains.referral.rules import Ending, Level, State
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError
from support.employers import LATER, NEXT_WEEK, Sent, do, firms, listed, place
from support.post import letters
from support.referral import HELPER, MONDAY, World, organisation_of


@pytest.fixture
def world(world_of_employers: World) -> World:
    """A region of this test alone."""
    return world_of_employers


def test_accepting_tells_the_employer_and_keeps_who_accepted(world: World, bakery: Sent) -> None:
    row = do(actions.accept, world.wsp, bakery)
    assert row.adviser == world.wsp.user
    assert [one.recipient for one in letters(row.reference) if one.kind == "person"] == ["ans@zon.example"]
    assert listed(world.wsp, Tab.OURS) == [bakery.message.reference]
    assert firms(world.rmt, bakery) == ""  # nobody watches over it any more


def test_returned_it_goes_to_the_region_s_owner_and_the_desk_sees_no_firm_any_more(world: World, bakery: Sent) -> None:
    row = do(actions.give_back, world.wsp, bakery, reason="Zij zoeken leerlingen")
    assert (row.ball.holder, row.ball.level, row.ball.bounces) == (world.rmt.organisation, Level.REGION, 1)
    assert (firms(world.wsp, bakery), firms(world.rmt, bakery)) == ("", "Bakkerij Zon")


def test_nobody_answers_and_it_goes_up_and_the_employer_hears(world: World, bakery: Sent) -> None:
    watched = actions.watch_terms(now=NEXT_WEEK)
    assert bakery.row.reference in watched.escalated
    assert bakery.row.ball.holder == world.rmt.organisation
    told = [one.text for one in letters(bakery.row.reference) if one.kind == "person"]
    assert len(told) == 1
    assert "Sorry" in told[0]


def test_it_does_not_fit_only_together_with_another_desk_and_the_employer_reads_the_whole_story(
    world: World, bakery: Sent
) -> None:
    do(actions.accept, world.wsp, bakery)
    with pytest.raises(OnwardNeededError):
        do(actions.close, world.wsp, bakery, ending=Ending.NOT_SUITABLE)
    first = bakery.row.id
    onward = world.new(to=organisation_of(world.loket), question="Zij zoeken leerlingen")
    do(actions.close, world.wsp, bakery, ending=Ending.NOT_SUITABLE, onward=onward)
    row, steps = handover_of_message(token=bakery.token) or pytest.fail("gone")
    assert (row.ball.holder, row.message, row.person) == (
        world.loket.organisation, bakery.message.reference, None
    )  # fmt: skip
    assert [step.move.value for step in steps] == ["sent", "accepted", "closed", "sent"]
    assert row.id != first
    assert firms(world.loket, bakery) == "Bakkerij Zon"


def test_nobody_found_is_an_answer_that_the_employer_reads(world: World, bakery: Sent) -> None:
    do(actions.accept, world.wsp, bakery)
    with pytest.raises(InputError):
        do(actions.close, world.wsp, bakery, ending=Ending.ANSWERED)
    do(actions.close, world.wsp, bakery, ending=Ending.ANSWERED, answer="Nu niet. Probeer open hiring.")
    row, steps = handover_of_message(token=bakery.token) or pytest.fail("gone")
    assert (row.state, row.ending, steps[-1].reason) == (
        State.CLOSED, Ending.ANSWERED, "Nu niet. Probeer open hiring."
    )  # fmt: skip
    person = world.send()
    actions.accept(actor=world.loket, handover=person.id, version=1, now=LATER)
    with pytest.raises(InputError):
        actions.close(
            actor=world.loket, handover=person.id, version=2, ending=Ending.ANSWERED, answer="Nee", now=LATER
        )  # fmt: skip


def test_who_comes_too_late_hears_where_it_is_and_nobody_else_hears_anything(world: World, bakery: Sent) -> None:
    row = bakery.row
    do(actions.give_back, world.wsp, bakery, reason="Zij zoeken leerlingen")
    with pytest.raises(GoneOnError) as gone:
        actions.accept(actor=world.wsp, handover=row.id, version=1, now=LATER)
    assert gone.value.fields["reference"] == bakery.message.reference
    assert str(gone.value.fields["holder"]).startswith("rmt")
    with pytest.raises(NotFoundError):
        actions.accept(actor=world.uwv, handover=row.id, version=1, now=LATER)


def test_a_bounced_employer_is_not_asked_of_the_same_desk_again_and_goes_up(world: World, bakery: Sent) -> None:
    wsp, uwv = organisation_of(world.wsp), organisation_of(world.uwv)
    do(actions.give_back, world.wsp, bakery, reason="Past niet")
    with pytest.raises(CameBackError):
        do(actions.redirect, world.rmt, bakery, to=wsp, reason="Toch jullie")
    do(actions.redirect, world.rmt, bakery, to=uwv, reason="Kijk eens")
    do(actions.give_back, world.uwv, bakery, reason="Ook niet")
    up = do(actions.give_back, world.rmt, bakery, reason="Twee keer terug")
    assert (up.ball.holder, up.ball.level) == (organisation_of(world.coordinator), Level.COORDINATOR)
    assert do(actions.redirect, world.coordinator, bakery, to=wsp, reason="Ik vraag het zelf").ball.holder == wsp


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["accept", "give_back", "redirect", "close", "watch"]),
        st.sampled_from(["wsp", "loket", "uwv", "rmt", "coordinator", "national"]),
        st.sampled_from(["loket", "uwv", "rmt"]),
    ),
    max_size=6,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOVES)
def test_whatever_desks_do_an_employer_goes_the_way_of_a_person(
    world: World, moves: list[tuple[str, str, str]]
) -> None:
    """The same moves on both: the same ball after each, and the same refusals."""
    sent = place(world)
    person = world.send(to=organisation_of(world.wsp), by=HELPER)
    for number, (move, by, to) in enumerate(moves):
        now, actor = MONDAY + timedelta(days=number), getattr(world, by)
        given_to = organisation_of(getattr(world, to))
        row, other = sent.row, queries.handover(actor=world.coordinator, handover=person.id, now=now)[0]
        assert (row.ball, row.answer_by) == (other.ball, other.answer_by)
        if move == "watch":
            actions.watch_terms(now=now)
            continue
        assert _refused(move, actor, row, given_to, now) == _refused(move, actor, other, given_to, now)


def _refused(move: str, actor: Actor, row: HandoverRow, to: Any, now: datetime) -> str:
    """What kind of refusal it gave; empty when it was done."""
    given = {"actor": actor, "handover": row.id, "version": row.version, "now": now}
    try:
        if move == "accept":
            actions.accept(**given)
        elif move == "give_back":
            actions.give_back(**given, reason="Past niet")
        elif move == "redirect":
            actions.redirect(**given, to=to, reason="Past daar")
        else:
            actions.close(**given, ending=Ending.HELPED)
    except DichterbijError as error:
        return error.code
    return ""
