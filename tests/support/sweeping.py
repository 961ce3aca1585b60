"""The core of the proof: what visitors of a small country see, change, delete and add, against what they may."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb

from dichterbij.domains.accounts import actions as accounts
from dichterbij.domains.accounts.queries import standing
from dichterbij.domains.accounts.rules import Role
from dichterbij.domains.people import queries as people
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import Tab
from support.isolation import KEYS, TABLES, Row, Visitor, World
from support.roles import Somebody

SELF_WRITTEN = ("people_access", "people_consent")  # seen by an organisation, written by the person only

TOGETHER = ("referral_findingvisit",)  # who goes where: kept by the desks of a region together


def differences(world: World, visitors: Iterable[Visitor]) -> Iterator[str]:
    """Every row too many or too few, and everything that can be done and should not."""
    for visitor in visitors:
        expected = world.expected(visitor)
        with visitor.speaking():
            for table in TABLES:
                yield from _seen(visitor, table, expected[table])
                foreign = [row for row in world.rows[table] if str(row[KEYS[table]]) not in expected[table]]
                own = [row for row in world.rows[table] if str(row[KEYS[table]]) in expected[table]]
                yield from _written(visitor, table, foreign[:1] + foreign[-1:], own[:1])


def losses(world: World) -> Iterator[str]:
    """What must go on working: an adviser's list with the names in it, and what is written down about that."""
    desk = next(one for one in world.desks if world.expected(Visitor("", one))["people_person"])
    try:
        with undone():
            lines = people.people(actor=desk.actor, purpose="hand_over", now=timezone.now())
            open_ones = [queries.look(actor=desk.actor, tab=tab, now=timezone.now()).found[tab] for tab in Tab]
            row = people.own_page(person=lines[0].id, now=timezone.now())
            _work_with_accounts(desk)
        if not (lines and any(open_ones) and row.looks is not None):
            yield "an adviser works"
    except Exception as error:
        yield f"an adviser works: {type(error).__name__}"


def _work_with_accounts(desk: Somebody) -> None:
    """Somebody comes, is recognised, and plans days away."""
    now, today = timezone.now(), timezone.localdate()
    assert desk.membership
    accounts.add_account(
        email="new@role.example", name="New", role=Role.ADVISER, organisation=desk.organisation, now=now
    )
    accounts.plan_absence(
        actor=desk.actor, membership=desk.membership, substitute=None, first_day=today, last_day=today, now=now
    )
    if standing(user=desk.actor.user, membership=desk.membership, on=today) is None:
        raise LookupError("nobody is recognised")


@contextmanager
def undone() -> Iterator[None]:
    """What is tried is taken back; also what must not be inside a transaction, such as sending letters."""
    tried = transaction.atomic()
    tried._from_testcase = True  # type: ignore[attr-defined]
    with tried:
        yield
        transaction.set_rollback(True)


def reaches(statement: str, values: list[Any] | None = None) -> bool:
    """Whether a statement reached a row. An error other than "you may not" means that no guard stopped it."""
    try:
        with undone(), connection.cursor() as cursor:
            cursor.execute(statement, values or [])
            return cursor.rowcount > 0
    except DatabaseError as error:
        return not isinstance(error.__cause__, InsufficientPrivilege)


def _seen(visitor: Visitor, table: str, expected: set[str]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {KEYS[table]}::text FROM {table}")
        seen = {key for (key,) in cursor.fetchall()}
    if seen - expected:
        yield f"{visitor.name} sees {len(seen - expected)} rows too many in {table}"
    if expected - seen:
        yield f"{visitor.name} misses {len(expected - seen)} rows in {table}"


def _written(visitor: Visitor, table: str, foreign: list[Row], own: list[Row]) -> Iterator[str]:
    key = KEYS[table]
    for row in foreign if visitor.person or table in TOGETHER else foreign + own:
        if reaches(f"DELETE FROM {table} WHERE {key} = %s", [row[key]]):
            yield f"{visitor.name} deletes from {table}"
    for row in foreign + [row for row in own if _is_read_only(visitor, table, row)]:
        if reaches(f"UPDATE {table} SET {key} = {key} WHERE {key} = %s", [row[key]]):
            yield f"{visitor.name} changes {table}"
    if table == "people_person" and visitor.organisation:
        for row in own:
            if reaches("UPDATE people_person SET id = gen_random_uuid() WHERE id = %s", [row["id"]]):
                yield f"{visitor.name} moves a row of {table} out of sight"
    copied = foreign + (own if table == "people_person" and not visitor.person else [])
    if table not in ("journal_processing", "referral_regionagreement"):
        yield from (f"{visitor.name} adds to {table}" for row in copied if copies(table, row))


def _is_read_only(visitor: Visitor, table: str, row: Row) -> bool:
    """Rows that are seen and not written: access and consent by an organisation, agreements by other regions."""
    if table in SELF_WRITTEN:
        return visitor.person is None
    if table.startswith("accounts_"):
        return True
    if table == "referral_findingplace":
        return visitor.role not in (Role.ADVISER, Role.COORDINATOR)
    if table != "referral_regionagreement" or visitor.role is Role.ADMINISTRATOR:
        return False
    actor = visitor.somebody.actor if visitor.somebody else None
    return actor is None or actor.role is not Role.COORDINATOR or actor.region != row["region"]


def copies(table: str, row: Row) -> bool:
    """Whether somebody else's row can be put there once more."""
    new = {"id": uuid4()} if isinstance(row.get("id"), UUID) else {}
    kept = {name: value for name, value in row.items() if name != "id"} | new
    names = ", ".join(f'"{name}"' for name in kept)
    values = [Jsonb(value) if isinstance(value, dict) else value for value in kept.values()]
    return reaches(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(values))})", values)
