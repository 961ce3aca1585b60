"""Whatever is posted: nothing appears or disappears, no bound is passed, and the log says what the balances say."""

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.domains.budget import errors, queries
from dichterbij.domains.budget.rules import MOST_CENTS, MOVES, Account, State, Transfer, is_move, net
from dichterbij.shared.errors import InputError
from support.budget import NOW, at, filled, move, new_fund, posted
from support.ledger_tries import posting as raw_posting
from support.sweeping import undone

STATES = [state for state in State if state is not State.OUTSIDE]
WAYS = sorted(MOVES)
MOVING = st.lists(
    st.tuples(st.sampled_from(WAYS), st.integers(1, 60), st.sampled_from(["", "AM01", "AM02"])), min_size=1, max_size=4
)
HISTORIES = st.lists(st.tuples(MOVING, st.integers(0, 5)), min_size=1, max_size=8)


class Model:
    """The same ledger kept in a dictionary: what an accountant would have on paper."""

    def __init__(self) -> None:
        self.sums: Counter[Account] = Counter()
        self.days: list[tuple[date, Counter[Account]]] = []

    def take(self, moves: list[Transfer], day: date) -> bool:
        """Whether it fits; a posting that does not changes nothing."""
        after = Counter(self.sums)
        for account, cents in net(moves).items():
            after[account] += cents
        if any(cents < 0 for account, cents in after.items() if account.state is not State.OUTSIDE):
            return False
        self.sums = after
        self.days.append((day, Counter(net(moves))))
        return True

    def on(self, day: date) -> dict[Account, int]:
        sums: Counter[Account] = Counter()
        for then, changes in self.days:
            if then <= day:
                for account, cents in changes.items():
                    sums[account] += cents
        return {account: cents for account, cents in sums.items() if cents}


def transfers(fund: str, moving: list[tuple[tuple[State, State], int, str]]) -> list[Transfer]:
    return [
        move(Account(before, at("free", fund).place), Account(after, at("free", fund, region=region).place), cents)
        for (before, after), cents, region in moving
        if (before, region) != (after, "")
    ]


@pytest.mark.usefixtures("ledger")
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HISTORIES)
def test_random_postings_keep_every_promise(
    history: list[tuple[list[tuple[tuple[State, State], int, str]], int]],
) -> None:
    fund, model = new_fund(), Model()
    with undone():
        opening = [move(at("outside", fund), at("free", fund), 100)]
        posted(*opening, on=NOW.date())
        model.take(opening, NOW.date())
        for moving, days in history:
            moves, day = transfers(fund, moving), NOW.date() + timedelta(days=days)
            if not moves:
                continue
            if model.take(moves, day):
                posted(*moves, on=day)
            else:
                with pytest.raises(errors.InsufficientError):
                    posted(*moves, on=day)
        kept = {one.account: one.cents for one in queries.balances(fund=fund)}
        assert kept == {account: cents for account, cents in model.sums.items() if cents}
        assert sum(kept.values()) == 0
        assert kept == {one.account: one.cents for one in queries.rebuild() if one.account.place.fund == fund}
        for days in range(6):
            day = NOW.date() + timedelta(days=days)
            assert {one.account: one.cents for one in queries.as_of(day) if one.account.place.fund == fund} == model.on(
                day
            )
        assert queries.verify().is_whole


def everywhere(fund: str) -> None:
    """Some money in every state."""
    ways = ["outside free", "free earmarked", "free reserved", "free committed", "committed paid", "paid recovered",
            "recovered returned"]  # fmt: skip
    for cents, way in zip((90, 10, 10, 60, 50, 40, 10), ways, strict=True):
        source, target = way.split()
        posted(move(at(source, fund), at(target, fund), cents))


@pytest.mark.usefixtures("ledger")
def test_the_rules_and_the_database_know_the_same_moves() -> None:
    with undone():
        fund, refused = new_fund(), set()
        everywhere(fund)
        for before in State:
            for after in State:
                try:
                    with undone():
                        posted(move(Account(before, at("free", fund).place), at(after.value, fund, region="AM01"), 1),
                               approved_by="another")  # fmt: skip
                except errors.MoveError:
                    refused.add((before, after))
        assert refused == {(before, after) for before in State for after in State if not is_move(before, after)}


@pytest.mark.usefixtures("ledger")
def test_the_moment_of_writing_is_the_databases_own() -> None:
    with undone(), connection.cursor() as cursor:
        name, statement = raw_posting(recorded_at="'2001-01-01'")
        cursor.execute(statement)
        cursor.execute(f"SELECT recorded_at > now() - interval '1 hour' FROM budget_posting WHERE id = {name}")
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize("cents", [0, -1, 1.0, 0.1, True, "5", None, MOST_CENTS + 1])
def test_no_amount_is_anything_but_a_positive_whole_number_of_cents(cents: object) -> None:
    with pytest.raises(InputError):
        Transfer(uuid4(), at("free", "a"), at("paid", "a"), cents)  # type: ignore[arg-type]


@pytest.mark.usefixtures("ledger")
def test_a_balance_beyond_what_a_float_can_hold_is_exact() -> None:
    fund = new_fund()
    with undone():
        posted(*(move(at("outside", fund), at("free", fund), MOST_CENTS - 1) for _ in range(101)))
        exact = 101 * (MOST_CENTS - 1)
        assert int(float(exact)) != exact
        assert queries.balance(at("free", fund)) == exact


@pytest.mark.usefixtures("ledger")
def test_a_correction_is_a_new_entry_that_names_what_it_corrects() -> None:
    fund = filled(1_000)
    wrong = move(at("free", fund), at("committed", fund), 300)
    posted(wrong)
    posted(move(at("free", fund), at("committed", fund), 50))
    posted(move(at("committed", fund), at("free", fund), 100, corrects=wrong.id))
    with pytest.raises(errors.CorrectionError):
        posted(move(at("committed", fund), at("free", fund), 201, corrects=wrong.id))
    assert queries.balance(at("committed", fund)) == 250
    entry = queries.statement(at("committed", fund))[-1]
    assert (entry.cents, entry.balance, entry.corrects) == (-100, 250, wrong.id)
    (flow,) = [one for one in queries.flows("state", fund=fund) if one.target == ("committed",)]
    assert flow.cents == 250


@pytest.mark.usefixtures("ledger")
def test_an_error_leaves_the_transaction_around_it_usable() -> None:
    from django.db import transaction

    fund = filled(10)
    with transaction.atomic():
        with pytest.raises(errors.InsufficientError):
            posted(move(at("free", fund), at("committed", fund), 11))
        with pytest.raises(errors.MoveError):
            posted(move(at("free", fund), at("paid", fund), 1))
        posted(move(at("free", fund), at("committed", fund), 10))
    assert queries.balance(at("committed", fund)) == 10
