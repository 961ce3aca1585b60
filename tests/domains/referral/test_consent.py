"""Whoever takes back a consent is waited for by nobody who may not see them any more, and nothing opens that again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.people import actions as people
from dichterbij.domains.people import queries as people_queries
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.models import Consent
from dichterbij.domains.referral import actions
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import HandoverRow
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
