"""Handing somebody over, and what every desk may then do and see."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.people import queries as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import (
    ChangedError,
    NobodyToReceiveError,
    NotPossibleError,
    OnwardNeededError,
    ThereAlreadyError,
)
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import Tab
from dichterbij.domains.referral.queries.letters import reference
from dichterbij.domains.referral.queries.own import goes_on
from dichterbij.domains.referral.rules import Ending, Level, Move, State
from dichterbij.shared.errors import InputError, NotFoundError
from support.people import new_person, register
from support.post import letters
from support.referral import HELPER, MONDAY, World, make_actor, organisation_of

LATER = MONDAY + timedelta(hours=3)


def names(actor: Actor, row: UUID) -> set[str]:
    return set(people.names(actor=actor, people=[row], purpose="hand_over", now=LATER).values())


def seen(actor: Actor) -> dict[Tab, list[str]]:
    return {tab: [row.reference for row in queries.today(actor=actor, tab=tab, now=LATER)] for tab in Tab}


def test_a_desk_hands_over_and_stays_the_owner_until_it_is_accepted(world: World) -> None:
    row = world.send()
    assert (row.state, row.ball.holder, row.ball.owner) == (
        State.SENT,
        world.loket.organisation,
        world.wsp.organisation,
    )
    assert row.answer_by.isoformat() == "2026-11-26"
    assert seen(world.wsp)[Tab.WAITING] == [row.reference]
    assert seen(world.loket)[Tab.ACCEPT] == [row.reference]
    after = actions.accept(actor=world.loket, handover=row.id, version=row.version, now=LATER)
    assert (after.state, after.ball.owner, after.accepted_at) == (State.ACCEPTED, world.loket.organisation, LATER)
    assert seen(world.loket)[Tab.OURS] == [row.reference]
    assert seen(world.wsp)[Tab.WAITING] == []


def test_the_receiver_sees_the_person_and_nobody_else_does(world: World) -> None:
    row = world.send()
    assert names(world.loket, row.person) == names(world.wsp, row.person) == {"Sami"}
    assert names(world.uwv, row.person) == names(world.rmt, row.person) == names(world.coordinator, row.person) == set()
    assert all(found == [] for found in seen(world.uwv).values())
    with pytest.raises(NotFoundError):
        queries.handover(actor=world.uwv, handover=row.id, now=LATER)


def test_what_goes_along_is_there_for_the_receiver(world: World) -> None:
    row = world.send()
    found = people.person(actor=world.loket, person=row.person, purpose="hand_over", now=LATER)
    assert found.profile == {"pc4": 1811, "hours_max": 24}
    assert found.contacts[0].kind == "phone"


def test_whoever_accepted_guides_the_person_from_then_on(world: World) -> None:
    row = world.send()
    with pytest.raises(NotFoundError):
        people.person(actor=world.loket, person=row.person, purpose="guide_person", now=LATER)
    actions.accept(actor=world.loket, handover=row.id, version=1, now=LATER)
    assert people.person(actor=world.loket, person=row.person, purpose="guide_person", now=LATER).name == "Sami"


def test_a_helper_needs_no_account_and_the_region_s_owner_answers_for_it(world: World) -> None:
    row = world.send(HELPER, sender_words="de buurvrouw")
    assert (row.from_organisation, row.ball.owner) == (None, world.rmt.organisation)
    assert names(world.rmt, row.person) == {"Sami"}
    assert seen(world.rmt)[Tab.WAITING] == [row.reference]


def test_somebody_whom_the_desk_knows_already_is_handed_over_without_asking_again(world: World) -> None:
    from support.people import Desk

    person = register(Desk(organisation_of(world.wsp), world.wsp))
    row = world.send(person=person)
    assert row.person == person
    assert names(world.loket, person) == {"Sami"}


def test_nobody_hands_over_whom_they_may_not_see(world: World) -> None:
    from support.people import Desk

    person = register(Desk(organisation_of(world.uwv), world.uwv))
    with pytest.raises(NotFoundError):
        world.send(person=person)


def test_returned_it_goes_to_the_named_owner_with_the_reason_and_the_first_desk_sees_nothing_more(world: World) -> None:
    row = world.send()
    after = actions.give_back(actor=world.loket, handover=row.id, version=1, reason="Woont  elders", now=LATER)
    assert (after.ball.holder, after.ball.owner, after.ball.level) == (
        world.rmt.organisation, world.rmt.organisation, Level.REGION,
    )  # fmt: skip
    assert names(world.rmt, row.person) == {"Sami"}
    assert names(world.loket, row.person) == set()
    _row, steps = queries.handover(actor=world.rmt, handover=row.id, now=LATER)
    assert [(step.move, step.reason) for step in steps] == [(Move.SENT, ""), (Move.RETURNED, "Woont elders")]


def test_sent_on_once_it_goes_to_that_desk_and_the_second_time_to_the_named_owner(world: World) -> None:
    row = world.send()
    uwv = organisation_of(world.uwv)
    once = actions.redirect(actor=world.loket, handover=row.id, version=1, to=uwv, reason="Past beter", now=LATER)
    assert (once.ball.holder, once.ball.owner) == (uwv, world.rmt.organisation)
    twice = actions.redirect(
        actor=world.uwv, handover=row.id, version=2, to=organisation_of(world.loket), reason="Nee", now=LATER
    )
    assert (twice.ball.holder, twice.ball.bounces) == (world.rmt.organisation, 2)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_reason_nothing_comes_back(world: World, reason: str) -> None:
    row = world.send()
    with pytest.raises(InputError):
        actions.give_back(actor=world.loket, handover=row.id, version=1, reason=reason, now=LATER)
    assert seen(world.loket)[Tab.ACCEPT] == [row.reference]


def test_not_suitable_is_closed_only_together_with_the_next_hand_over(world: World) -> None:
    row = world.send()
    actions.accept(actor=world.loket, handover=row.id, version=1, now=LATER)
    with pytest.raises(OnwardNeededError):
        actions.close(actor=world.loket, handover=row.id, version=2, ending=Ending.NOT_SUITABLE, now=LATER)
    onward = world.new(to=organisation_of(world.uwv), question="Eerst iets met inkomen")
    closed = actions.close(
        actor=world.loket, handover=row.id, version=2, ending=Ending.NOT_SUITABLE, onward=onward, now=LATER
    )
    assert (closed.state, closed.ending) == (State.CLOSED, Ending.NOT_SUITABLE)
    assert closed.onward is not None
    new, _steps = queries.handover(actor=world.uwv, handover=closed.onward, now=LATER)
    assert (new.person, new.ball.owner) == (row.person, world.loket.organisation)


def test_the_person_gets_the_link_of_what_came_in_its_place_and_the_old_page_leads_on(world: World) -> None:
    first = world.new(person=replace(new_person(email="sami@example.nl"), region=world.region))
    row = actions.hand_over(by=HELPER, new=first, now=MONDAY)
    actions.accept(actor=world.loket, handover=row.id, version=1, now=LATER)
    onward = world.new(to=organisation_of(world.uwv), link="https://dichterbij.example/nl/overdracht/nieuw/")
    closed = actions.close(
        actor=world.loket, handover=row.id, version=2, ending=Ending.NOT_SUITABLE, onward=onward, now=LATER
    )
    assert closed.onward is not None
    (letter,) = letters(reference(closed.onward), kind="person")
    assert letter.recipient == "sami@example.nl"
    assert "https://dichterbij.example/nl/overdracht/nieuw/" in letter.text
    last = goes_on(queries.handover_of(token=first.token)[0])
    assert last is not None
    assert (last[0].id, last[0].ball.holder) == (closed.onward, world.uwv.organisation)
    assert goes_on(queries.handover_of(token=onward.token)[0]) is None


def test_onward_without_the_person_s_yes_closes_nothing(world: World) -> None:
    row = world.send()
    actions.accept(actor=world.loket, handover=row.id, version=1, now=LATER)
    onward = world.new(to=organisation_of(world.uwv), agreed=False)
    with pytest.raises(InputError, match="agreed"):
        actions.close(
            actor=world.loket, handover=row.id, version=2, ending=Ending.NOT_SUITABLE, onward=onward, now=LATER
        )
    assert seen(world.loket)[Tab.OURS] == [row.reference]


def test_the_person_stops_it_by_the_link_and_the_desk_sees_them_no_more(world: World) -> None:
    new = world.new()
    row = actions.hand_over(by=HELPER, new=new, now=MONDAY)
    after = actions.withdraw_by_person(token=new.token, now=LATER)
    assert after.state is State.WITHDRAWN
    assert names(world.loket, row.person) == names(world.rmt, row.person) == set()
    shown, steps = queries.handover_of(token=new.token)
    assert (shown.reference, steps[-1].move) == (row.reference, Move.WITHDRAWN)


def test_somebody_who_is_open_with_a_desk_is_not_handed_over_there_again_until_that_ended(world: World) -> None:
    row = world.send()
    with pytest.raises(ThereAlreadyError) as there:
        world.send(person=row.person)
    assert there.value.fields["handover"] == str(row.id)
    actions.withdraw(actor=world.wsp, handover=row.id, version=1, reason="Heeft al werk", now=LATER)
    assert world.send(person=row.person).state is State.SENT


def test_a_desk_with_two_requests_of_one_person_keeps_the_name_when_one_ends(world: World) -> None:
    first, uwv = world.send(), organisation_of(world.uwv)
    second = world.send(person=first.person, to=uwv)
    given = {"actor": world.uwv, "to": organisation_of(world.loket), "reason": "Past daar", "now": LATER}
    second = actions.redirect(handover=second.id, version=1, **given)
    actions.give_back(actor=world.loket, handover=first.id, version=1, reason="Past niet", now=LATER)
    assert names(world.loket, first.person) == {"Sami"}
    actions.give_back(actor=world.loket, handover=second.id, version=2, reason="Past niet", now=LATER)
    assert names(world.loket, first.person) == set()


def test_a_link_opens_its_own_hand_over_and_no_other(world: World) -> None:
    world.send()
    for token in ("", "x" * 40, new_person().name):
        with pytest.raises(NotFoundError):
            queries.handover_of(token=token)


def test_the_same_form_sent_twice_is_one_hand_over_and_one_person(world: World) -> None:
    new = world.new()
    first = actions.hand_over(by=world.wsp, new=new, now=MONDAY)
    again = actions.hand_over(by=world.wsp, new=replace(new, question="Anders"), now=LATER)
    assert (again.id, again.person, again.question) == (first.id, first.person, first.question)
    assert len(seen(world.loket)[Tab.ACCEPT]) == 1


@pytest.mark.parametrize(
    "changes",
    [{"agreed": False}, {"question": " "}, {"question": "x" * 301}, {"token": "short"}, {"sender_words": "x" * 121}],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_kept(world: World, changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        world.send(**changes)
    assert seen(world.loket)[Tab.ACCEPT] == []


def test_an_organisation_that_is_not_there_receives_nobody(world: World) -> None:
    with pytest.raises(NobodyToReceiveError):
        world.send(to=uuid4())
    with pytest.raises(NotPossibleError):
        world.send(to=organisation_of(world.wsp))


def test_nobody_is_sent_on_to_an_organisation_that_receives_nobody(world: World) -> None:
    row = world.send()
    employer = make_actor(world.region, "employer", Role.ADVISER)
    ended = make_actor(world.region, "partner", Role.ADVISER)
    Organisation.objects.filter(pk=organisation_of(ended)).update(ended_on=MONDAY.date())
    for to in (organisation_of(employer), organisation_of(ended), uuid4()):
        with pytest.raises(NobodyToReceiveError):
            actions.redirect(actor=world.loket, handover=row.id, version=1, to=to, reason="Past beter", now=LATER)
    assert names(employer, row.person) == names(ended, row.person) == set()
    assert seen(world.loket)[Tab.ACCEPT] == [row.reference]


@pytest.mark.parametrize("role", [Role.STEERING_GROUP, Role.RESEARCHER, Role.SCHEME_OFFICER, Role.ADMINISTRATOR])
def test_a_role_that_does_not_hand_over_cannot_even_with_the_right_organisation(world: World, role: Role) -> None:
    row = world.send()
    stranger = Actor(uuid4(), role, world.loket.organisation, world.region)
    with pytest.raises(NotAllowedError):
        actions.accept(actor=stranger, handover=row.id, version=1, now=LATER)
    with pytest.raises(NotAllowedError):
        queries.counts(actor=stranger, now=LATER)


def test_a_page_that_is_older_than_the_last_move_changes_nothing(world: World) -> None:
    row = world.send()
    uwv = organisation_of(world.uwv)
    actions.redirect(actor=world.loket, handover=row.id, version=1, to=uwv, reason="Past beter", now=LATER)
    with pytest.raises(ChangedError):
        actions.accept(actor=world.uwv, handover=row.id, version=1, now=LATER)
    with pytest.raises((ChangedError, NotFoundError)):
        actions.accept(actor=world.loket, handover=row.id, version=1, now=LATER)


def test_every_move_is_one_event_without_a_word_about_the_person(world: World) -> None:
    row = world.send()
    actions.accept(actor=world.loket, handover=row.id, version=1, now=LATER)
    event = latest_events(action="referral.accepted")[0]
    assert (event.actor, event.data["reference"]) == (str(world.loket), row.reference)
    text = str([event.data, latest_events(action="referral.sent")[0].data])
    assert "Sami" not in text
    assert "zorg" not in text


def test_the_coordinator_sees_the_region_without_names_and_another_region_nothing(
    world: World, national: Actor
) -> None:
    row = world.send()
    found = queries.agenda(actor=world.coordinator, now=LATER).rows
    assert [one.reference for one in found] == [row.reference]
    assert names(world.coordinator, row.person) == set()
    elsewhere = replace(world.coordinator, organisation=uuid4(), region="ZZ99")
    assert queries.agenda(actor=elsewhere, now=LATER).rows == ()


def test_what_bounced_comes_first_however_many_wait(world: World) -> None:
    early = world.send(now=MONDAY - timedelta(days=14))
    bounced = world.send()
    actions.give_back(actor=world.loket, handover=bounced.id, version=1, reason="Past niet", now=LATER)
    (first,) = queries.agenda(actor=world.coordinator, now=LATER, limit=1).rows
    assert first.id == bounced.id
    assert [row.id for row in queries.agenda(actor=world.coordinator, now=LATER).rows] == [bounced.id, early.id]


def test_a_query_that_forgets_its_filter_gives_only_what_is_ours(world: World, national: Actor) -> None:
    from support.referral import make_world

    other = make_world(national)
    mine, theirs = world.send(), other.send()
    with acting(world.loket):
        assert [row.reference for row in Handover.objects.all()] == [mine.reference]
    with acting(other.uwv):
        assert not Handover.objects.filter(pk__in=[mine.id, theirs.id]).exists()
    assert not Handover.objects.exists(), "nobody said who acts: no rows"


def test_search_finds_by_name_phone_reference_and_words(world: World) -> None:
    mina = replace(new_person("Mina Verzonnen", phone="06 8765 4321"), region=world.region)
    row = world.send(person=mina, question="Iets met planten")
    world.send()
    for text in ("mina", "0687654321", row.reference.lower(), row.reference[3:], "planten"):
        found = queries.today(actor=world.loket, tab=Tab.ACCEPT, now=LATER, search=text)
        assert [one.reference for one in found] == [row.reference], text
    assert not any(queries.look(actor=world.loket, tab=Tab.ACCEPT, now=LATER, search="niemand zo").found.values())


def test_the_counts_are_those_of_the_lists(world: World) -> None:
    for _ in range(3):
        world.send()
    row = world.send()
    actions.accept(actor=world.loket, handover=row.id, version=1, now=LATER)
    number = queries.counts(actor=world.loket, now=LATER)
    assert number == {Tab.ACCEPT: 3, Tab.WAITING: 0, Tab.OVERDUE: 0, Tab.OURS: 1, Tab.DONE: 0}


def test_the_person_s_own_hand_over_says_so(world: World) -> None:
    row = world.send(Through("self", ""))
    assert (row.from_organisation, row.sender_words) == (None, "")


def test_a_partner_hands_over_and_receives_with_the_person_s_consent(world: World) -> None:
    library = make_actor(world.region, "partner", Role.ADVISER)
    row = world.send(library)
    assert names(library, row.person) == names(world.loket, row.person) == {"Sami"}
    other = world.send(to=organisation_of(library))
    actions.accept(actor=library, handover=other.id, version=1, now=LATER)
    assert people.person(actor=library, person=other.person, purpose="guide_person", now=LATER).name == "Sami"
