"""Edges that no scheme of today has, and one of tomorrow may: each rule on both sides of them."""

from datetime import date, timedelta
from hashlib import sha256

import numpy as np
import pytest

from dichterbij.domains.schemes.rules import (
    APPLICANTS,
    REASONS,
    Applicant,
    Decider,
    Facts,
    Scheme,
    State,
    columns_of,
    judge,
    judge_many,
    read_scheme,
)
from dichterbij.domains.schemes.rules.facts import key_of
from dichterbij.domains.schemes.rules.files import schemes
from dichterbij.domains.schemes.rules.formulas import Asked, AskedColumns, ByCategory, Share
from dichterbij.domains.schemes.rules.judging_many import period_of
from dichterbij.domains.schemes.rules.moments import AMSTERDAM, micros
from dichterbij.domains.schemes.rules.standing import Grants, standing, units_of
from dichterbij.shared.errors import InputError
from domains.schemes.rules.made import ASK, KIND, NOON, PER_UNIT, WINDOW, A, asked, cap, fixed, made, values, window

JULY = NOON.replace(month=7)
HALVES = [window("one", "2021-01-01 00:00:00", "2021-06-30 23:59:59"),
          window("two", "2021-07-01 00:00:00", "2021-12-31 23:59:59")]  # fmt: skip


def column(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int64)


def amounts(scheme: Scheme, *costs: int, own: int = 0) -> list[int]:
    """By one and by many, which agree."""
    facts = [Facts(complete_at=NOON, applicant=Applicant.EMPLOYER, cost_cents=one, own_cents=own) for one in costs]
    cents, _ = judge_many(scheme, columns_of(scheme, facts))
    assert [judge(scheme, one).value.cents for one in facts] == cents.tolist()
    return [int(one) for one in cents]


def test_two_thirds_of_the_costs_round_half_a_cent_up() -> None:
    two_thirds = made(amount={"formula": "share", "numerator": 2, "denominator": 3})
    assert amounts(two_thirds, 1, 2, 3, 100) == [1, 1, 2, 67]
    assert Share(3, 4, None).one(Asked(1, 2, 0, -1)) == 2, "one and a half cents"


def test_an_amount_has_its_most_and_below_it_nothing_changes() -> None:
    share = made(amount={"formula": "share", "numerator": 1, "denominator": 2, "most_euros": 1})
    assert amounts(share, 198, 200, 202) == [99, 100, 100]
    costs = made(amount={"formula": "costs", "most_euros": 1})
    assert amounts(costs, 149, 150, 151, own=50) == [99, 100, 100]


def test_no_category_has_no_amount() -> None:
    by_category = ByCategory({0: 500, 1: 700})
    places = (-1, 0, 1, 2, 3, 99)
    rows = AskedColumns(*(column(*[0] * 6) for _ in range(3)), column(*places))
    assert by_category.many(rows).tolist() == [0, 500, 700, 0, 0, 0]
    assert [by_category.one(Asked(1, 0, 0, place)) for place in places] == [0, 500, 700, 0, 0, 0]


def test_who_says_nothing_asks_for_one() -> None:
    units = made(amount=PER_UNIT)
    facts = Facts(complete_at=NOON, applicant=Applicant.EMPLOYER)
    assert judge(units, facts).value.cents == 1_000
    assert judge_many(units, asked(1))[0].tolist() == [1_000]


def test_a_kind_that_is_for_employers_is_for_no_one_else() -> None:
    kinds = made(applicants=["employer", "uwv"], categories=[{**KIND, "receiver": "employer"}, {**KIND, "code": "b"}])
    columns = asked(3, applicant=[APPLICANTS.index(one) for one in (Applicant.EMPLOYER, Applicant.UWV, Applicant.UWV)],
                    category=[0, 0, 1], cost_cents=[5, 5, 5])  # fmt: skip
    cents, codes = judge_many(kinds, columns)
    assert cents.tolist() == [5, 0, 5]
    assert REASONS[int(codes[1])] == "wrong_category"
    facts = Facts(complete_at=NOON, applicant=Applicant.UWV, category="a", cost_cents=5)
    assert judge(kinds, facts).value.why.slug == "wrong_category"


def test_what_was_cut_to_the_whole_units_that_fit_counts_as_those_units_under_a_cap() -> None:
    halves = [{**one, "ceiling": 20} for one in HALVES]
    read = made(amount={**PER_UNIT, "most": 9}, periods=halves, caps=[cap("employer", "units", 4)],
                distribution={"rest": "whole_units"})  # fmt: skip
    columns = asked(3, quantity=[3, 2, 1], employer=[1, 1, 1], complete_at=[micros(NOON), *[micros(JULY)] * 2])
    assert Decider(read, None).decide(columns).cents.tolist() == [2_000, 2_000, 0], "two and two are four"


@pytest.mark.parametrize(("ceiling", "told"), [(101, [100, 1]), (100, [100, 0])])
def test_a_last_cent_is_given_where_what_is_left_goes_to_the_next(ceiling: int, told: list[int]) -> None:
    read = made(distribution={"rest": "rest"})
    assert Decider(read, ceiling).decide(asked(2, cost_cents=[100, 100])).cents.tolist() == told


def test_a_person_and_an_employer_of_one_key_are_two() -> None:
    caps = [cap("person", "times", 2), cap("employer", "times", 1, each_period=True)]
    read = fixed(caps=caps, periods=HALVES)
    columns = asked(2, person=[7, 7], employer=[7, 8])
    assert Decider(read, None).decide(columns).cents.tolist() == [10_000, 10_000]


def test_a_decider_that_goes_on_from_a_full_table_has_room_for_everybody_who_comes() -> None:
    read = fixed(caps=[cap("person", "times", 1)], ceiling={"together": None})
    before = Decider(read, None)
    before.decide(asked(3_000, person=np.arange(3_000)))
    after = Decider(read, None, State.from_bytes(before.state.to_bytes()))
    told = after.decide(asked(6_000, person=np.arange(6_000)))
    assert (told.cents > 0).tolist() == [False] * 3_000 + [True] * 3_000


def test_where_a_decider_stands_follows_from_its_grants_alone() -> None:
    caps = [cap("person", "times", 3), cap("employer", "cents", 300), cap("group", "cents", 400, each_period=True)]
    read = fixed(caps=caps, periods=HALVES, distribution={"rest": "stop"})
    rng = np.random.default_rng(8)
    size = 300
    columns = asked(size, person=rng.integers(-1, 60, size) + 1, employer=rng.integers(0, 90, size),
                    group=rng.integers(-1, 40, size),
                    complete_at=np.where(np.arange(size) < 150, micros(NOON), micros(JULY)))  # fmt: skip
    decider = Decider(read, 2_000_000)
    cents = decider.decide(columns).cents
    kept = cents > 0
    keys = np.stack([columns[name][kept] for name in ("person", "employer", "group")])
    grants = Grants((np.arange(size) >= 150).astype(np.int64)[kept], column(*[-1] * int(kept.sum())), cents[kept],
                    cents[kept], column(*[1] * int(kept.sum())), keys)  # fmt: skip
    ended = [(window_, 0) for window_ in range(2) if decider.state.stopped[window_, 0]]
    assert standing(read, grants, stopped=ended).to_bytes() == decider.state.to_bytes()
    following = asked(50, person=np.arange(50), employer=np.arange(50), group=np.arange(50),
                      complete_at=np.full(50, micros(JULY)))  # fmt: skip
    again = Decider(read, 2_000_000, standing(read, grants, stopped=ended))
    assert again.decide(following).cents.tolist() == decider.decide(following).cents.tolist()


def test_the_night_of_new_year_is_a_dutch_night() -> None:
    last = micros(NOON.replace(year=2021, month=12, day=31, hour=22, minute=59, second=59))
    assert last + 1_000_000 == micros(NOON.replace(year=2022, month=1, day=1, hour=0).replace(tzinfo=AMSTERDAM))
    cents, codes = judge_many(fixed(), asked(2, complete_at=[last, last + 1_000_000]))
    assert (cents.tolist(), REASONS[int(codes[1])]) == ([10_000, 0], "too_late")


def test_an_answer_names_every_rule_that_was_passed_in_order_with_what_it_looked_at() -> None:
    read = made(categories=[KIND], conditions=[ASK], caps=[cap("person", "times", 1)], limit={"most": 3, **A},
                starts={"first": date(2021, 1, 1), "last": date(2021, 12, 31), **A})  # fmt: skip
    facts = Facts(complete_at=NOON, applicant=Applicant.EMPLOYER, category="a", met=frozenset({"a"}), person="x",
                  start=date(2021, 5, 1), cost_cents=500)  # fmt: skip
    told = judge(read, facts)
    assert [(one.rule, dict(one.inputs)) for one in told.reasons] == [
        ("exercise", {"scheme": "language_at_work"}), ("in_window", {"applicant": "employer", "window": "y2021"}),
        ("condition.a", {"a": True}), ("start", {"start": date(2021, 5, 1)}), ("limit", {"quantity": 1, "most": 3}),
        ("category", {"category": "a"}), ("amount.costs", {"quantity": 1, "costs": "5.00", "amount": "5.00"}),
    ]  # fmt: skip
    assert (told.value.own_cents, told.value.period) == (0, "y2021"), "all is paid: nothing of one's own to prove"
    status = [{"status": "open", "from": date(2021, 1, 1), "source": "letter"}]
    opened = read_scheme(values(status=status, published_on=date(2020, 12, 1)))
    passed = judge(opened, Facts(complete_at=NOON, applicant=Applicant.EMPLOYER, cost_cents=1)).reasons
    assert passed[0].rule == "scheme_open"


def test_a_state_with_a_ceiling_for_each_kind_is_kept_whole() -> None:
    read = made(categories=[KIND, {**KIND, "code": "b"}], ceiling={"categories": {"a": 1, "b": 2}})
    decider = Decider(read, None)
    decider.decide(asked(2, category=[0, 1], cost_cents=[10, 20]))
    again = State.from_bytes(decider.state.to_bytes())
    assert again.committed.tolist() == decider.state.committed.tolist() == [[10, 20]]
    assert Decider(read, None, again).state.to_bytes() == decider.state.to_bytes()


def test_the_digest_of_a_file_does_not_hang_on_the_order_of_its_fields() -> None:
    file = values()
    assert read_scheme(file).digest == read_scheme(dict(reversed(file.items()))).digest
    assert read_scheme(file).digest != read_scheme({**file, "checked_on": date(2026, 11, 23)}).digest


def test_a_grant_has_as_many_units_as_its_amount_and_otherwise_as_were_asked() -> None:
    units = made(amount=PER_UNIT)
    assert units_of(units, column(2_000, 3_000, 0), column(9, 9, 9)).tolist() == [2, 3, 0]
    assert units_of(made(), column(2_000, 1, 0), column(9, 9, 9)).tolist() == [9, 9, 0]


def test_the_place_of_a_window_is_below_zero_outside_all_of_them() -> None:
    read = fixed(periods=HALVES)
    moments = column(micros(NOON.replace(year=2020)), micros(NOON), micros(JULY), micros(NOON.replace(year=2022)))
    assert period_of(read, moments).tolist() == [-1, 0, 1, -1]


def test_who_costs_less_than_the_amount_has_nothing_of_its_own_to_prove() -> None:
    told = [judge(fixed(), Facts(complete_at=NOON, applicant=Applicant.EMPLOYER, cost_cents=cost)).value
            for cost in (0, 10_000, 10_001)]  # fmt: skip
    assert [(one.is_eligible, one.cents, one.own_cents) for one in told] == [
        (True, 10_000, 0), (True, 10_000, 0), (True, 10_000, 1)]  # fmt: skip
    late = Facts(complete_at=NOON.replace(year=2022), applicant=Applicant.EMPLOYER, cost_cents=5)
    refused = judge(fixed(), late).value
    assert (refused.is_eligible, refused.cents, refused.own_cents) == (False, 0, 0)


def test_a_scheme_that_closed_before_its_window_ended_is_closed() -> None:
    status = [{"status": "open", "from": date(2021, 1, 1), "source": "letter"},
              {"status": "closed", "from": date(2021, 6, 1), "source": "letter"}]  # fmt: skip
    read = read_scheme(values(status=status, published_on=date(2020, 12, 1)))
    moments = [NOON, NOON.replace(month=5), NOON.replace(year=2022)]
    facts = [Facts(complete_at=one, applicant=Applicant.EMPLOYER, cost_cents=5) for one in moments]
    assert [judge(read, one).value.why.slug for one in facts] == ["scheme_closed", "granted", "too_late"]
    _, codes = judge_many(read, columns_of(read, facts))
    assert [REASONS[int(code)] for code in codes] == ["scheme_closed", "granted", "too_late"]


def test_with_one_category_another_one_is_not_known() -> None:
    read = made(categories=[KIND])
    cents, codes = judge_many(read, asked(3, category=[0, -1, 1], cost_cents=[5, 5, 5]))
    assert (cents.tolist(), [REASONS[int(code)] for code in codes[1:]]) == ([5, 0, 0], ["wrong_category"] * 2)


def test_a_scheme_is_there_from_the_day_of_its_first_version() -> None:
    first = date(2022, 5, 13)
    assert "employer_subsidy" in {one.slug for one in schemes(first)}
    assert "employer_subsidy" not in {one.slug for one in schemes(first - timedelta(days=1))}


def test_what_execution_costs_is_not_for_the_categories() -> None:
    parts = {"together": 10, "execution": 4, "categories": {"a": 4, "b": 2}}
    kinds = [KIND, {**KIND, "code": "b"}]
    assert made(categories=kinds, ceiling=parts).ceiling.cents == 600
    with pytest.raises(InputError, match="more than the ceiling"):
        made(categories=kinds, ceiling={**parts, "categories": {"a": 5, "b": 2}})


def test_the_number_of_a_text_is_63_bits_of_its_digest() -> None:
    assert key_of("person:1") == int(sha256(b"person:1").hexdigest()[:16], 16) // 2


def test_places_of_a_window_have_a_most() -> None:
    with pytest.raises(InputError, match="places"):
        made(periods=[{**WINDOW, "places": 10_000_001}])


def test_where_a_decider_stands_in_each_kind_follows_from_its_grants_too() -> None:
    read = made(categories=[KIND, {**KIND, "code": "b"}], ceiling={"categories": {"a": 1, "b": 2}},
                distribution={"rest": "stop"})  # fmt: skip
    decider = Decider(read, None)
    cents = decider.decide(asked(4, category=[0, 1, 1, 0], cost_cents=[10, 20, 190, 30])).cents
    assert cents.tolist() == [10, 20, 0, 30]
    nobody = np.full((3, 3), -1, np.int64)
    given = column(10, 20, 30)
    grants = Grants(column(0, 0, 0), column(0, 1, 0), given, given, column(1, 1, 1), nobody)
    assert standing(read, grants, stopped=[(0, 1)]).to_bytes() == decider.state.to_bytes()


def test_where_a_decider_stands_after_one_that_did_not_fit_ended_it() -> None:
    read = fixed(periods=HALVES, distribution={"rest": "stop"})
    decider = Decider(read, 15_000)
    assert decider.decide(asked(2)).cents.tolist() == [10_000, 0]
    one = column(0)
    grants = Grants(one, one - 1, one + 10_000, one + 10_000, one + 1, np.full((3, 1), -1, np.int64))
    assert standing(read, grants, stopped=[(0, 3)]).to_bytes() == decider.state.to_bytes(), "one kind: any number"
