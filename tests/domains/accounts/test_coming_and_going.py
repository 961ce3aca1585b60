"""Invitations, leaving, absence, organisations: only within reach."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import LinkOverError, NotAllowedError, OtherKindError, TakenError
from dichterbij.domains.accounts.rules import Actor, Door, OrganisationKind, Role, roles_to_give
from dichterbij.shared.errors import InputError, NotFoundError
from support.accounts import colleague, organisation

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> UUID:
    return organisation()


@pytest.fixture
def elsewhere() -> UUID:
    return organisation("RMT Elders", region="AM05")


@pytest.fixture
def coordinator(here: UUID) -> Actor:
    return colleague("carla@regio.example", Role.COORDINATOR, at=here, name="Carla")


@pytest.fixture
def administrator() -> Actor:
    return colleague(
        "aziz@beheer.example", Role.ADMINISTRATOR, at=organisation("Landelijk", region="", kind="national")
    )


def invite(actor: Actor, at: UUID, role: Role = Role.ADVISER, now: datetime = NOW) -> actions.NewInvitation:
    return actions.invite(actor=actor, email="New@rmt.example", role=role, organisation=at, now=now)


def number(actor: Actor, on: date = TODAY) -> int:
    return queries.memberships_of(user=actor.user, on=on)[0].id


def test_an_invitation_is_taken_up_once_and_gives_the_role(coordinator: Actor, here: UUID) -> None:
    token = invite(coordinator, here).token
    user = actions.accept_invitation(token=token, name="Nieuw", now=NOW)
    (held,) = queries.memberships_of(user=user, on=TODAY)
    assert (held.role, held.organisation) == (Role.ADVISER, here)
    with pytest.raises(LinkOverError):
        actions.accept_invitation(token=token, name="Nieuw", now=NOW)


@pytest.mark.parametrize(("days", "works"), [(6.9, True), (7, False)])
def test_an_invitation_works_for_seven_days(coordinator: Actor, here: UUID, days: float, works: bool) -> None:
    token, at = invite(coordinator, here).token, NOW + timedelta(days=days)
    assert (queries.invitation_by_token(token=token, now=at) is not None) is works
    if not works:
        with pytest.raises(LinkOverError):
            actions.accept_invitation(token=token, name="Nieuw", now=at)


def test_an_invitation_that_is_withdrawn_or_replaced_does_not_work(coordinator: Actor, here: UUID) -> None:
    first, second = invite(coordinator, here), invite(coordinator, here)
    actions.withdraw_invitation(actor=coordinator, invitation=second.id, now=NOW)
    for token in (first.token, second.token):
        with pytest.raises(LinkOverError):
            actions.accept_invitation(token=token, name="Nieuw", now=NOW)


def test_a_coordinator_invites_only_into_the_own_region(
    coordinator: Actor, elsewhere: UUID, administrator: Actor
) -> None:
    with pytest.raises(NotFoundError):
        invite(coordinator, elsewhere)
    made = invite(administrator, elsewhere)
    with pytest.raises(NotFoundError):
        actions.withdraw_invitation(actor=coordinator, invitation=made.id, now=NOW)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.NATIONAL_TEAM, Role.RESEARCHER, Role.CITIZEN])
def test_a_coordinator_gives_no_role_that_may_do_more(coordinator: Actor, here: UUID, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        invite(coordinator, here, role)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.ADMINISTRATOR)])
def test_only_coordinators_and_administrators_give_roles(role: Role) -> None:
    assert not any(roles_to_give(role, kind) for kind in OrganisationKind)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.STEERING_GROUP, Role.NATIONAL_TEAM, Role.RESEARCHER])
def test_other_roles_reach_no_accounts(here: UUID, role: Role) -> None:
    is_national = role in (Role.NATIONAL_TEAM, Role.RESEARCHER)
    actor = colleague("x@rmt.example", role, at=organisation("NL", region="", kind="national") if is_national else here)
    assert queries.members(actor=actor, search="", on=TODAY).rows == ()
    assert queries.organisations_to_run(actor=actor, on=TODAY) == ()
    with pytest.raises(NotFoundError):
        invite(actor, here)


def test_somebody_who_has_the_role_is_not_invited_again(coordinator: Actor, here: UUID) -> None:
    colleague("new@rmt.example", at=here)
    with pytest.raises(TakenError):
        invite(coordinator, here)


@pytest.mark.parametrize("door", [Door.CITIZEN, Door.EMPLOYER])
def test_an_invitation_never_changes_an_account_of_somebody_else_than_staff(
    coordinator: Actor, here: UUID, door: Door
) -> None:
    link = actions.ask_for_link(email="new@rmt.example", door=door, language="nl", next_path="", place="", now=NOW)
    user = actions.use_link(token=link.token, now=NOW).user
    token = invite(coordinator, here).token
    with pytest.raises(OtherKindError):
        actions.accept_invitation(token=token, name="", now=NOW)
    with pytest.raises(OtherKindError):
        colleague("new@rmt.example", at=here)
    actor = queries.actor(user=user, membership=None, on=TODAY)
    assert actor is not None
    assert actor.role.value == door.value
    assert queries.invitation_by_token(token=token, now=NOW), "it is still there to withdraw"


@pytest.mark.parametrize("role", [Role.NATIONAL_TEAM, Role.ADMINISTRATOR, Role.CITIZEN, Role.EMPLOYER])
def test_the_command_gives_no_role_that_does_not_fit_the_organisation(here: UUID, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        colleague("x@rmt.example", role, at=here)


def test_a_role_that_ended_is_over_at_once(coordinator: Actor, here: UUID) -> None:
    anna = colleague("anna@rmt.example", at=here)
    held = number(anna)
    assert queries.actor(user=anna.user, membership=held, on=TODAY)
    actions.end_membership(actor=coordinator, membership=held, now=NOW)
    assert queries.actor(user=anna.user, membership=held, on=TODAY) is None
    assert queries.memberships_of(user=anna.user, on=TODAY) == ()


def test_nobody_ends_the_role_of_somebody_elsewhere_or_of_a_colleague_without_that_task(
    coordinator: Actor, here: UUID, elsewhere: UUID
) -> None:
    far, anna = colleague("tom@elders.example", at=elsewhere), colleague("anna@rmt.example", at=here)
    for actor, other in ((coordinator, far), (far, anna), (anna, coordinator)):
        with pytest.raises(NotFoundError):
            actions.end_membership(actor=actor, membership=number(other), now=NOW)


def test_one_may_leave_oneself(here: UUID) -> None:
    anna = colleague("anna@rmt.example", at=here)
    actions.end_membership(actor=anna, membership=number(anna), now=NOW)
    assert queries.memberships_of(user=anna.user, on=TODAY) == ()


def test_the_last_administrator_stays(administrator: Actor) -> None:
    with pytest.raises(NotAllowedError):
        actions.end_membership(actor=administrator, membership=number(administrator), now=NOW)
    assert administrator.organisation
    colleague("second@beheer.example", Role.ADMINISTRATOR, at=administrator.organisation)
    actions.end_membership(actor=administrator, membership=number(administrator), now=NOW)


def test_a_second_factor_is_reset_only_by_who_may_work_with_all_roles_of_somebody(
    coordinator: Actor, administrator: Actor, here: UUID, elsewhere: UUID
) -> None:
    anna = colleague("anna@rmt.example", at=here)
    held = number(anna)
    actions.reset_factor(actor=coordinator, membership=held, now=NOW)
    colleague("anna@rmt.example", at=elsewhere)
    with pytest.raises(NotAllowedError):
        actions.reset_factor(actor=coordinator, membership=held, now=NOW)
    actions.reset_factor(actor=administrator, membership=held, now=NOW)
    with pytest.raises(NotAllowedError):
        actions.reset_factor(actor=coordinator, membership=number(coordinator), now=NOW)


def test_a_colleague_of_the_same_organisation_stands_in_on_those_days(here: UUID, elsewhere: UUID) -> None:
    anna, bram, far = (
        colleague(f"{name}@rmt.example", at=at) for name, at in (("anna", here), ("bram", here), ("far", elsewhere))
    )
    days = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 5), "now": NOW}
    with pytest.raises(NotFoundError):
        actions.plan_absence(actor=anna, membership=number(anna), substitute=number(far), **days)
    actions.plan_absence(actor=anna, membership=number(anna), substitute=number(bram), **days)

    def stand_in(on: date) -> UUID | None:
        there = queries.coworkers(actor=anna, organisation=here, what=("hand_over", "hand_over"), on=on)
        return next(one.stand_in for one in there if one.user == anna.user)

    days_around = (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 6))
    assert [stand_in(day) for day in days_around] == [None, bram.user, bram.user, None]
    actions.end_absence(actor=anna, membership=number(anna), now=NOW)
    assert stand_in(date(2026, 12, 1)) is None


def test_nobody_stands_in_who_would_not_see_the_people(here: UUID) -> None:
    anna, bram = colleague("anna@rmt.example", at=here), colleague("bram@rmt.example", at=here)
    sander = colleague("sander@rmt.example", Role.STEERING_GROUP, at=here)
    found = queries.colleagues(actor=anna, membership=number(anna), on=NOW.date())
    assert [one.membership for one in found] == [number(bram)]
    with pytest.raises(NotFoundError):
        actions.plan_absence(
            actor=anna, membership=number(anna), substitute=number(sander),
            first_day=date(2026, 12, 1), last_day=date(2026, 12, 4), now=NOW,
        )  # fmt: skip


def test_days_away_that_end_before_they_begin_are_refused(here: UUID) -> None:
    anna = colleague("anna@rmt.example", at=here)
    with pytest.raises(InputError):
        actions.plan_absence(
            actor=anna, membership=number(anna), substitute=None,
            first_day=date(2026, 12, 5), last_day=date(2026, 12, 4), now=NOW,
        )  # fmt: skip


def test_a_coordinator_keeps_the_organisations_of_the_own_region(coordinator: Actor, elsewhere: UUID) -> None:
    new = actions.NewOrganisation("Buurthuis", OrganisationKind.PARTNER, "AM15")
    made = actions.add_organisation(actor=coordinator, new=new, now=NOW)
    with pytest.raises(TakenError):
        actions.add_organisation(actor=coordinator, new=new, now=NOW)
    far = actions.NewOrganisation("Ver", OrganisationKind.PARTNER, "AM05")
    with pytest.raises(NotAllowedError):
        actions.add_organisation(actor=coordinator, new=far, now=NOW)
    for change in (
        lambda: actions.change_organisation(
            actor=coordinator, organisation=elsewhere, name="Van mij", phone="", email="", now=NOW
        ),
        lambda: actions.end_organisation(actor=coordinator, organisation=elsewhere, now=NOW),
    ):
        with pytest.raises(NotFoundError):
            change()
    with pytest.raises(TakenError):
        actions.change_organisation(
            actor=coordinator, organisation=made, name="RMT Verzonnen", phone="", email="", now=NOW
        )


def test_an_organisation_that_ends_takes_its_roles_and_invitations_along(coordinator: Actor) -> None:
    partner = organisation("Buurthuis", kind="partner")
    dirk = colleague("dirk@buurthuis.example", at=partner)
    held, token = number(dirk), invite(coordinator, partner).token
    actions.end_organisation(actor=coordinator, organisation=partner, now=NOW)
    assert queries.actor(user=dirk.user, membership=held, on=TODAY) is None
    with pytest.raises(LinkOverError):
        actions.accept_invitation(token=token, name="Nieuw", now=NOW)
    assert coordinator.organisation
    with pytest.raises(NotAllowedError):
        actions.end_organisation(actor=coordinator, organisation=coordinator.organisation, now=NOW)


def test_the_list_shows_the_region_and_finds_by_name_address_and_organisation(
    coordinator: Actor, here: UUID, elsewhere: UUID
) -> None:
    colleague("anna@rmt.example", at=here, name="Anna Adviseur")
    colleague("tom@elders.example", at=elsewhere)
    page = queries.members(actor=coordinator, search="", on=TODAY)
    assert [row.name for row in page.rows] == ["Anna Adviseur", "Carla"]
    for words in ("anna", "ANNA@RMT", "verzonnen adviseur"):
        assert [row.name for row in queries.members(actor=coordinator, search=words, on=TODAY).rows] == [
            "Anna Adviseur"
        ]
    assert queries.members(actor=coordinator, search="tom", on=TODAY).count == 0
