"""Many at once, over connections of their own: no bound is passed, nothing is lost, and the chain holds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from dichterbij.domains.budget import errors, queries
from support.budget import at, at_once, filled, move, posted
from support.ledger_tries import posting, transfer
from support.people import as_owner

THREADS = 8


@pytest.mark.usefixtures("ledger")
def test_together_they_never_spend_more_than_there_is() -> None:
    fund = filled(1_000)

    def spend() -> int:
        done = 0
        for number in range(8):
            try:
                posted(move(at("free", fund), at("committed", fund, region=f"AM{number:02}"), 30))
                done += 30
            except errors.InsufficientError:
                continue
        return done

    spent = at_once(*[spend] * THREADS)
    assert sum(spent) == 990  # type: ignore[arg-type]
    assert queries.balance(at("free", fund)) == 10
    found = queries.verify()
    assert found.is_whole, found.faults


@pytest.mark.usefixtures("ledger")
def test_the_same_posting_from_many_clients_is_one() -> None:
    fund, name = filled(1_000), uuid4()
    one = move(at("free", fund), at("committed", fund), 30)
    done = at_once(*[lambda: posted(one, posting=name)] * THREADS)
    assert sorted(getattr(each, "is_new", None) for each in done) == [False] * (THREADS - 1) + [True]  # type: ignore[type-var]
    assert queries.balance(at("committed", fund)) == 30


@contextmanager
def own_connection() -> Iterator[psycopg.Connection]:
    """A connection beside Django's, in the role of the site."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None, "context": None}) as other:
        yield other


def test_who_writes_waits_for_who_wrote_before(ledger: None) -> None:
    """Without the lock a second writer is refused (two links in one place); with it, it waits and goes on."""
    fund = filled(1_000)
    rows = _rows(fund)
    assert _second_after_first(rows) == "waited"
    try:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE budget_transfer DISABLE TRIGGER budget_wait")
        assert _second_after_first(rows) == "refused"
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE budget_transfer ENABLE TRIGGER budget_wait")
    assert queries.verify().is_whole


def _rows(fund: str) -> list[int]:
    posted(*(move(at("free", fund), at("committed", fund, region=region), 1) for region in ("AM01", "AM02")))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM budget_account WHERE fund = %s AND state <> 'outside' ORDER BY name DESC", [fund]
        )
        return [pk for (pk,) in cursor.fetchall()]


def _second_after_first(rows: list[int]) -> str:
    """Two raw postings that touch each other's source: the second begins before the first has ended."""
    free, *others = rows
    with own_connection() as first, own_connection() as second, ThreadPoolExecutor(1) as pool:
        _write(first, free, others[0])
        waiting = pool.submit(_write, second, free, others[1])
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        first.commit()
        try:
            waiting.result(timeout=10)
            second.commit()
        except psycopg.errors.UniqueViolation:
            return "refused"
        return "waited"


def _write(to: psycopg.Connection, source: int, target: int) -> None:
    name, statement = posting()
    to.execute(statement.encode())
    to.execute(transfer(name, source, target, 1).encode())


@pytest.mark.usefixtures("ledger")
def test_accounts_made_at_the_same_time_lead_to_no_deadlock() -> None:
    fund = filled(10_000)
    regions = [f"AM{number:02}" for number in range(12)]

    def forward() -> UUID:
        return posted(*(move(at("free", fund), at("committed", fund, region=one), 1) for one in regions)).posting

    def backward() -> UUID:
        return posted(*(move(at("free", fund), at("committed", fund, region=one), 1) for one in regions[::-1])).posting

    done = at_once(*[forward, backward] * 4)
    assert all(isinstance(one, UUID) for one in done)
    assert queries.balance(at("free", fund)) == 10_000 - 8 * 12
