"""What the calendar does: remind, move up, and never leave anybody with nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import queries as people
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import About
from dichterbij.domains.referral.rules import Level, State
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import InputError
from dichterbij.web.handover import history
from support.people import new_person
from support.post import Post, letters, send
from support.referral import HELPER, MONDAY, World, organisation_of

DAY = timedelta(days=1)
FRIDAY, THURSDAY = MONDAY + 4 * DAY, MONDAY + 3 * DAY


pytestmark = pytest.mark.usefixtures("nothing_waits")


def test_a_day_before_the_term_the_receiver_is_reminded_once(world: World) -> None:
    row = world.send()
    wednesday = MONDAY + 2 * DAY
    assert row.reference not in actions.watch_terms(now=MONDAY + DAY).reminded
    assert row.reference in actions.watch_terms(now=wednesday).reminded
    assert row.reference not in actions.watch_terms(now=wednesday).reminded
    assert row.reference not in actions.watch_terms(now=THURSDAY).escalated, "the last day itself is in time"


def test_silence_takes_it_up_step_by_step_and_a_second_round_does_nothing(world: World) -> None:
    row = world.send()
    now, went = MONDAY, []
    for _ in range(12):
        now += 4 * DAY
        done = actions.watch_terms(now=now)
        assert row.reference not in actions.watch_terms(now=now).escalated
        if row.reference in done.escalated:
            found, _steps = queries.handover(actor=world.wsp, handover=row.id, now=now)
            went.append((found.ball.level, found.ball.holder))
        if row.reference in done.dead_ends:
            break
    assert went == [
        (Level.REGION, world.rmt.organisation),
        (Level.COORDINATOR, world.coordinator.organisation),
        (Level.NATIONAL, world.national.organisation),
    ]
    assert queries.figures(region=world.region, since=MONDAY, now=now)[About.PEOPLE].dead_ends == 1


def test_whoever_gets_it_may_see_the_person_and_whoever_was_silent_no_longer(world: World) -> None:
    row = world.send(HELPER)
    actions.watch_terms(now=FRIDAY)
    seen = {name: people.names(actor=actor, people=[row.person], purpose="hand_over", now=FRIDAY)
            for name, actor in (("rmt", world.rmt), ("loket", world.loket))}  # fmt: skip
    assert seen == {"rmt": {row.person: "Sami"}, "loket": {}}


def test_what_the_coordinator_agrees_holds_at_once(world: World) -> None:
    actions.set_agreement(
        actor=world.coordinator, region=world.region, owner=organisation_of(world.uwv), answer_days=1, now=MONDAY
    )
    row = world.send()
    assert row.answer_by.isoformat() == "2026-11-24"
    actions.watch_terms(now=MONDAY + 2 * DAY)
    found, _steps = queries.handover(actor=world.uwv, handover=row.id, now=MONDAY + 2 * DAY)
    assert found.ball.holder == world.uwv.organisation
    agreed = queries.agreement(region=world.region, on=MONDAY.date())
    assert (agreed.own_days, agreed.days_are_assumed) == (1, False)


def test_what_an_ended_organisation_had_accepted_goes_up_at_the_next_round(world: World) -> None:
    row = world.send()
    actions.accept(actor=world.loket, handover=row.id, version=1, now=MONDAY)
    Organisation.objects.filter(pk=organisation_of(world.loket)).update(ended_on=MONDAY.date())
    assert row.reference in actions.watch_terms(now=MONDAY + DAY).escalated
    found, steps = queries.handover(actor=world.rmt, handover=row.id, now=MONDAY + DAY)
    assert (found.state, found.ball.holder, found.ball.owner) == (State.SENT, *[organisation_of(world.rmt)] * 2)
    assert found.answer_by > (MONDAY + DAY).date()
    assert people.names(actor=world.rmt, people=[row.person], purpose="hand_over", now=MONDAY + DAY)
    assert "gestopt" in history.lines(found, steps, organisations([found.ball.holder]))[0].words
    assert row.reference not in actions.watch_terms(now=MONDAY + DAY).escalated


def test_an_owner_that_has_ended_is_passed_over(world: World) -> None:
    actions.set_agreement(
        actor=world.coordinator, region=world.region, owner=organisation_of(world.uwv), answer_days=1, now=MONDAY
    )
    row = world.send(HELPER)
    Organisation.objects.filter(pk=organisation_of(world.uwv)).update(ended_on=MONDAY.date())
    agreed = queries.agreement(region=world.region, on=MONDAY.date())
    assert agreed.owner is not None
    assert (agreed.named_owner, agreed.owner.id) == (None, world.rmt.organisation)
    actions.watch_terms(now=MONDAY)
    found, _steps = queries.handover(actor=world.loket, handover=row.id, now=MONDAY)
    assert (found.ball.holder, found.ball.owner) == (world.loket.organisation, world.rmt.organisation)


@pytest.mark.parametrize("days", [0, 21, -1])
def test_a_term_that_cannot_be_is_refused(world: World, days: int) -> None:
    with pytest.raises(InputError):
        actions.set_agreement(actor=world.coordinator, region=world.region, owner=None, answer_days=days, now=MONDAY)


def test_only_the_region_s_own_coordinator_changes_it_and_names_a_desk_of_that_region(
    world: World, national: Actor
) -> None:
    with pytest.raises(NotAllowedError):
        actions.set_agreement(actor=world.coordinator, region="AM01", owner=None, answer_days=2, now=MONDAY)
    with pytest.raises(NotAllowedError):
        actions.set_agreement(actor=world.rmt, region=world.region, owner=None, answer_days=2, now=MONDAY)
    with pytest.raises(InputError):
        actions.set_agreement(
            actor=world.coordinator, region=world.region, owner=organisation_of(national), answer_days=2, now=MONDAY
        )


def test_a_letter_that_cannot_leave_waits_and_leaves_once(world: World) -> None:
    row = world.send()
    down, up = Post(up=False), Post()
    assert send(down, MONDAY, row.reference).waiting == 1
    assert send(up, MONDAY, row.reference).sent == 1
    assert send(up, MONDAY, row.reference).sent == 0
    assert up.recipients == [f"leerwerkloket.{world.region.lower()}@loket.example"]
    assert up.sent[0][1] == f"Overdracht {row.reference}: antwoord uiterlijk do 26 november"
    (left,) = letters(row.reference)
    assert (left.recipient, left.text, left.tries) == ("", "", 2)


def test_letters_to_desks_name_nobody_and_the_person_gets_the_link(world: World) -> None:
    post = Post()
    person = replace(new_person(email="sami@example.nl"), region=world.region)
    row = world.send(HELPER, person=person, sender_words="de buurvrouw")
    send(post, MONDAY, row.reference)
    texts = {to: subject + text for to, subject, text in post.sent}
    assert "https://dichterbij.example/nl/overdracht/x/" in texts["sami@example.nl"]
    for text in texts.values():
        assert "Sami" not in text
        assert "zorg" not in text
        assert "{" not in text


def test_figures_count_without_names(world: World) -> None:
    first, second, third = world.send(), world.send(), world.send()
    actions.accept(actor=world.loket, handover=first.id, version=1, now=MONDAY + timedelta(hours=4))
    actions.accept(actor=world.loket, handover=second.id, version=1, now=MONDAY + timedelta(hours=8))
    actions.give_back(actor=world.loket, handover=third.id, version=1, reason="Past niet", now=MONDAY)
    found = queries.figures(region=world.region, since=MONDAY - DAY, now=MONDAY + DAY)[About.PEOPLE]
    assert (found.sent, found.accepted, found.bounced, found.went_up, found.waiting) == (3, 2, 1, 1, 1)
    assert (found.median_hours, found.accepted_in_time, found.dead_ends) == (6.0, 2, 0)


def test_one_that_cannot_be_moved_keeps_no_other_waiting_and_is_told(world: World) -> None:
    broken, row = world.send(), world.send()
    with own_work(), connection.cursor() as cursor:  # the person is gone, without the hand-over having been ended
        cursor.execute("UPDATE referral_handover SET person = gen_random_uuid() WHERE id = %s", [broken.id])
    done = actions.watch_terms(now=FRIDAY)
    assert (done.failed, done.escalated) == ((str(broken.id),), (row.reference,))
    with own_work():
        Handover.objects.filter(pk=broken.id).update(state="withdrawn", ended_at=FRIDAY)
