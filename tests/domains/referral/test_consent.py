"""Whoever takes back a consent is waited for by nobody who may not see them any more, and nothing opens that again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.people import actions as people
from dichterbij.domains.people import queries as people_queries
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.models import Consent
from dichterbij.domains.referral import actions
from dichterbij.domains.referral.errors import UnseenError
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.referral.queries.regions import ladder_for
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError
from support.post import letters
from support.referral import HELPER, MONDAY, World, make_actor, organisation_of

LATER = MONDAY + timedelta(hours=3)


def take_back(world: World, row: HandoverRow) -> None:
    """The person says on their own page that the leerwerkloket may see them no longer."""
    people.withdraw_consent(
        person=row.person, organisation=organisation_of(world.loket), by=Through("self", ""), now=LATER
    )


def kept(row: HandoverRow) -> Handover:
    with own_work():
        return Handover.objects.get(pk=row.id)


@pytest.mark.parametrize("is_accepted", [False, True])
def test_a_withdrawn_consent_ends_the_hand_over_and_tells_the_desk(world: World, is_accepted: bool) -> None:
    row = world.send(question="Sami wil koken")
    if is_accepted:
        row = actions.accept(actor=world.loket, handover=row.id, version=row.version, now=MONDAY)
    take_back(world, row)
    left = kept(row)
    assert (left.state, left.ended_at, left.question) == ("withdrawn", LATER, "Sami wil koken")
    assert [letter.kind for letter in letters(row.reference, number=left.version)] == ["receiver"]


def test_nothing_lets_that_desk_see_the_person_again(world: World, nothing_waits: None) -> None:
    row = world.send(HELPER)
    take_back(world, row)
    for days in (30, 60, 90):
        actions.watch_terms(now=LATER + timedelta(days=days))
    assert kept(row).state == "withdrawn"
    with pytest.raises(DichterbijError):
        actions.accept(actor=world.loket, handover=row.id, version=kept(row).version, now=LATER)
    with pytest.raises(NotFoundError):
        people_queries.person(actor=world.loket, person=row.person, purpose="hand_over", now=LATER)


def consents(row: HandoverRow) -> set[UUID]:
    with acting_for(row.person):
        return set(Consent.objects.filter(person=row.person).values_list("organisation_id", flat=True))


def test_what_goes_up_or_on_writes_no_consent_that_nobody_gave(world: World, nothing_waits: None) -> None:
    row = world.send()
    given = consents(row)
    uwv = organisation_of(world.uwv)
    actions.redirect(actor=world.loket, handover=row.id, version=1, to=uwv, reason="Past beter", now=LATER)
    for days in (10, 20, 30):
        actions.watch_terms(now=LATER + timedelta(days=days))
    assert kept(row).to_organisation == world.national.organisation
    assert consents(row) == given
    assert not people_queries.names(actor=world.national, people=[row.person], purpose="hand_over", now=LATER)


def test_a_partner_gets_somebody_only_with_their_yes(world: World) -> None:
    row, library = world.send(), make_actor(world.region, "partner", Role.ADVISER)
    given: dict[str, Any] = {"handover": row.id, "version": 1, "to": organisation_of(library), "reason": "Past beter"}
    with pytest.raises(InputError, match="only when they agree"):
        actions.redirect(actor=world.loket, **given, now=LATER)
    actions.redirect(actor=world.loket, **given, agreed=True, now=LATER)
    assert organisation_of(library) in consents(row)
    actions.accept(actor=library, handover=row.id, version=2, now=LATER)
    assert people_queries.person(actor=library, person=row.person, purpose="guide_person", now=LATER).name == "Sami"


def test_another_desk_keeps_what_it_has(world: World) -> None:
    first = world.send()
    second = world.send(person=first.person, to=organisation_of(world.uwv))
    take_back(world, first)
    assert (kept(first).state, kept(second).state) == ("withdrawn", "sent")


@pytest.fixture
def library(world: World) -> Actor:
    """A partner without a public task, named by the coordinator to watch over the region."""
    made = make_actor(world.region, "partner", Role.ADVISER)
    actions.set_agreement(
        actor=world.coordinator, region=world.region, owner=organisation_of(made), answer_days=None, now=MONDAY
    )
    return made


def test_what_comes_back_goes_past_a_watcher_to_whom_the_person_did_not_say_yes(world: World, library: Actor) -> None:
    row = world.send()
    back = actions.give_back(actor=world.loket, handover=row.id, version=1, reason="Past niet", now=LATER)
    assert (back.ball.holder, back.ball.owner) == (organisation_of(world.rmt), organisation_of(world.rmt))
    assert not people_queries.names(actor=library, people=[row.person], purpose="hand_over", now=LATER)


def test_a_term_that_passed_goes_past_such_a_watcher_too(world: World, library: Actor, nothing_waits: None) -> None:
    row = world.send()
    actions.watch_terms(now=LATER + timedelta(days=10))
    assert kept(row).to_organisation == organisation_of(world.rmt)


def test_a_watcher_to_whom_the_person_said_yes_gets_it_and_helps(world: World, library: Actor) -> None:
    row = world.send(HELPER)
    back = actions.give_back(actor=world.loket, handover=row.id, version=1, reason="Past niet", now=LATER)
    assert back.ball.holder == organisation_of(library)
    actions.accept(actor=library, handover=row.id, version=2, now=LATER)
    assert people_queries.names(actor=library, people=[row.person], purpose="guide_person", now=LATER)


def test_an_employer_goes_to_the_named_watcher_whoever_that_is(world: World, library: Actor) -> None:
    ladder = ladder_for(region=world.region, person=None, now=LATER)
    assert ladder.region == organisation_of(library)


def test_whoever_may_not_see_somebody_cannot_accept_them_and_sends_them_on(world: World, nothing_waits: None) -> None:
    row = world.send()
    for days in (10, 20, 30):
        actions.watch_terms(now=LATER + timedelta(days=days))
    given: dict[str, Any] = {"actor": world.national, "handover": row.id, "version": kept(row).version, "now": LATER}
    with pytest.raises(UnseenError):
        actions.accept(**given)
    on = actions.redirect(**given, to=organisation_of(world.uwv), reason="Zij kunnen bellen")
    actions.accept(actor=world.uwv, handover=row.id, version=on.version, now=LATER)
    assert people_queries.names(actor=world.uwv, people=[row.person], purpose="guide_person", now=LATER)


def test_taking_back_the_yes_to_who_only_watches_keeps_the_help_of_the_desk(world: World, library: Actor) -> None:
    row = world.send(HELPER)
    people.withdraw_consent(person=row.person, organisation=organisation_of(library), by=Through("self", ""), now=LATER)
    left = kept(row)
    assert (left.state, left.to_organisation, left.answer_by) == ("sent", organisation_of(world.loket), row.answer_by)
    assert left.owner_organisation == organisation_of(world.rmt)
    assert people_queries.names(actor=world.rmt, people=[row.person], purpose="hand_over", now=LATER)
    assert not people_queries.names(actor=library, people=[row.person], purpose="hand_over", now=LATER)
    actions.accept(actor=world.loket, handover=row.id, version=left.version, now=LATER)


def test_a_sender_whose_yes_is_taken_back_watches_no_more_and_the_desk_goes_on(world: World) -> None:
    library = make_actor(world.region, "partner", Role.ADVISER)
    row = world.send(library)
    people.withdraw_consent(person=row.person, organisation=organisation_of(library), by=Through("self", ""), now=LATER)
    assert (kept(row).state, kept(row).owner_organisation) == ("sent", organisation_of(world.rmt))
