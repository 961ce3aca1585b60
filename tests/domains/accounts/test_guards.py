"""Links, second factors, identities and invitations show nothing to a query that forgot its filter."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.models import Identity, Invitation, RecoveryCode, SecondFactor, SignInLink
from dichterbij.domains.accounts.rules import Actor, Door, Proof, Role
from support.accounts import colleague, organisation
from support.people import as_owner, as_the_site
from support.sweeping import undone

SECRETS = (SignInLink, SecondFactor, RecoveryCode, Identity)


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
    with as_owner():
        RecoveryCode.objects.create(user_id=found["adviser"].user, digest="x", made_at=now)
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
