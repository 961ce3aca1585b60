"""Numbers and proofs of receipts, facts as they are written down, and where a decider stands after any history."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.schemes.rules import Applicant, Decider, Facts, columns_of, scheme
from dichterbij.domains.schemes.rules.judging_many import period_of
from dichterbij.domains.schemes.rules.moments import micros
from dichterbij.domains.schemes.rules.proof import NUMBERS, Proof, canonical, id_of, number_of
from dichterbij.domains.schemes.rules.standing import Grants, standing, units_of
from dichterbij.domains.schemes.rules.written import columns_from, read_facts, written
from dichterbij.shared.errors import InputError

AT = datetime(2022, 7, 1, 9, 0, 0, 123_457, tzinfo=UTC)
SUBSIDY = scheme("employer_subsidy", date(2022, 7, 1)).as_exercise()


@given(st.integers(0, NUMBERS - 1))
def test_every_receipt_has_a_number_that_leads_back_to_it(receipt: int) -> None:
    number = number_of(receipt)
    assert id_of(number) == id_of(number.lower().replace("-", " ")) == receipt


def test_a_million_receipts_have_a_million_numbers_that_do_not_look_alike() -> None:
    numbers = [number_of(receipt) for receipt in range(0, 1_000_000, 101)]
    assert len(set(numbers)) == len(numbers)
    assert max(Counter(number[:5] for number in numbers).values()) < 100


@given(st.integers(0, NUMBERS - 1), st.integers(3, 10), st.sampled_from("2346789CDFGHJKMNPQRTWXY"))
def test_a_slip_in_one_character_is_never_another_receipt(receipt: int, at: int, letter: str) -> None:
    number = number_of(receipt)
    at += at >= 7  # the dash
    assert id_of(number[:at] + letter + number[at + 1 :]) in (None, receipt)


@pytest.mark.parametrize("text", ["", "AV-", "AV-7K4M-2Q", "AV-OOOO-OOOO", "nothing"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert id_of(text) is None


def test_a_number_beyond_all_numbers_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="a receipt has a number"):
        number_of(NUMBERS)


@pytest.mark.parametrize("change", [{"facts": "{ }"}, {"applicant": "b"}, {"received_at": AT.replace(microsecond=0)},
                                    {"complete_at": None}, {"id": 2}, {"key": UUID(int=2)},
                                    {"round": b"y"}])  # fmt: skip
def test_a_proof_is_over_everything_on_the_receipt(change: dict[str, Any]) -> None:
    told = {
        "round": b"x",
        "id": 1,
        "key": UUID(int=1),
        "applicant": "a",
        "facts": "{}",
        "received_at": AT,
        "complete_at": AT,
    }
    assert Proof(**told).digest() != Proof(**(told | change)).digest()


def test_the_same_facts_are_the_same_text_and_a_fraction_is_refused() -> None:
    assert canonical({"b": 1, "a": ["é"]}) == canonical({"a": ["é"], "b": 1}) == '{"a":["é"],"b":1}'
    with pytest.raises(InputError):
        canonical({"a": [{"b": 0.1}]})


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    name = st.sampled_from(["a", "b", "c"])
    return Facts(
        complete_at=AT, applicant=draw(st.sampled_from([Applicant.EMPLOYER, Applicant.WORKER])),
        person=draw(st.none() | st.integers(0, 9).map(str)), employer=draw(st.none() | name),
        group=draw(st.none() | name), category=draw(st.sampled_from([None, "open_hiring", "jobcarving"])),
        quantity=draw(st.integers(0, 6)), cost_cents=draw(st.integers(0, 10**9)), own_cents=draw(st.integers(0, 9)),
        start=draw(st.sampled_from([None, date(2022, 5, 1), date(2024, 2, 29)])),
        met=frozenset(draw(st.sets(st.sampled_from([one.code for one in SUBSIDY.conditions])))),
        score=draw(st.integers(0, 9)),
    )  # fmt: skip


@settings(max_examples=50)
@given(st.lists(some_facts(), max_size=6))
def test_facts_come_back_as_they_were_written_alone_and_as_columns(facts: list[Facts]) -> None:
    assert [read_facts(written(one), complete_at=AT) for one in facts] == facts
    rows = [(canonical(written(one)), micros(AT)) for one in facts]
    found, expected = columns_from(SUBSIDY, rows), columns_of(SUBSIDY, facts)
    assert all((found[name] == expected[name]).all() for name in expected)


@given(
    st.dates(date(2021, 1, 1), date(2024, 12, 31)),
    st.sampled_from(
        ["%Y-%m-%d", "%Y%m%d", "%G-W%V-%u", "%Y-%m-%d 12:00:00", "%Y-%m-%dT00:00", "%d-%m-%Y", " %Y-%m-%d"]
    ),
)
def test_a_day_that_is_received_is_the_same_day_for_who_decides(day: date, form: str) -> None:
    told = {"applicant": "employer", "start": day.strftime(form)}
    try:
        read = read_facts(told, complete_at=AT)
    except InputError:
        assert form != "%Y-%m-%d"
        return
    assert columns_from(SUBSIDY, [(canonical(told), micros(AT))])["start"] == columns_of(SUBSIDY, [read])["start"]


@pytest.mark.parametrize("text", ["{}", "[]", "3", '{"applicant": 4}', '{"applicant":"employer","quantity":1.5}', "{",
                                  '{"applicant":"employer","met":4}', '{"applicant":"employer","start":"2022-02-30"}',
                                  '{"applicant":"employer","quantity":99999999999999999999}'])  # fmt: skip
def test_what_nobody_can_read_is_refused_and_in_nobodys_way(text: str) -> None:
    good = canonical(written(Facts(complete_at=AT, applicant=Applicant.EMPLOYER, person="p", employer="e",
                                   category="open_hiring", start=date(2022, 5, 1),
                                   met=frozenset({"interview", "unused_potential"}))))  # fmt: skip
    decided = Decider(SUBSIDY, 150_000).decide(columns_from(SUBSIDY, [(text, micros(AT)), (good, micros(AT))]))
    assert decided.cents.tolist() == [0, 150_000]


@settings(max_examples=60)
@given(st.lists(some_facts(), max_size=30), st.integers(0, 20))
def test_the_grants_in_force_say_where_a_decider_stands(facts: list[Facts], places: int) -> None:
    decider = Decider(SUBSIDY, places * 150_000)
    columns = columns_of(SUBSIDY, facts)
    decided = decider.decide(columns)
    there = decided.cents > 0
    grants = Grants(
        window=period_of(SUBSIDY, columns["complete_at"])[there], category=columns["category"][there],
        cents=decided.cents[there], worth=decided.cents[there],
        units=units_of(SUBSIDY, decided.cents, columns["quantity"])[there],
        keys=np.stack([columns[name][there] for name in ("person", "employer", "group")]),
    )  # fmt: skip
    assert standing(SUBSIDY, grants).to_bytes() == decider.state.to_bytes()
