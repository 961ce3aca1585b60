"""What people decide afterwards: money that comes free goes to who waits, in order; nobody loses what they had."""

from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dichterbij.domains.budget import queries as ledger
from dichterbij.domains.budget.errors import InsufficientError
from dichterbij.domains.budget.rules import Account, State
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.errors import NoRoundError, NotPossibleError
from dichterbij.domains.schemes.queries import ReceiptRow
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.shared.errors import InputError
from support.schemes import GRANT, apply, decided, facts, key_of, opened

pytestmark = pytest.mark.usefixtures("site")


def withdraw(number: str) -> int:
    place = actions.withdraw(number=number, reason="stops", actor="officer", now=timezone.now())
    assert "stops" not in str(latest_events(action="schemes.withdrawn")[0].data)  # the journal is for ever
    return place


def last(number: str) -> Any:
    return queries.status(number=number).decisions[-1]


def cents(numbers: list[str]) -> list[int]:
    return [last(number).cents for number in numbers]


def five(here: Opened) -> list[str]:
    numbers = [apply(here, f"employer {turn}").number for turn in range(5)]
    decided(here)
    return numbers


def test_what_a_withdrawal_frees_goes_to_the_first_who_waits_by_a_decision_beside_the_first() -> None:
    here = opened(ceiling=2 * GRANT)
    numbers = five(here)
    withdraw(numbers[0])
    assert ledger.balance(here.reserved) == GRANT
    run = decided(here)
    assert (run.moved_up, run.cents) == (1, GRANT)
    assert cents(numbers) == [0, GRANT, GRANT, 0, 0]
    told: ReceiptRow = queries.status(number=numbers[2])
    assert [(one.kind, one.reason) for one in told.decisions] == [
        ("decided", "ceiling_reached"), ("moved_up", "granted"),
    ]  # fmt: skip
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_who_waits_goes_before_who_comes_now() -> None:
    here = opened(ceiling=2 * GRANT)
    numbers = five(here)
    newcomer = apply(here, "newcomer").number
    withdraw(numbers[1])
    decided(here)
    assert cents([*numbers, newcomer]) == [GRANT, 0, GRANT, 0, 0, 0]


def test_room_under_an_employers_cap_goes_to_that_employers_next_placement() -> None:
    here = opened()
    numbers = [apply(here, "bakery", f"placed {turn}").number for turn in range(6)]
    decided(here)
    withdraw(numbers[2])
    decided(here)
    assert cents(numbers) == [GRANT, GRANT, 0, GRANT, GRANT, GRANT]


def test_an_application_withdrawn_before_its_turn_is_not_decided_a_second_time() -> None:
    here = opened(ceiling=GRANT)
    numbers = [apply(here, f"employer {turn}").number for turn in range(2)]
    assert withdraw(numbers[0]) == withdraw(numbers[0])
    assert decided(here).decisions == 1
    assert cents(numbers) == [0, GRANT]
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_a_withdrawn_application_moves_up_no_more_and_gets_nothing_else() -> None:
    here = opened(ceiling=2 * GRANT)
    numbers = five(here)
    withdraw(numbers[2])
    withdraw(numbers[0])
    decided(here)
    assert cents(numbers) == [0, GRANT, 0, GRANT, 0]
    with pytest.raises(NotPossibleError):
        actions.lower(number=numbers[2], cents=1, reason="x", actor="officer", now=timezone.now())


def test_what_is_settled_lower_comes_free_and_is_used_when_it_is_enough() -> None:
    here = opened(ceiling=2 * GRANT)
    numbers = five(here)
    for number in numbers[:2]:
        actions.lower(number=number, cents=GRANT // 2, reason="20 weeks", actor="officer", now=timezone.now())
        decided(here)
    assert cents(numbers) == [GRANT // 2, GRANT // 2, GRANT, 0, 0]
    for wrong in (0, -1, GRANT):
        with pytest.raises(NotPossibleError):
            actions.lower(number=numbers[0], cents=wrong, reason="x", actor="officer", now=timezone.now())
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def objection(number: str, approved_by: str = "head") -> int:
    return actions.grant_on_objection(number=number, cents=GRANT, reason="we were wrong", actor="officer",
                                      approved_by=approved_by, now=timezone.now())  # fmt: skip


def test_an_objection_won_after_exhaustion_is_paid_from_what_was_held_back_and_takes_from_nobody() -> None:
    here = opened(ceiling=2 * GRANT, objections=GRANT)
    numbers = five(here)
    objection(numbers[4])
    decided(here)
    assert cents(numbers) == [GRANT, GRANT, 0, 0, GRANT]
    row = queries.rounds(scheme=here.scheme.slug)[0]
    assert (row.granted_cents, row.left_cents, ledger.balance(here.held_back)) == (3 * GRANT, 0, 0)
    withdraw(numbers[4])
    decided(here)
    assert ledger.balance(here.held_back) == GRANT, "it goes back to where it came from"
    assert cents(numbers) == [GRANT, GRANT, 0, 0, 0]
    assert queries.replay(scheme=here.scheme.slug).differences == ()


def test_an_objection_with_no_money_left_anywhere_says_what_is_short() -> None:
    here = opened(ceiling=2 * GRANT)
    numbers = five(here)
    with pytest.raises(InsufficientError):
        objection(numbers[4])
    assert cents(numbers) == [GRANT, GRANT, 0, 0, 0]
    withdraw(numbers[0])
    objection(numbers[4])
    assert decided(here).moved_up == 0, "the objection had what was free"


def test_a_won_objection_is_seen_by_two_and_keeps_to_the_cap_of_the_employer() -> None:
    here = opened(objections=GRANT)
    numbers = [apply(here, "bakery", f"placed at {turn}").number for turn in range(6)]
    decided(here)
    with pytest.raises(NotPossibleError, match="Somebody else"):
        objection(numbers[5], approved_by="officer")
    with pytest.raises(NotPossibleError, match="more than one employer"):
        objection(numbers[5])
    with pytest.raises(NotPossibleError, match="already"):
        objection(numbers[0])


def test_nothing_is_decided_without_a_reason_or_an_application() -> None:
    here = opened()
    number = apply(here, "bakery").number
    with pytest.raises(InputError):
        actions.withdraw(number=number, reason=" ", actor="officer", now=timezone.now())
    with pytest.raises(NoRoundError):
        withdraw("AV-2222-2222")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["apply", "part", "decide", "withdraw", "lower", "objection"]),
                          st.integers(0, 30)), max_size=25))  # fmt: skip
def test_after_any_history_the_money_is_right_and_a_replay_is_equal(history: list[tuple[str, int]]) -> None:
    here = opened(ceiling=4 * GRANT + 1, objections=2 * GRANT)
    numbers: list[str] = []
    for what, which in [*history, ("decide", 0)]:
        with suppress(NotPossibleError, InsufficientError):
            _do(here, what, which, numbers)
    row = queries.rounds(scheme=here.scheme.slug)[0]
    beyond = Account(State.COMMITTED, here.held_back.place)
    assert row.granted_cents == ledger.balance(here.committed) + ledger.balance(beyond)
    assert row.left_cents == ledger.balance(here.reserved) >= 0
    assert row.decided >= row.complete
    replayed = queries.replay(scheme=here.scheme.slug)
    assert (replayed.differences, replayed.granted_cents) == ((), row.granted_cents)


def _do(here: Opened, what: str, which: int, numbers: list[str]) -> None:
    number = numbers[which % len(numbers)] if numbers else "AV-2222-2222"
    if what == "apply":
        numbers.append(apply(here, f"employer {which % 3}").number)
    elif what == "part":
        received = apply(here, f"employer {which % 3}", complete=False)
        if which % 2:
            told = facts(f"employer {which % 3}", f"later {received.number}")
            actions.complete(number=received.number, key=key_of(received.number), facts=told)
        numbers.append(received.number)
    elif what == "decide":
        decided(here, most=1 + which % 4)
    elif not numbers:
        return
    elif what == "withdraw":
        withdraw(number)
    elif what == "lower":
        actions.lower(number=number, cents=GRANT // 2, reason="less", actor="officer", now=timezone.now())
    else:
        objection(number)
