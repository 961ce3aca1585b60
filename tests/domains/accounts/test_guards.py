"""Links, second factors, identities and invitations show nothing to a query that forgot its filter."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.models import (
    Absence,
    Identity,
    Invitation,
    Membership,
    Program,
    RecoveryCode,
    SecondFactor,
    SignInLink,
    User,
)
from dichterbij.domains.accounts.queries.receivers import receivers
from dichterbij.domains.accounts.rules import Actor, Door, Proof, Role
from support.accounts import LONG_AGO, colleague, organisation
from support.people import as_owner, as_the_site
from support.sweeping import undone

DAY = timedelta(days=1)
SECRETS = (SignInLink, SecondFactor, RecoveryCode, Identity, Program)


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Actor]]:
    """Two regions; an adviser with an app, codes, a provider, a link and an invitation of a colleague."""
    with django_db_blocker.unblock(), as_the_site("accounts_guards"):
        yield made()


def made() -> dict[str, Actor]:
    now = timezone.now()
    here, far = organisation(), organisation("RMT Elders", region="AM05")
    found = {
        "adviser": colleague("anna@desk.example", at=here),
        "coordinator": colleague("carla@desk.example", Role.COORDINATOR, at=here),
        "far": colleague("truus@desk.example", Role.COORDINATOR, at=far),
        "administrator": colleague(
            "aziz@desk.example", Role.ADMINISTRATOR, at=organisation("Beheer", region="", kind="national")
        ),
    }
    actions.ask_for_link(email="anna@desk.example", door=Door.STAFF, language="nl", next_path="", place="here", now=now)
    actions.begin_factor(user=found["adviser"].user, now=now)
    proof = Proof("https://p.example", "pairwise", Door.STAFF, "anna@desk.example", True, "Anna", True)
    actions.recognise(proof=proof, language="nl", now=now)
    (held,) = queries.memberships_of(user=found["adviser"].user, on=timezone.localdate(now))
    days: dict[str, Any] = {"first_day": timezone.localdate(now), "last_day": timezone.localdate(now)}
    actions.plan_absence(actor=found["adviser"], membership=held.id, substitute=None, now=now, **days)
    with as_owner():
        RecoveryCode.objects.create(user_id=found["adviser"].user, digest="x", made_at=now)
    on = timezone.localdate(now)
    actions.add_program(name="Rekenkamer", organisation=here, rights=["audit_money"], ends_on=on + DAY, now=now)
    actions.invite(
        actor=found["coordinator"], email="nieuw@desk.example", role=Role.ADVISER, organisation=here, now=now
    )
    return found


def seen(actor: Actor | None, table: type) -> int:
    """How many rows a query without any filter gives."""
    if actor is None:
        return int(table.objects.count())  # type: ignore[attr-defined]
    with acting(actor):
        return int(table.objects.count())  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", SECRETS)
def test_nobody_reads_what_signing_in_leaves_behind(people: dict[str, Actor], table: type) -> None:
    assert [seen(actor, table) for actor in (None, *people.values())] == [0] * (1 + len(people))
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table._meta.db_table} DISABLE ROW LEVEL SECURITY")  # type: ignore[attr-defined]
        assert seen(people["far"], table) > 0, "without the guard they are there to read"


def test_invitations_are_read_in_the_own_region_only(people: dict[str, Actor]) -> None:
    expected = {"adviser": 0, "coordinator": 1, "far": 0, "administrator": 1}
    assert {name: seen(actor, Invitation) for name, actor in people.items()} == expected
    assert seen(None, Invitation) == 0
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_invitation DISABLE ROW LEVEL SECURITY")
        assert seen(people["far"], Invitation) == 1


WHO_WORKS_WHERE = (User, Membership, Absence)


def test_who_works_where_is_seen_near_by_only(people: dict[str, Actor]) -> None:
    """Two work at the desk, one elsewhere, one administrator; the adviser planned days away."""
    expected = {"adviser": (2, 2, 1), "coordinator": (2, 2, 1), "far": (1, 1, 0), "administrator": (4, 4, 1)}
    found = {name: tuple(seen(actor, table) for table in WHO_WORKS_WHERE) for name, actor in people.items()}
    assert found == expected
    assert [seen(None, table) for table in WHO_WORKS_WHERE] == [0, 0, 0]
    for table in WHO_WORKS_WHERE:
        with undone():
            with as_owner(), connection.cursor() as cursor:
                cursor.execute(f"ALTER TABLE {table._meta.db_table} DISABLE ROW LEVEL SECURITY")
            assert seen(None, table) > 0, "without the guard they are there to read"


def test_who_sees_a_colleague_changes_none_of_them(people: dict[str, Actor]) -> None:
    for actor in people.values():
        with acting(actor), undone():
            assert User.objects.update(name="mine") == 0
            assert Membership.objects.update(role=Role.ADMINISTRATOR.value) == 0
            assert Absence.objects.all().delete()[0] == 0
        with pytest.raises(DatabaseError), acting(actor):
            Membership.objects.create(
                user_id=actor.user, organisation_id=actor.organisation, role="administrator", valid_from=LONG_AGO.date()
            )


def test_colleagues_are_asked_as_somebody_and_nobody_elsewhere_is_named(people: dict[str, Actor]) -> None:
    here, far = people["adviser"], people["far"]
    asked: dict[str, Any] = {"what": ("hand_over", "hand_over"), "on": timezone.localdate()}
    assert len(queries.coworkers(actor=here, organisation=here.organisation, **asked)) == 2
    assert queries.coworkers(actor=far, organisation=here.organisation, **asked) == ()
    assert len(receivers("AM15")) == 1, "that somebody works there is known everywhere"


def test_somebody_is_recognised_by_exactly_their_own_role(people: dict[str, Actor]) -> None:
    anna, carla = people["adviser"], people["coordinator"]
    on = timezone.localdate()
    (held,) = queries.memberships_of(user=anna.user, on=on)
    assert queries.actor(user=anna.user, membership=held.id, on=on) == anna
    assert queries.actor(user=carla.user, membership=held.id, on=on) is None
    assert queries.actor(user=anna.user, membership=None, on=on) is None
    with acting(carla):  # and what was said before holds afterwards
        queries.actor(user=anna.user, membership=held.id, on=on)
        assert seen(None, User) == 2


def test_a_query_that_forgot_its_filter_changes_none_of_them(people: dict[str, Actor]) -> None:
    for actor in people.values():
        with acting(actor):
            assert SecondFactor.objects.update(secret="mine") == 0
            assert SignInLink.objects.all().delete()[0] == 0
    with pytest.raises(DatabaseError), acting(people["coordinator"]):
        Invitation.objects.update(email="mine@desk.example")


def test_the_work_of_accounts_itself_goes_on(people: dict[str, Actor]) -> None:
    now = timezone.now()
    rows = queries.open_invitations(actor=people["coordinator"], now=now, on=timezone.localdate(now))
    assert [row.email for row in rows] == ["nieuw@desk.example"]
    assert queries.open_invitations(actor=people["far"], now=now, on=timezone.localdate(now)) == ()
    assert actions.forget_traces(now=now) == actions.ForgottenTraces(0, 0)
