"""An employer's message goes from hand to hand as a person does; whoever has it sees who sent it, and nobody else."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.domains.accounts.actions import acting, load_demo_accounts
from dichterbij.domains.accounts.models import Membership, Organisation
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.openings import actions as openings
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.queries import MessageRow, message_of, sender_of, senders
from dichterbij.domains.openings.seeing import own_work as message_work
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.actions.demo_employers import load_demo_employers, reset_demo_employers
from dichterbij.domains.referral.errors import CameBackError, GoneOnError, OnwardNeededError
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import About, HandoverRow, Tab
from dichterbij.domains.referral.queries.employers import desk_here, handover_of_message, regions_without_desk
from dichterbij.domains.referral.rules import Ending, Level, State
from dichterbij.domains.referral.rules.letters import words_of
from dichterbij.domains.referral.seeing import own_work
from dichterbij.domains.regions import actions as regions
from dichterbij.domains.regions.queries import areas
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError
from support.people import as_owner
from support.post import letters
from support.referral import HELPER, MONDAY, World, make_world, organisation_of

DEMO, ALSO_DEMO = "AM15", "AM05"
LATER = MONDAY + timedelta(hours=3)
NEXT_WEEK = MONDAY + timedelta(days=7)
ANS = openings.NewSender(
    "Bakkerij Zon", "Ans Zon", "ans@zon.example", "0612345678", "Kan het snel?", "Brood snijden", ""
)


@dataclass(frozen=True)
class Sent:
    """A message with its secret."""

    token: str
    message: MessageRow

    @property
    def row(self) -> HandoverRow:
        """Its hand-over as it is now."""
        found = handover_of_message(token=self.token)
        assert found is not None
        return found[0]


@pytest.fixture(scope="module")
def codes(site: None) -> Iterator[Iterator[str]]:
    """Regions as there are, one for each test."""
    with as_owner():
        load_reference(sets=regions.reference_sets(), actor="tests", now=MONDAY)
    return iter(sorted(row.code for row in areas.regions() if row.code not in (DEMO, ALSO_DEMO)))


@pytest.fixture
def world(national: Actor, codes: Iterator[str]) -> Iterator[World]:
    """A region of this test alone; afterwards nothing of it waits."""
    made = make_world(national, next(codes))
    Organisation.objects.filter(pk=made.wsp.organisation).update(desk=f"{made.region}-wsp")
    yield made
    with own_work():
        Handover.objects.filter(region=made.region, state="sent").update(state="withdrawn", ended_at=MONDAY)


@pytest.fixture
def bakery(world: World) -> Sent:
    """A baker is asked of this region."""
    return place(world)


def place(world: World, *, keep_until: date = date(2027, 5, 25), now: datetime = MONDAY) -> Sent:
    """A message of an employer in this region, whose desk for employers is the WSP."""
    token = secrets.token_urlsafe(32)
    message = openings.NewMessage(
        "Bakker", None, 1811, world.region, f"{world.region}-wsp", False, "nl", {"people": 2}, keep_until
    )
    placed = openings.place_message(
        actor="employer", token=token, message=message, sender=ANS, now=now, compose=lambda _row, _handed: []
    )
    return Sent(token, placed)


def firms(actor: Actor, sent: Sent) -> str:
    """The firm as this actor's list shows it; empty when it does not."""
    line = senders.employers(actor=actor, references=[sent.message.reference], now=LATER).get(sent.message.reference)
    return line.firm if line else ""


def do(action: Any, actor: Actor, sent: Sent, **given: Any) -> HandoverRow:
    """A move on the hand-over of this message, as it is now."""
    row = sent.row
    done: HandoverRow = action(**{"actor": actor, "handover": row.id, "version": row.version, "now": LATER} | given)
    return done


def listed(actor: Actor, tab: Tab, **given: Any) -> list[str]:
    return [row.message for row in queries.today(actor=actor, tab=tab, now=LATER, **given)]


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
    size = queries.agenda_size(actor=world.coordinator, now=LATER)
    assert (size[About.PEOPLE], size[About.EMPLOYERS]) == (1, 1)
    do(actions.accept, world.wsp, bakery)
    of = {about: queries.figures(region=world.region, since=MONDAY, now=LATER, about=about) for about in About}
    assert (of[About.PEOPLE].sent, of[About.PEOPLE].accepted) == (1, 0)
    assert (of[About.EMPLOYERS].sent, of[About.EMPLOYERS].accepted, of[About.EMPLOYERS].dead_ends) == (1, 1, 0)
    assert person.is_employer is False


def test_who_comes_too_late_hears_where_it_is_and_nobody_else_hears_anything(world: World, bakery: Sent) -> None:
    row = bakery.row
    do(actions.give_back, world.wsp, bakery, reason="Zij zoeken leerlingen")
    with pytest.raises(GoneOnError) as gone:
        actions.accept(actor=world.wsp, handover=row.id, version=1, now=LATER)
    assert gone.value.fields["reference"] == bakery.message.reference
    assert str(gone.value.fields["holder"]).startswith("rmt")
    with pytest.raises(NotFoundError):
        actions.accept(actor=world.uwv, handover=row.id, version=1, now=LATER)


def test_two_invented_employers_have_a_story_told_once_and_put_back(codes: Iterator[str]) -> None:
    load_demo_accounts(now=MONDAY - timedelta(days=60))
    assert (load_demo_employers(now=MONDAY), load_demo_employers(now=MONDAY)) == (2, 0)
    wsp, rmt = (
        Actor(demo_id(who), Role.ADVISER, demo_id(desk), DEMO)
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
