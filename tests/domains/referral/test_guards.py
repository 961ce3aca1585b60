"""A query that forgot its filter changes nothing that is another's: the database refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.referral import actions
from dichterbij.domains.referral.models import FindingVisit, Handover, Step
from dichterbij.domains.referral.rules.finding import NewPlace, PlaceKind
from dichterbij.domains.referral.seeing import own_work
from support.referral import MONDAY, World

TODAY = MONDAY.date()


def test_who_sees_a_hand_over_changes_nothing_of_it_by_a_query(world: World) -> None:
    row = world.send()
    for actor in (world.wsp, world.loket, world.coordinator):
        with acting(actor):
            assert Handover.objects.filter(pk=row.id).exists()
            assert Handover.objects.filter(pk=row.id).update(owner_organisation=actor.organisation) == 0
        with pytest.raises(DatabaseError), acting(actor):
            Step.objects.create(handover_id=row.id, number=9, move="accepted", at=MONDAY, level="desk")


def test_the_history_is_only_added_to_even_by_our_own_work(world: World) -> None:
    row = world.send()
    changes: list[dict[str, Any]] = [{"move": "closed"}, {"at": MONDAY - timedelta(days=9)}]
    for change in changes:
        with pytest.raises(DatabaseError), own_work():
            Step.objects.filter(handover=row.id).update(**change)
    with pytest.raises(DatabaseError), own_work():
        Step.objects.filter(handover=row.id).delete()


def test_a_visit_of_another_organisation_cannot_be_changed_taken_away_or_told(world: World) -> None:
    new = NewPlace(f"{world.region.lower()}-bieb", "Bibliotheek", PlaceKind.LIBRARY)
    place = actions.add_place(actor=world.wsp, new=new, now=MONDAY)
    actions.go_there(actor=world.wsp, place=place, when_words="dinsdag", since=TODAY, until=None, now=MONDAY)
    with acting(world.uwv):
        assert FindingVisit.objects.filter(place=place).update(when_words="nooit") == 0
        assert FindingVisit.objects.filter(place=place).delete()[0] == 0
    with pytest.raises(DatabaseError), acting(world.uwv):
        FindingVisit.objects.create(place_id=place, organisation=world.loket.organisation, since=TODAY)
    actions.go_there(actor=world.wsp, place=place, when_words="woensdag", since=TODAY, until=None, now=MONDAY)
    with acting(world.uwv):
        assert FindingVisit.objects.get(place=place).when_words == "woensdag"
