"""The money of the action plan, to the cent, and what every later day looked like."""

import re
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.db import connection

from dichterbij.data import read_yaml
from dichterbij.domains.budget import actions, errors, queries
from dichterbij.domains.budget.actions.books import load_book
from dichterbij.domains.budget.rules import State
from dichterbij.domains.budget.rules.books import PROGRAMME, demonstration, granted_to_regions, programme, read_book
from dichterbij.shared.errors import InputError
from support.budget import NOW, at, move

MILLION = 100_000_000  # cents


@pytest.fixture(scope="module")
def loaded(ledger: None) -> None:
    actions.load_demo_budget(now=NOW)


@pytest.fixture
def values() -> dict[str, Any]:
    found: dict[str, Any] = deepcopy(read_yaml(PROGRAMME))
    return found


def on(day: date) -> dict[tuple[State, str], int]:
    """Cents of the programme per state and purpose at the end of a day."""
    found: dict[tuple[State, str], int] = {}
    for one in queries.as_of(day):
        if one.account.place.fund == "ddd":
            key = one.account.state, one.account.place.purpose
            found[key] = found.get(key, 0) + one.cents
    return found


def test_forty_million_is_the_sum_of_four_lines() -> None:
    plan = programme().plans["plan"]
    assert [line.cents // 100_000 for line in plan.lines] == [3_758, 17_500, 17_942, 800]
    assert (plan.total_cents, plan.gap_cents) == (40 * MILLION, 0)


@pytest.mark.parametrize(
    ("plan", "line", "change"), [("plan", 0, -100_00), ("freed", 3, 42_000_00), ("initiatives", 1, 1)]
)
def test_a_changed_line_shows_the_gap(values: dict[str, Any], plan: str, line: int, change: int) -> None:
    values[plan]["lines"][line]["cents"] += change
    with pytest.raises(InputError, match=f"{plan} does not close") as caught:
        read_book(values, "x", "file.yaml")
    assert caught.value.fields["gap_cents"] == -change


@pytest.mark.parametrize("amount", ["1,50", "1.50", 1.5, 100.0, True, None, -5, 0])
def test_an_amount_that_is_no_whole_number_of_cents_is_refused(values: dict[str, Any], amount: object) -> None:
    values["postings"][0]["moves"][0]["cents"] = amount
    with pytest.raises(InputError, match="cents"):
        read_book(values, "x", "file.yaml")


def test_every_region_gets_half_a_million_and_later_a_quarter() -> None:
    granted = granted_to_regions(programme())
    assert len({region for region, _ in granted}) == 35
    per_tranche = {tranche: {cents for (_, one), cents in granted.items() if one == tranche} for _, tranche in granted}
    assert per_tranche == {"2022": {500_000_00}, "2022-2": {250_000_00}}
    assert sum(granted.values()) == 1_750_000_000 + 875_000_000


def test_what_went_through_the_vat_fund_is_unknown_and_never_worked_out() -> None:
    assert [(one.gross_cents, one.cash_cents, one.fund_cents) for one in programme().indirect] == [
        (500_000_00, None, None), (250_000_00, None, None)
    ]  # fmt: skip


@pytest.mark.usefixtures("loaded")
def test_on_every_day_forty_million_stands_somewhere() -> None:
    for day in (date(2022, 1, 1), date(2022, 10, 16), date(2022, 10, 17), date(2022, 12, 30), date(2026, 1, 1)):
        inside = {key: cents for key, cents in on(day).items() if key[0] is not State.OUTSIDE}
        assert sum(inside.values()) == 40 * MILLION
        assert min(inside.values()) >= 0
    assert on(date(2021, 12, 31)) == {}


@pytest.mark.usefixtures("loaded")
def test_the_subsidy_ends_on_17_october_2022_and_is_used_otherwise_to_the_cent() -> None:
    before, after = on(date(2022, 10, 16)), on(date(2022, 10, 17))
    assert before[State.EARMARKED, "employer-subsidy"] == after[State.FREE, "employer-subsidy"] == 1_794_200_000
    end = on(date(2022, 12, 31))
    used = {key: cents for key, cents in end.items() if key[0] in (State.PAID, State.RETURNED)}
    assert used == {
        (State.PAID, "programme"): 375_800_000, (State.PAID, "regions"): 2_625_000_000, (State.PAID, "via"): 80_000_000,
        (State.PAID, "sif"): 200_000_000, (State.PAID, "national-initiatives"): 75_000_000,
        (State.RETURNED, "employer-subsidy"): 644_200_000,
    }  # fmt: skip
    assert sum(used.values()) == 40 * MILLION


@pytest.mark.usefixtures("loaded")
def test_campaigns_and_initiatives_that_are_known_stand_apart() -> None:
    spent = {
        one.account.place.activity: one.cents
        for one in queries.balances(fund="ddd", state="paid")
        if not one.account.place.region
    }
    assert (spent["campaign-1"], spent["campaign-2"]) == (149_000_00, 100_000_00)
    assert (spent["abu-nbbu"], spent["everyday-heroes"]) == (14_500_00, 235_000_00)


@pytest.mark.usefixtures("loaded")
def test_loading_again_changes_nothing_and_other_data_are_refused(values: dict[str, Any]) -> None:
    before = queries.balances()
    again = actions.load_demo_budget(now=NOW)
    assert (again.made, again.there) == (0, len(programme().postings) + len(demonstration().postings))
    assert queries.balances() == before
    values["postings"][2]["moves"][0]["cents"] += 1
    with pytest.raises(errors.DifferentError):
        load_book(read_book(values, "programme", "x"), actor="x", now=NOW)
    assert queries.balances() == before


@pytest.mark.usefixtures("loaded")
def test_the_picture_of_the_programme_closes_in_every_knot() -> None:
    flows = queries.flows("state", "purpose", fund="ddd")
    coming: dict[tuple[str, ...], int] = {}
    for one in flows:
        coming[one.target] = coming.get(one.target, 0) + one.cents
        coming[one.source] = coming.get(one.source, 0) - one.cents
    left = {key: cents for key, cents in coming.items() if cents}
    assert left.pop(("outside", "")) == -40 * MILLION
    assert sum(left.values()) == 40 * MILLION
    assert {state for state, _ in left} == {"paid", "returned"}


@pytest.mark.usefixtures("loaded")
def test_nobody_uses_an_earmark_for_another_purpose_and_what_is_left_goes_into_the_next_year() -> None:
    (carried,) = queries.carried_over(2022, region="AM12")
    assert (carried.purpose, carried.cents) == ("regional", 500_000_00)
    (later,) = queries.carried_over(2023, region="AM12")
    assert later.cents == 300_000_00


@pytest.mark.usefixtures("loaded")
def test_the_money_of_gooi_en_vechtstreek_moves_only_as_the_directors_approved() -> None:
    kinds = queries.totals("activity", fund="du", region="AM12", state="committed")
    assert kinds == {("services", State.COMMITTED): 120_000_00, ("temporary-staff", State.COMMITTED): 80_000_00}
    waiting = next(one for one in demonstration().proposals if one.approved_on is None)
    with pytest.raises(errors.ApprovalError, match="not approved"):
        actions.carry_out(proposal=waiting.id, posting=waiting.id, actor="x", now=NOW)


@pytest.mark.usefixtures("loaded")
def test_a_promise_above_the_part_of_a_route_warns() -> None:
    warned = [one for one in queries.route_reserves(region="AM22") if one.over_cents]
    assert [(one.route, one.over_cents) for one in warned] == [("meeting", 15_000_00)]
    place = {"tranche": "1", "region": "AM22"}
    free, promised = at("free", "du", **place), at("committed", "du", route="carving", **place)
    assert not [one for one in queries.passes_reserve([move(free, promised, 100_000_00)]) if one.route == "carving"]
    (more,) = [one for one in queries.passes_reserve([move(free, promised, 100_000_01)]) if one.route == "carving"]
    assert (more.set_aside_cents, more.over_cents) == (100_000_00, 1)


@pytest.mark.usefixtures("loaded")
def test_a_region_sees_its_spending_by_three_purposes() -> None:
    kinds = {purpose for purpose, _ in queries.totals("purpose", fund="du", region="AM05") if purpose}
    assert kinds == {"reach", "professionalise", "intensify"}


@pytest.mark.usefixtures("loaded")
def test_what_lapses_first_is_shown_first() -> None:
    stack = [one for one in queries.lapsing(region="AM33") if not one.fund.startswith("fund")]  # of other tests
    order = "pow 2026, rmt 2020, du 1, du 2, esf 2026, employers 2026, practical-learning 2020"
    assert ", ".join(f"{one.fund} {one.tranche}" for one in stack) == order
    assert stack[0].days_left(date(2026, 11, 23)) == 38


@pytest.mark.usefixtures("loaded")
def test_an_activity_with_temporary_money_waits_for_a_decision_before_its_end() -> None:
    found = {one.name: one for one in queries.activities(region="AM33")}
    care = found["zorgstart"]
    assert [one.fund for one in care.sources] == ["pow", "du", "employers"]
    assert care.waits_for_decision
    assert not care.is_late(date(2026, 12, 31))
    assert care.is_late(date(2027, 1, 1))
    assert not found["banenmarkt"].waits_for_decision


@pytest.mark.usefixtures("loaded")
def test_the_cashier_sees_payments_per_region_and_source_and_never_less_than_nothing() -> None:
    rows = [one for one in queries.by_region() if one.fund in ("rmt", "practical-learning")]
    assert len(rows) == 70
    assert {(one.fund, one.paid_cents, one.left_cents) for one in rows} == {
        ("rmt", 850_000_00, 350_000_00), ("practical-learning", 225_000_00, 175_000_00)
    }  # fmt: skip
    assert all(one.left_cents >= 0 for one in queries.by_region())


@pytest.mark.usefixtures("ledger")
def test_nothing_asks_a_region_for_a_report_before_it_gets_its_grant() -> None:
    """R03: policy and spending are free; no plan, report or line of spending is ever a condition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name LIKE 'budget\\_%%'"
            " UNION SELECT table_name::text FROM information_schema.tables WHERE table_name LIKE 'budget\\_%%'"
        )
        names = {name for (name,) in cursor.fetchall()}
    assert not [name for name in names if re.search("report|verantwoord|justif|plan(?!_)|condition|evidence", name)]
    granting = [one for one in programme().postings if any(move.target.place.region for move in one.transfers)]
    assert len(granting) == 4
    assert not any(one.approved_by for one in granting)
    assert not programme().needs
    assert not programme().proposals
