"""Who of a desk does the work: nothing is lost, whoever leaves or is away, and nobody else gives it out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError

from dichterbij.domains.accounts import actions as accounts
from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.models import Membership, Organisation, User
from dichterbij.domains.accounts.queries.receivers import receivers
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.models import AuditEvent
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.errors import ChangedError, HolderGoneError, NotPossibleError
from dichterbij.domains.referral.models import Division
from dichterbij.domains.referral.queries import About, HandoverRow, Tab, Whose
from dichterbij.domains.referral.rules import State
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import NotFoundError
from support.referral import MONDAY, World, organisation_of

LATER = MONDAY + timedelta(hours=1)


@account_work()
def colleague(of: Actor, name: str, role: Role = Role.ADVISER) -> Actor:
    """Somebody else of the same desk."""
    email = f"{name.lower()}.{organisation_of(of)}@loket.example"
    user = User.objects.create(email=email, name=name, kind="staff", made_at=MONDAY, invented=True)
    Membership.objects.create(
        user=user, organisation_id=of.organisation, role=role.value, valid_from=MONDAY.date().replace(day=1)
    )
    return Actor(user.pk, role, of.organisation, of.region)


def accepted(world: World, by: Actor) -> HandoverRow:
    row = world.send(to=organisation_of(by))
    return actions.accept(actor=by, handover=row.id, version=1, now=LATER)


def undone(actor: Actor, organisation: UUID, now: datetime) -> actions.TakenBack:
    """The newest division taken back."""
    newest = queries.divisions(actor=actor, organisation=organisation, now=now)[0]
    return actions.undo_divide(actor=actor, organisation=organisation, division=newest.id, now=now)


@account_work()
def held(actor: Actor) -> int:
    return Membership.objects.get(user_id=actor.user, valid_until=None).pk


def shown(actor: Actor, whose: Whose | UUID = Whose.EVERYBODY) -> list[UUID]:
    return [row.id for row in queries.today(actor=actor, tab=Tab.OURS, now=LATER, whose=whose)]


@pytest.fixture
def anna(world: World) -> Actor:
    return world.loket


@pytest.fixture
def bram(anna: Actor) -> Actor:
    return colleague(anna, "Bram")


def test_who_accepts_does_it_and_ones_own_stands_first(world: World, anna: Actor, bram: Actor) -> None:
    hers, his = accepted(world, anna), accepted(world, bram)
    assert (hers.adviser, his.adviser) == (anna.user, bram.user)
    assert (shown(anna), shown(bram)) == ([hers.id, his.id], [his.id, hers.id])
    assert (shown(anna, Whose.MINE), shown(anna, bram.user), shown(anna, Whose.NOBODYS)) == ([hers.id], [his.id], [])


def test_a_colleague_takes_it_over_and_whoever_looked_at_the_old_page_is_told(
    world: World, anna: Actor, bram: Actor
) -> None:
    row = accepted(world, anna)
    taken = actions.give(actor=bram, handover=row.id, version=row.version, to=bram.user, now=LATER)
    assert taken.adviser == bram.user
    with pytest.raises(ChangedError):
        actions.give(actor=anna, handover=row.id, version=row.version, to=None, now=LATER)
    event = AuditEvent.objects.filter(action="referral.adviser_changed").latest("pk")
    assert (event.actor, event.data["from"], event.data["to"]) == (str(bram), str(anna.user), str(bram.user))


def test_nobody_of_another_desk_gives_it_and_nobody_gets_it_who_does_not_work_there(world: World, anna: Actor) -> None:
    row = accepted(world, anna)
    for other in (world.wsp, world.uwv, world.coordinator):
        with pytest.raises(NotFoundError):
            actions.give(actor=other, handover=row.id, version=row.version, to=other.user, now=LATER)
    strangers = (world.uwv, colleague(anna, "Sander", Role.STEERING_GROUP))
    for stranger in strangers:
        with pytest.raises(NotFoundError):
            actions.give(actor=anna, handover=row.id, version=row.version, to=stranger.user, now=LATER)


def test_what_waits_for_an_answer_is_nobodys_work_yet(world: World, anna: Actor) -> None:
    row = world.send()
    for actor, wrong in ((anna, NotFoundError), (world.wsp, NotPossibleError)):
        with pytest.raises(wrong):
            actions.give(actor=actor, handover=row.id, version=1, to=actor.user, now=LATER)


def test_a_caseload_is_divided_evenly_and_taken_back_but_for_what_was_touched_since(
    world: World, anna: Actor, bram: Actor
) -> None:
    chris, rows = colleague(anna, "Chris"), [accepted(world, anna) for _ in range(4)]
    ours = organisation_of(anna)
    before = AuditEvent.objects.filter(action="referral.adviser_changed").count()
    given = actions.divide(
        actor=world.coordinator, organisation=ours, of=anna.user, to=[bram.user, chris.user], now=LATER
    )
    assert (len(shown(bram, Whose.MINE)), len(shown(chris, Whose.MINE)), shown(anna, Whose.MINE)) == (2, 2, [])
    assert AuditEvent.objects.filter(action="referral.adviser_changed").count() == before + 4
    touched = next(one for one in given if one.after == bram.user)
    actions.give(actor=chris, handover=touched.handover, version=touched.version, to=chris.user, now=LATER)
    assert undone(bram, ours, LATER) == actions.TakenBack(back=3, all=4)
    assert set(shown(anna, Whose.MINE)) == {row.id for row in rows} - {touched.handover}
    assert queries.divisions(actor=anna, organisation=ours, now=LATER) == ()


def test_what_somebody_had_who_left_since_is_not_given_back(world: World, anna: Actor, bram: Actor) -> None:
    accepted(world, anna)
    ours = organisation_of(anna)
    given = actions.divide(actor=world.coordinator, organisation=ours, of=anna.user, to=[bram.user], now=LATER)
    accounts.end_membership(actor=world.coordinator, membership=held(anna), now=LATER)
    (kept,) = queries.divisions(actor=bram, organisation=ours, now=LATER)
    assert (kept.is_there, kept.count, kept.shares) == (False, 1, (("Bram", 1),))
    with pytest.raises(HolderGoneError):
        undone(bram, ours, LATER)
    assert shown(bram, Whose.MINE) == [one.handover for one in given]


def test_what_nobody_had_goes_back_to_nobody_within_the_term_and_once(world: World, anna: Actor, bram: Actor) -> None:
    row, ours = accepted(world, anna), organisation_of(anna)
    actions.give(actor=anna, handover=row.id, version=row.version, to=None, now=LATER)
    actions.divide(actor=world.coordinator, organisation=ours, of=None, to=[bram.user], now=LATER)
    (kept,) = queries.divisions(actor=anna, organisation=ours, now=LATER)
    for when in (kept.until + timedelta(seconds=1), LATER + timedelta(days=400)):
        assert queries.divisions(actor=anna, organisation=ours, now=when) == ()
        with pytest.raises(NotFoundError):
            actions.undo_divide(actor=anna, organisation=ours, division=kept.id, now=when)
    other: dict[str, Any] = {"actor": world.uwv, "organisation": organisation_of(world.uwv)}
    with pytest.raises(NotFoundError):
        actions.undo_divide(**other, division=kept.id, now=LATER)
    assert undone(anna, ours, kept.until) == actions.TakenBack(1, 1)
    assert shown(bram, Whose.NOBODYS) == [row.id]
    with pytest.raises(NotFoundError):
        actions.undo_divide(actor=anna, organisation=ours, division=kept.id, now=LATER)


def test_a_division_whose_term_is_over_is_kept_no_longer_and_is_seen_and_changed_by_no_other_query(
    world: World, anna: Actor, bram: Actor
) -> None:
    accepted(world, anna)
    ours, late = organisation_of(anna), LATER + timedelta(days=30)
    actions.divide(actor=anna, organisation=ours, of=anna.user, to=[bram.user], now=LATER)
    with acting(anna):
        assert not Division.objects.exists()
    changes: list[dict[str, Any]] = [{"moved": []}, {"of": None}, {"made_at": late}]
    for change in changes:
        with pytest.raises(DatabaseError), own_work():
            Division.objects.filter(organisation=ours).update(**change)
    with pytest.raises(IntegrityError), own_work():
        Division.objects.filter(organisation=ours).update(undone_at=LATER)
    actions.divide(actor=anna, organisation=ours, of=bram.user, to=[None], now=late)
    with own_work():
        assert [one.made_at for one in Division.objects.filter(organisation=ours)] == [late]


def test_only_the_own_desk_and_the_own_region_divide_work(world: World, anna: Actor, bram: Actor) -> None:
    accepted(world, anna)
    ours = organisation_of(anna)
    elsewhere = Actor(world.coordinator.user, Role.COORDINATOR, world.coordinator.organisation, "T999")
    for actor in (world.wsp, elsewhere, world.national, Actor(anna.user, Role.STEERING_GROUP, ours, anna.region)):
        with pytest.raises(NotAllowedError):
            actions.divide(actor=actor, organisation=ours, of=anna.user, to=[bram.user], now=LATER)
        with pytest.raises(NotAllowedError):
            actions.undo_divide(actor=actor, organisation=ours, division=uuid4(), now=LATER)
        with pytest.raises(NotAllowedError):
            queries.divisions(actor=actor, organisation=ours, now=LATER)
        with pytest.raises(NotAllowedError):
            queries.caseloads(actor=actor, organisation=ours, now=LATER)
    for to in ([], [anna.user], [world.uwv.user]):
        with pytest.raises(NotFoundError):
            actions.divide(actor=anna, organisation=ours, of=anna.user, to=to, now=LATER)


def test_the_work_of_somebody_who_leaves_goes_to_who_was_named_or_stays_with_the_desk(
    world: World, anna: Actor, bram: Actor
) -> None:
    chris, row, other = colleague(anna, "Chris"), accepted(world, anna), accepted(world, bram)
    with pytest.raises(NotFoundError):
        accounts.end_membership(actor=world.coordinator, membership=held(anna), now=LATER, work_to=[world.uwv.user])
    assert held(anna), "nothing ended: all of it or none"
    accounts.end_membership(actor=world.coordinator, membership=held(anna), now=LATER, work_to=[chris.user])
    assert shown(chris, Whose.MINE) == [row.id]
    accounts.end_membership(actor=world.coordinator, membership=held(bram), now=LATER)
    assert shown(chris, Whose.NOBODYS) == [other.id]


def test_work_stays_with_who_keeps_another_role_in_it(world: World, anna: Actor) -> None:
    row = accepted(world, anna)
    first = held(anna)
    with account_work():
        Membership.objects.create(
            user_id=anna.user, organisation_id=anna.organisation, role="coordinator", valid_from=MONDAY.date()
        )
    accounts.end_membership(actor=world.coordinator, membership=first, now=LATER)
    assert shown(anna, Whose.MINE) == [row.id]


def test_while_somebody_is_away_the_stand_in_has_their_work_and_without_one_it_is_nobodys(
    world: World, anna: Actor, bram: Actor
) -> None:
    row, day = accepted(world, anna), LATER.date()
    away = {"actor": anna, "membership": held(anna), "first_day": day, "last_day": day, "now": LATER}
    accounts.plan_absence(**away, substitute=held(bram))
    assert (shown(bram, Whose.MINE), shown(bram, Whose.NOBODYS)) == ([row.id], [])
    accounts.plan_absence(**away, substitute=None)
    assert (shown(bram, Whose.MINE), shown(bram, Whose.NOBODYS)) == ([], [row.id])
    accounts.end_absence(actor=anna, membership=held(anna), now=LATER)
    assert shown(anna, Whose.MINE) == [row.id]


def test_the_numbers_are_those_of_the_lists_and_of_whoever_is_there(world: World, anna: Actor, bram: Actor) -> None:
    for _ in range(3):
        accepted(world, anna)
    last = accepted(world, bram)
    actions.give(actor=bram, handover=last.id, version=last.version, to=None, now=LATER)
    loads = queries.caseloads(actor=world.coordinator, organisation=organisation_of(anna), now=LATER)
    assert {one.colleague.user if one.colleague else None: one.count for one in loads} == {
        anna.user: 3, bram.user: 0, None: 1,
    }  # fmt: skip
    assert queries.caseload_size(organisation=organisation_of(anna), user=anna.user) == 3


def test_what_the_last_of_a_desk_has_goes_up_at_once(world: World, anna: Actor) -> None:
    row, waiting = accepted(world, anna), world.send()
    (told,) = queries.goes_up(organisation=organisation_of(anna), on=LATER.date())
    assert told.to is not None
    assert (told.to.id, told.count) == (world.rmt.organisation, 2)
    accounts.end_membership(actor=world.coordinator, membership=held(anna), now=LATER)
    for one in (row, waiting):
        found, _steps = queries.handover(actor=world.rmt, handover=one.id, now=LATER)
        assert (found.state, found.ball.holder, found.ball.owner) == (State.SENT, *[organisation_of(world.rmt)] * 2)
    assert organisation_of(anna) not in {one.id for one in receivers(world.region)}
    assert queries.figures(region=world.region, since=MONDAY, now=LATER)[About.PEOPLE].dead_ends == 0


def test_nobody_leaves_work_behind_where_nobody_stands_above(world: World) -> None:
    for one in (world.coordinator, world.rmt, world.wsp, world.uwv):
        Organisation.objects.filter(pk=one.organisation).update(ended_on=MONDAY.date())
    with nobody_national():
        row = accepted(world, world.loket)
        (told,) = queries.goes_up(organisation=organisation_of(world.loket), on=LATER.date())
        assert (told.to, told.count) == (None, 1)
        with pytest.raises(NotPossibleError):
            accounts.end_membership(actor=world.loket, membership=held(world.loket), now=LATER)
        assert shown(world.loket) == [row.id]


def test_whose_account_was_closed_is_in_the_meeting_and_counts_until_it_goes_up(world: World, anna: Actor) -> None:
    row = accepted(world, anna)
    assert row.id not in {one.id for one in queries.agenda(actor=world.coordinator, now=LATER).rows}
    with account_work():
        User.objects.filter(pk=anna.user).update(is_active=False)
    assert row.id in {one.id for one in queries.agenda(actor=world.coordinator, now=LATER).rows}
    assert queries.figures(region=world.region, since=MONDAY, now=LATER)[About.PEOPLE].dead_ends == 1
    assert row.reference in actions.watch_terms(now=LATER).escalated
    assert queries.figures(region=world.region, since=MONDAY, now=LATER)[About.PEOPLE].dead_ends == 0


def test_a_desk_where_nobody_worked_yet_keeps_what_moved_in(world: World) -> None:
    row = accepted(world, world.loket)
    with account_work():
        Membership.objects.filter(organisation_id=world.loket.organisation).delete()
    assert row.reference not in actions.watch_terms(now=LATER).escalated
    assert organisation_of(world.loket) in {one.id for one in receivers(world.region)}


@contextmanager
def nobody_national() -> Iterator[None]:
    """The national teams of other tests are not there for a moment."""
    there = Organisation.objects.filter(kind="national", ended_on=None)
    numbers = list(there.values_list("pk", flat=True))
    there.update(ended_on=MONDAY.date())
    try:
        yield
    finally:
        Organisation.objects.filter(pk__in=numbers).update(ended_on=None)
