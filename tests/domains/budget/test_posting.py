"""A posting moves money whole or not at all, once, and never below a bound."""

from dataclasses import replace
from uuid import uuid4

import pytest

from dichterbij.domains.budget import actions, errors, queries
from support.budget import NOW, at, filled, move, new_fund, posted


@pytest.mark.usefixtures("ledger")
def test_money_moves_from_one_account_to_another() -> None:
    fund = filled(1_000)
    posted(move(at("free", fund), at("committed", fund), 300))
    assert queries.balance(at("free", fund)) == 700
    assert queries.balance(at("committed", fund)) == 300
    assert queries.balance(at("outside", fund)) == -1_000


@pytest.mark.usefixtures("ledger")
def test_what_is_not_there_cannot_be_moved_and_nothing_of_the_posting_is_kept() -> None:
    fund = filled(1_000)
    with pytest.raises(errors.InsufficientError) as caught:
        posted(move(at("free", fund), at("reserved", fund), 400), move(at("free", fund), at("committed", fund), 601))
    assert (caught.value.account, caught.value.balance, caught.value.asked) == (at("free", fund), 1_000, 1_001)
    assert queries.balance(at("reserved", fund)) == 0


@pytest.mark.usefixtures("ledger")
def test_the_same_posting_twice_is_one_posting() -> None:
    fund = filled(1_000)
    posting, transfer = uuid4(), move(at("free", fund), at("committed", fund), 300)
    first = posted(transfer, posting=posting)
    again = posted(transfer, posting=posting, now=NOW.replace(hour=10))
    assert (first.is_new, again.is_new) == (True, False)
    assert first.place == again.place
    assert queries.balance(at("free", fund)) == 700
    with pytest.raises(errors.DifferentError):
        posted(replace(transfer, cents=301), posting=posting)


@pytest.mark.usefixtures("ledger")
def test_reserving_then_committing_or_releasing() -> None:
    fund, reservation, now = filled(1_000), uuid4(), NOW
    until = NOW.replace(day=30)
    actions.reserve(posting=uuid4(), reservation=reservation, source=at("free", fund), cents=600, until=until,
                    reason="hold", actor="test", now=now)  # fmt: skip
    with pytest.raises(errors.InsufficientError):
        posted(move(at("reserved", fund), at("committed", fund), 1))
    actions.commit(posting=uuid4(), reservation=reservation, cents=100, reason="yes", actor="test", now=now)
    posting = uuid4()
    for _ in range(2):
        actions.release(posting=posting, reservation=reservation, reason="no", actor="test", now=now)
    assert [queries.balance(at(state, fund)) for state in ("free", "reserved", "committed")] == [900, 0, 100]


@pytest.mark.usefixtures("ledger")
def test_what_nobody_settles_in_time_is_free_again() -> None:
    fund, reservation = new_fund(), uuid4()
    posted(move(at("outside", fund), at("free", fund), 500))
    actions.reserve(posting=uuid4(), reservation=reservation, source=at("free", fund), cents=500,
                    until=NOW.replace(day=24), reason="hold", actor="test", now=NOW)  # fmt: skip
    late = NOW.replace(day=25)
    with pytest.raises(errors.TermError):
        actions.commit(posting=uuid4(), reservation=reservation, reason="late", actor="test", now=late)
    assert actions.release_expired(actor="calendar", now=NOW) == 0
    assert actions.release_expired(actor="calendar", now=late) == 1
    assert actions.release_expired(actor="calendar", now=late) == 0
    assert queries.available(at("free", fund)) == 500
