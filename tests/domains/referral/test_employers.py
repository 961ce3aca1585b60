"""Employers' messages arrive as people do: at one desk, seen by whoever has them, and forgotten in time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError

from dichterbij.domains.accounts.actions import acting, load_demo_accounts
from dichterbij.domains.accounts.models import Membership, Organisation
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.openings import actions as openings
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.queries import message_of, sender_of, senders
from dichterbij.domains.openings.seeing import own_work as message_work
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.actions.demo_employers import load_demo_employers, reset_demo_employers
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import About, Tab
from dichterbij.domains.referral.queries.employers import desk_here, handover_of_message, regions_without_desk
from dichterbij.domains.referral.rules import Ending, State
from dichterbij.domains.referral.rules.letters import words_of
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import NotFoundError
from support.employers import ANS, LATER, Sent, do, firms, listed, place
from support.people import as_owner
from support.post import letters
from support.referral import HELPER, MONDAY, World, organisation_of


@pytest.fixture
def world(world_of_employers: World) -> World:
    """A region of this test alone."""
    return world_of_employers


def test_a_message_waits_at_the_desk_of_its_region_with_the_region_s_term(world: World, bakery: Sent) -> None:
    row = bakery.row
    assert (row.state, row.ball.holder, row.ball.owner) == (
        State.SENT, world.wsp.organisation, world.rmt.organisation
    )  # fmt: skip
    assert row.answer_by.isoformat() == "2026-11-26"
    assert listed(world.wsp, Tab.ACCEPT) == [bakery.message.reference]
    assert listed(world.rmt, Tab.WAITING) == [bakery.message.reference]
    (letter,) = letters(row.reference)
    assert letter.recipient.startswith("wsp.")
    assert "Bakkerij" not in letter.text + letter.subject
    assert bakery.message.reference in letter.subject


@pytest.mark.parametrize("of_the_desk", [True, False])
def test_where_nobody_answers_employers_the_message_goes_by_mail(world: World, of_the_desk: bool) -> None:
    Organisation.objects.filter(pk=world.wsp.organisation).update(desk=f"{world.region}-wsp" if of_the_desk else "")
    assert desk_here(f"{world.region}-wsp", world.region) is not None
    with account_work():
        Membership.objects.filter(organisation_id=world.wsp.organisation).update(valid_until=MONDAY.date())
    assert desk_here(f"{world.region}-wsp", world.region) is None
    assert handover_of_message(token=place(world).token) is None
    assert world.region in regions_without_desk(on=MONDAY.date())


def test_the_same_form_again_is_one_hand_over(world: World, bakery: Sent) -> None:
    again = openings.place_message(
        actor="employer", token=bakery.token, message=replace_title(world), sender=ANS, now=LATER,
        compose=lambda _row, _handed: [],
    )  # fmt: skip
    assert again.reference == bakery.message.reference
    assert listed(world.wsp, Tab.ACCEPT) == [bakery.message.reference]


def replace_title(world: World) -> openings.NewMessage:
    return openings.NewMessage(
        "Iets anders", None, 1811, world.region, f"{world.region}-wsp", False, "nl", {}, date(2027, 1, 1)
    )


def test_without_an_organisation_nothing_is_handed_over_and_the_region_is_named(world: World) -> None:
    Organisation.objects.filter(pk=world.wsp.organisation).update(ended_on=MONDAY.date())
    sent = place(world)
    assert handover_of_message(token=sent.token) is None
    assert message_of(token=sent.token).title == "Bakker"


def test_who_has_it_answers_for_it_or_has_the_link_sees_the_firm_and_nobody_else(world: World, bakery: Sent) -> None:
    assert firms(world.wsp, bakery) == firms(world.rmt, bakery) == "Bakkerij Zon"
    assert firms(world.uwv, bakery) == firms(world.coordinator, bakery) == firms(world.loket, bakery) == ""
    own = sender_of(token=bakery.token, actor="employer", purpose="own message", now=LATER)
    assert own is not None
    assert own.person == "Ans Zon"
    assert senders.employer(actor=world.uwv, reference=bakery.message.reference, now=LATER) is None
    assert list(Message.objects.all()) == []  # nobody said who asks
    assert list(Sender.objects.all()) == []


def test_a_query_that_forgot_its_filter_shows_no_other_desk_and_changes_nothing(world: World, bakery: Sent) -> None:
    for actor in (world.uwv, world.coordinator):
        with acting(actor):
            assert not Sender.objects.filter(message__reference=bakery.message.reference).exists()
    with acting(world.wsp):
        mine = Sender.objects.filter(message__reference=bakery.message.reference)
        assert mine.exists()
        assert mine.delete()[0] == 0
    with pytest.raises(DatabaseError), acting(world.wsp):
        Sender.objects.filter(message__reference=bakery.message.reference).update(firm="Iets anders")
    with pytest.raises(DatabaseError), acting(world.wsp):
        Message.objects.filter(reference=bakery.message.reference).update(title="Iets anders")
    with pytest.raises(DatabaseError), acting(world.wsp):
        Sender.objects.create(message=Message.objects.get(reference=bakery.message.reference), **vars(ANS))


def test_a_message_is_open_with_one_desk_and_a_hand_over_is_about_one(world: World, bakery: Sent) -> None:
    row = world.send()
    with pytest.raises(IntegrityError, match="handover_is_about_one"), own_work():
        Handover.objects.filter(pk=row.id).update(message=bakery.message.reference)
    with pytest.raises(IntegrityError, match="handover_of_a_message_is_open_once"), own_work():
        Handover.objects.filter(pk=row.id).update(message=bakery.message.reference, person=None)
    with pytest.raises(IntegrityError, match="handover_answered_is_of_an_employer"), own_work():
        Handover.objects.filter(pk=row.id).update(state="closed", ended_at=LATER, ending="answered")


def test_taken_back_by_the_employer_nobody_waits_and_no_word_stays(world: World, bakery: Sent) -> None:
    do(actions.give_back, world.wsp, bakery, reason="Ans Zon zoekt leerlingen")
    openings.withdraw_message(actor="employer", token=bakery.token, compose=lambda _row: None, now=LATER)
    row, steps = handover_of_message(token=bakery.token) or pytest.fail("gone")
    assert row.state is State.WITHDRAWN
    assert "Ans" not in f"{row}{steps}"
    assert firms(world.rmt, bakery) == ""
    with pytest.raises(NotFoundError):  # the page of people does not end it beside the message
        actions.withdraw_by_person(token=bakery.token, now=LATER)


def test_a_name_is_kept_while_a_desk_still_helps_and_never_past_the_longest_term(world: World) -> None:
    sent = place(world, keep_until=date(2027, 5, 25))
    do(actions.accept, world.wsp, sent)
    soon, late = datetime(2027, 5, 20, 9, tzinfo=UTC), datetime(2027, 12, 1, 9, tzinfo=UTC)
    assert openings.forget_senders(actor="tests", now=soon, dry_run=False).references == ()
    assert message_of(token=sent.token).keep_sender_until.isoformat() == "2027-07-19"
    assert sent.message.reference in openings.forget_senders(actor="tests", now=late, dry_run=True).references
    assert sent.row.state is State.ACCEPTED
    openings.forget_senders(actor="tests", now=late, dry_run=False)
    assert sent.row.state is State.WITHDRAWN
    with message_work():
        assert not Sender.objects.filter(message__reference=sent.message.reference).exists()


def test_a_name_that_nobody_needs_goes_in_time_with_every_reason(world: World, bakery: Sent) -> None:
    do(actions.accept, world.wsp, bakery)
    do(actions.close, world.wsp, bakery, ending=Ending.ANSWERED, answer="Ans, probeer open hiring")
    after = datetime(2027, 6, 1, 9, tzinfo=UTC)
    assert bakery.message.reference in openings.forget_senders(actor="tests", now=after, dry_run=False).references
    row, steps = handover_of_message(token=bakery.token) or pytest.fail("gone")
    assert row.ending is Ending.ANSWERED
    assert "Ans" not in f"{row}{steps}"


def test_people_and_employers_are_filtered_searched_and_counted_apart(world: World, bakery: Sent) -> None:
    person = world.send(to=organisation_of(world.wsp), by=HELPER)
    for about, found in ((About.PEOPLE, [""]), (About.EMPLOYERS, [bakery.message.reference])):
        assert listed(world.wsp, Tab.ACCEPT, about=about) == found
    for text in ("zon", "ans zon", "0612345678", bakery.message.reference.lower(), "bakker"):
        assert listed(world.wsp, Tab.ACCEPT, search=text) == [bakery.message.reference], text
    assert listed(world.uwv, Tab.ACCEPT, search="zon") == []
    size = queries.agenda(actor=world.coordinator, now=LATER).size
    assert (size[About.PEOPLE], size[About.EMPLOYERS]) == (1, 1)
    do(actions.accept, world.wsp, bakery)
    of = queries.figures(region=world.region, since=MONDAY, now=LATER)
    assert (of[About.PEOPLE].sent, of[About.PEOPLE].accepted) == (1, 0)
    assert (of[About.EMPLOYERS].sent, of[About.EMPLOYERS].accepted, of[About.EMPLOYERS].dead_ends) == (1, 1, 0)
    assert person.is_employer is False


def test_two_invented_employers_have_a_story_told_once_and_put_back(codes: Iterator[str]) -> None:
    load_demo_accounts(now=MONDAY - timedelta(days=60))
    assert (load_demo_employers(now=MONDAY), load_demo_employers(now=MONDAY)) == (2, 0)
    wsp, rmt = (
        Actor(demo_id(who), Role.ADVISER, demo_id(desk), "AM15")
        for who, desk in (("bram", "wsp-nhn"), ("anna", "rmt-nhn"))
    )
    answered = queries.today(actor=wsp, tab=Tab.OURS, now=MONDAY, about=About.EMPLOYERS)
    bounced = queries.today(actor=rmt, tab=Tab.ACCEPT, now=MONDAY, about=About.EMPLOYERS)
    assert [row.adviser for row in answered] == [demo_id("bram")]
    assert [row.ball.bounces for row in bounced] == [1]
    with as_owner():
        assert reset_demo_employers(now=MONDAY) == 2
    assert len(queries.today(actor=rmt, tab=Tab.ACCEPT, now=MONDAY, about=About.EMPLOYERS)) == 1
    Organisation.objects.filter(pk=demo_id("landelijk")).update(ended_on=MONDAY.date())  # others have their own


def test_letters_about_an_employer_name_the_reference_of_the_employer_only(world: World, bakery: Sent) -> None:
    row = bakery.row
    do(actions.redirect, world.wsp, bakery, to=organisation_of(world.uwv), reason="Past beter")
    do(actions.accept, world.uwv, bakery)
    do(actions.close, world.uwv, bakery, ending=Ending.HELPED)
    told = letters(row.reference)
    assert told
    assert not [one.subject for one in told if row.reference in one.subject + one.text]
    for about in ("receiver", "reminder", "overdue", "accepted", "moved", "closed", "withdrawn"):
        assert words_of(about, "nl", is_employer=True) == f"{about}_employer"
