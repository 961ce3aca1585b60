"""Two phases: whatever is reserved, committed, released or left to the calendar, it is there and goes once."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.domains.budget import actions, errors, queries
from dichterbij.domains.budget.rules import Needs
from dichterbij.shared.errors import UnavailableError
from support.budget import NOW, at, at_once, filled, move, posted
from support.sweeping import undone

STEPS = st.lists(
    st.tuples(st.sampled_from(["reserve", "commit", "release", "spend", "later"]), st.integers(1, 70)), max_size=14
)
TERM = timedelta(days=2)


def held(fund: str, cents: int) -> UUID:
    """A new reservation."""
    name = uuid4()
    actions.reserve(posting=uuid4(), reservation=name, source=at("free", fund), cents=cents, until=NOW + TERM,
                    reason="hold", actor="a", now=NOW)  # fmt: skip
    return name


@pytest.mark.usefixtures("ledger")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_whatever_happens_to_reservations_nothing_is_held_twice(steps: list[tuple[str, int]]) -> None:
    with undone():
        fund, now, names = filled(100), NOW, list[UUID]()
        for step, cents in steps:
            name = names[cents % len(names)] if names else None
            try:
                if step == "reserve":
                    name = uuid4()
                    actions.reserve(posting=uuid4(), reservation=name, source=at("free", fund), cents=cents,
                                    until=now + TERM, reason="hold", actor="a", now=now)  # fmt: skip
                    names.append(name)
                elif step == "spend":
                    posted(move(at("free", fund), at("committed", fund), cents))
                elif step == "later":
                    now += timedelta(days=1)
                    actions.release_expired(actor="calendar", now=now)
                elif name:
                    work = actions.commit if step == "commit" else actions.release
                    work(posting=uuid4(), reservation=name, cents=cents, reason="x", actor="a", now=now)
            except errors.LedgerError:
                continue
        states = {state: queries.balance(at(state, fund)) for state in ("free", "reserved", "committed")}
        assert sum(states.values()) == 100
        assert min(states.values()) >= 0
        assert queries.available(at("reserved", fund)) == 0
        assert queries.verify().is_whole
        actions.release_expired(actor="calendar", now=now + timedelta(days=9))
        assert queries.balance(at("reserved", fund)) == 0


@pytest.mark.usefixtures("ledger")
def test_reserving_or_committing_twice_with_the_same_ids_is_once() -> None:
    fund, posting, name, second = filled(100), uuid4(), uuid4(), uuid4()
    for _ in range(2):
        actions.reserve(posting=posting, reservation=name, source=at("free", fund), cents=60, until=NOW + TERM,
                        reason="hold", actor="a", now=NOW)  # fmt: skip
    done = [actions.commit(posting=second, reservation=name, reason="x", actor="a", now=NOW).is_new for _ in range(2)]
    assert done == [True, False]
    assert queries.balance(at("committed", fund)) == 60
    with pytest.raises(errors.TermError, match="settled already"):
        actions.release(posting=uuid4(), reservation=name, reason="x", actor="a", now=NOW)
    with pytest.raises(errors.TermError, match="no such"):
        actions.release(posting=uuid4(), reservation=uuid4(), reason="x", actor="a", now=NOW)


@pytest.mark.usefixtures("ledger")
def test_committing_and_the_calendar_at_the_same_moment_give_one_outcome() -> None:
    fund = filled(100)
    name = held(fund, 100)
    last, after = NOW + TERM, NOW + TERM + timedelta(seconds=1)

    def commit() -> object:
        return actions.commit(posting=uuid4(), reservation=name, reason="x", actor="a", now=last)

    def calendar() -> object:
        return actions.release_expired(actor="calendar", now=after)

    _committed, released = at_once(commit, calendar)
    assert isinstance(released, int)  # the calendar never stumbles over what somebody else just settled
    assert sorted(queries.balance(at(state, fund)) for state in ("free", "reserved", "committed")) == [0, 0, 100]
    assert queries.balance(at("reserved", fund)) == 0


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("needs", [Needs.FOUR_EYES, Needs.PROPOSAL])
def test_what_lapses_goes_back_without_asking_anybody_also_to_an_earmark(needs: Needs) -> None:
    fund = filled(100)
    posted(move(at("free", fund), at("earmarked", fund, purpose="x"), 100))
    actions.open_account(account=at("reserved", fund, purpose="x"), needs=needs, actor="a", now=NOW)
    actions.reserve(posting=uuid4(), reservation=uuid4(), source=at("earmarked", fund, purpose="x"), cents=60,
                    until=NOW + TERM, reason="hold", actor="a", now=NOW)  # fmt: skip
    assert actions.release_expired(actor="calendar", now=NOW + 2 * TERM) >= 1
    assert queries.balance(at("earmarked", fund, purpose="x")) == 100


@pytest.mark.usefixtures("ledger")
def test_money_that_asks_for_two_moves_with_somebody_elses_approval() -> None:
    fund = filled(100)
    actions.open_account(account=at("free", fund), needs=Needs.FOUR_EYES, actor="a", now=NOW)
    spend = move(at("free", fund), at("committed", fund), 10)
    for approver in (None, "test"):
        with pytest.raises(errors.ApprovalError):
            posted(spend, approved_by=approver)
    posted(spend, approved_by="another")
    with pytest.raises(errors.DifferentError):
        actions.open_account(account=at("free", fund), needs=Needs.PROPOSAL, actor="a", now=NOW)


@pytest.mark.usefixtures("ledger")
def test_who_waits_too_long_for_the_ledger_is_told_so_and_can_go_on() -> None:
    fund = filled(100)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None, "context": None}) as other:
        other.execute("SELECT pg_advisory_xact_lock(20260601)")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(UnavailableError, match="Try again"):
                posted(move(at("free", fund), at("committed", fund), 10))
            cursor.execute("SELECT 1")
        other.rollback()
    posted(move(at("free", fund), at("committed", fund), 10))


@pytest.mark.usefixtures("ledger")
def test_a_large_posting_is_told_in_short_and_an_account_from_its_newest_entry_back() -> None:
    fund = filled(1_000)
    posted(*(move(at("free", fund), at("committed", fund, region=f"R{number}"), 1) for number in range(80)))
    newest, first = queries.history(fund=fund)
    assert (newest.count, newest.cents, len(newest.moves)) == (80, 80, 50)
    assert (first.count, first.moves[0].target) == (1, at("free", fund))
    assert queries.history(fund=fund, before=newest.place) == (first,)
    entries = queries.statement(at("free", fund), limit=3)
    assert [one.balance for one in entries] == [922, 921, 920]
    assert queries.statement(at("paid", fund)) == ()
