"""Whoever changes the ledger behind its back is found, with the place; what is whole is said to be whole."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.budget import queries
from dichterbij.domains.budget.queries import Kind
from support.budget import at, filled, move, posted
from support.people import as_owner
from support.sweeping import undone

# What nobody can do while the guards are there: they are taken away first.
OFF = "SET session_replication_role = replica"


@pytest.fixture
def broken(ledger: None) -> Iterator[str]:
    """A fund with some postings; everything is taken back afterwards."""
    with undone():
        fund = filled(1_000)
        posted(move(at("free", fund), at("committed", fund), 600, reference="a"))
        posted(move(at("committed", fund), at("paid", fund), 100))
        yield fund


def found(*statements: str) -> set[Kind]:
    """What `verify` finds after these."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(OFF)
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin")
    return {fault.kind for fault in queries.verify().faults}


LAST = "(SELECT max(place) FROM budget_link)"
OF_LAST = "(SELECT posting FROM budget_link ORDER BY place DESC LIMIT 1)"
LAST_PAID = "(SELECT target FROM budget_transfer ORDER BY number DESC LIMIT 1)"
OF_A = "(SELECT posting FROM budget_transfer WHERE reference = 'a')"


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE budget_transfer SET reference = 'b' WHERE reference = 'a'", {Kind.CHANGED}),
        (f"UPDATE budget_posting SET approved_by = 'x' WHERE id = {OF_LAST}", {Kind.CHANGED}),
        ("UPDATE budget_transfer SET cents = cents + 1 WHERE reference = 'a'", {Kind.CHANGED, Kind.BALANCE}),
        (f"UPDATE budget_account SET name = name || 'x', activity = 'x' WHERE id = {LAST_PAID}", {Kind.CHANGED}),
        ("DELETE FROM budget_transfer WHERE reference = 'a'", {Kind.REMOVED, Kind.BALANCE}),
        (f"DELETE FROM budget_posting WHERE id = {OF_A}", {Kind.REMOVED}),
        (f"DELETE FROM budget_link WHERE place = {LAST} - 1", {Kind.GAP, Kind.LOOSE, Kind.UNTIED}),
        (f"DELETE FROM budget_link WHERE place = {LAST}", {Kind.LOOSE, Kind.UNTIED}),
        ("UPDATE budget_account SET balance_cents = balance_cents + 1 WHERE balance_cents = 500", {Kind.BALANCE}),
    ],
)
def test_a_change_behind_its_back_is_found(broken: str, statement: str, kinds: set[Kind]) -> None:
    assert found(statement) == kinds


def test_which_link_broke_is_said(broken: str) -> None:
    place = queries.verify().links - 1
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(OFF)
        cursor.execute("UPDATE budget_transfer SET reference = 'b' WHERE reference = 'a'")
        cursor.execute("SET session_replication_role = origin")
    assert [(fault.kind, fault.place) for fault in queries.verify().faults] == [(Kind.CHANGED, place)]


@pytest.mark.usefixtures("ledger")
def test_a_head_kept_elsewhere_shows_a_chain_that_was_made_anew() -> None:
    filled()
    head = queries.verify().head
    assert head
    filled()
    assert queries.verify(kept=queries.read_head(str(head))).is_whole
    other = queries.read_head(f"{head.place}:{'0' * 64}")
    assert [fault.kind for fault in queries.verify(kept=other).faults] == [Kind.OTHER_HEAD]


@pytest.mark.usefixtures("ledger")
@settings(max_examples=12, deadline=None)
@given(st.text(st.characters(blacklist_categories=["C", "Z"], blacklist_characters="\x7f"), max_size=20))
def test_whatever_is_written_in_a_reference_the_chain_agrees(words: str) -> None:
    with undone():
        fund = filled(10)
        posted(move(at("free", fund), at("committed", fund), 1, reference=words), posting=uuid4(),
               reason=f"r {words}")  # fmt: skip
        assert queries.verify().is_whole
