"""An application is received once, with a number and a proof at once, whatever happens on the way."""

import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from dichterbij.domains.budget.errors import InsufficientError
from dichterbij.domains.budget.queries import balance
from dichterbij.domains.budget.rules import read_account
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.errors import NoRoundError, NotPossibleError, OtherContentError
from dichterbij.shared.errors import InputError
from support.budget import filled, move, posted
from support.schemes import GRANT, apply, decided, definition, facts, key_of, opened

DEEP: list[object] = []
for _ in range(2_000):
    DEEP = [DEEP]

pytestmark = pytest.mark.usefixtures("site")


def test_the_same_key_with_the_same_content_is_one_receipt_with_one_answer() -> None:
    here = opened()
    first = apply(here, "bakery", "sami", key=key_of("once"))
    again = apply(here, "bakery", "sami", key=key_of("once"))
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.number, again.proof, again.received_at) == (first.number, first.proof, first.received_at)
    assert queries.rounds(scheme=here.scheme.slug)[0].received == 1


def test_the_same_key_for_something_else_is_refused_and_names_the_one_that_is_kept() -> None:
    here = opened()
    first = apply(here, "bakery", "sami", key=key_of("else"))
    with pytest.raises(OtherContentError) as caught:
        apply(here, "bakery", "noor", key=key_of("else"))
    assert caught.value.fields["number"] == first.number
    with pytest.raises(OtherContentError):
        actions.receive(scheme=here.scheme.slug, key=key_of("else"), applicant="butcher", facts=facts("bakery", "sami"))


def test_eight_who_press_at_once_with_one_key_get_one_number() -> None:
    here = opened()

    def press(_turn: int) -> str:
        try:
            return apply(here, "bakery", "sami", key=key_of("pressed")).number
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(press, range(24)))
    assert len(numbers) == 1


def test_anybody_can_check_the_proof_with_a_common_tool() -> None:
    here = opened()
    received = apply(here, "bakery", "sami")
    row = queries.status(number=received.number)
    assert row.proof_holds
    assert row.proof == received.proof == hashlib.sha256(row.proof_line.encode()).hexdigest()
    told = subprocess.run(["sha256sum"], input=row.proof_line, capture_output=True, text=True, check=True).stdout
    assert told.split()[0] == received.proof


def test_who_is_not_the_applicant_gets_the_answer_of_a_number_that_does_not_exist() -> None:
    here = opened()
    received = apply(here, "bakery", "sami")
    assert queries.status(number=received.number, applicant="bakery").number == received.number
    with pytest.raises(NoRoundError) as other:
        queries.status(number=received.number, applicant="butcher")
    with pytest.raises(NoRoundError) as nothing:
        queries.status(number="AV-2222-2222", applicant="butcher")
    assert other.value.message == nothing.value.message.replace("AV-2222-2222", received.number)


def test_an_application_counts_from_the_moment_it_is_complete() -> None:
    here = opened(ceiling=GRANT)
    early = apply(here, "bakery", "sami", complete=False)
    second = apply(here, "butcher", "noor")
    assert early.complete_at is None
    late = actions.complete(number=early.number, key=key_of("late"), facts=facts("bakery", "sami"))
    assert (
        late == actions.complete(number=early.number, key=key_of("late"), facts=facts("bakery", "sami")) or late.is_new
    )
    assert decided(here).decisions == 2
    assert [queries.status(number=one.number).decisions[-1].cents for one in (early, second)] == [0, GRANT]
    assert queries.status(number=early.number).proof_holds


def test_what_was_complete_is_not_completed_again() -> None:
    here = opened()
    whole, part = apply(here, "bakery", "sami"), apply(here, "bakery", "noor", complete=False)
    with pytest.raises(NotPossibleError):
        actions.complete(number=whole.number, key=uuid4(), facts=facts("bakery", "other"))
    actions.complete(number=part.number, key=key_of("done"), facts=facts("bakery", "noor"))
    with pytest.raises(OtherContentError):
        actions.complete(number=part.number, key=key_of("done"), facts=facts("bakery", "other"))
    with pytest.raises(NoRoundError):
        actions.complete(number="AV-2222-2222", key=uuid4(), facts={})


@pytest.mark.parametrize(
    "more",
    [
        {"cost_cents": 15.5}, {"cost_cents": "1.500,00"}, {"quantity": True}, {"met": ["no such thing"]},
        {"colour": "red"},
        {"applicant": "somebody"}, {"start": "2022-02-29"}, {"category": "no such"}, {"person": "x" * 201},
        {"score": 1 << 60}, {"met": [{"a": 1.5}]}, {"start": "2022-05-01 12:00:00"}, {"start": "20220501"},
        {"employer": "12345678"}, {"employer": "kvk:1234 5678"}, {"employer": "kvk:١٢٣٤٥٦٧٨"}, {"group": "holding"},
        {"person": "Sami Verzonnen"}, {"person": "\ud800"}, {"category": "\ud800"}, {"met": DEEP}, {"quantity": 2},
    ],
    ids=lambda more: next(iter(more)),
)  # fmt: skip
def test_what_no_decider_could_read_is_never_received(more: dict[str, object]) -> None:
    here = opened()
    with pytest.raises(InputError):
        actions.receive(scheme=here.scheme.slug, key=uuid4(), applicant="x", facts=facts("bakery", "sami") | more)
    assert queries.rounds(scheme=here.scheme.slug)[0].received == 0


def test_before_it_opens_nothing_is_received_and_after_it_closed_everything_is_and_is_refused() -> None:
    fund, now = filled(GRANT), timezone.now()
    soon = (now + timedelta(hours=1), now + timedelta(hours=2))
    actions.open_round(definition=definition("soon"), source=read_account(f"free:{fund}"), posting=uuid4(),
                       now=now, actor="tests", account=f"reserved:{fund}:::soon", ceiling_cents=GRANT,
                       exercise=soon)  # fmt: skip
    with pytest.raises(NotPossibleError, match="opens at"):
        actions.receive(scheme="soon", key=uuid4(), applicant="bakery", facts=facts("bakery", "sami"))
    with pytest.raises(NoRoundError):
        actions.receive(scheme="never", key=uuid4(), applicant="bakery", facts=facts("bakery", "sami"))
    closed = opened(ends=0)
    late = apply(closed, "bakery")
    assert decided(closed).grants == 0
    assert queries.status(number=late.number).decisions[-1].reason == "too_late"


def test_a_round_is_opened_once_never_over_another_and_never_without_its_money() -> None:
    fund, now, posting = filled(GRANT), timezone.now(), uuid4()
    window = (now, now + timedelta(hours=1))

    def open_it(posting: object = posting, cents: int = GRANT) -> object:
        return actions.open_round(
            definition=definition("once"), source=read_account(f"free:{fund}"), posting=posting,  # type: ignore[arg-type]
            account=f"reserved:{fund}:::once", actor="tests", now=now, ceiling_cents=cents, exercise=window,
        )  # fmt: skip

    with pytest.raises(InsufficientError):
        open_it(uuid4(), GRANT + 1)
    assert queries.rounds(scheme="once") == ()
    assert open_it() == open_it()
    with pytest.raises(NotPossibleError, match="overlap"):
        open_it(uuid4())


def test_an_earmark_pays_for_a_round_and_for_its_objections_and_keeps_its_purpose() -> None:
    fund, now = filled(2 * GRANT), timezone.now()
    posted(move(read_account(f"free:{fund}"), read_account(f"earmarked:{fund}:purpose=wages"), 2 * GRANT))
    here = actions.open_round(
        definition=definition(fund), source=read_account(f"earmarked:{fund}:purpose=wages"), posting=uuid4(),
        account=f"reserved:{fund}:purpose=wages", actor="tests", now=now, ceiling_cents=GRANT, objections_cents=GRANT,
        exercise=(now, now + timedelta(hours=1)),
    )  # fmt: skip
    assert (balance(here.reserved), balance(here.held_back)) == (GRANT, GRANT)


def test_a_version_whose_ceiling_is_below_what_is_committed_already_is_not_opened() -> None:
    fund, now = filled(3 * GRANT), timezone.now()
    account, text = f"reserved:{fund}", definition(fund, ceiling='{together: 1, source: "letter, Werkgeverssubsidie"}')
    posted(move(read_account(f"free:{fund}"), read_account(account), GRANT))
    posted(move(read_account(account), read_account(f"committed:{fund}"), GRANT))
    told: dict[str, Any] = {"definition": text, "source": read_account(f"free:{fund}"), "account": account, "now": now,
                            "actor": "tests", "exercise": (now, now + timedelta(hours=1))}  # fmt: skip
    with pytest.raises(InputError, match="already committed"):
        actions.open_round(posting=uuid4(), **told)
    assert actions.open_round(posting=uuid4(), ceiling_cents=100, **told).ceiling_cents == 100  # new money


def test_a_receipt_in_repeatable_read_is_refused_because_its_moment_could_be_too_early() -> None:
    here = opened()
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        try:
            with pytest.raises(Exception, match="READ COMMITTED"):
                apply(here, "bakery")
        finally:
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED")
