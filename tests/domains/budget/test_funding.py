"""What may be paid from which money of a region, and how a project is split."""

from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.cli.ledger_paper import may_pay as may_pay_command
from dichterbij.cli.ledger_paper import split as split_command
from dichterbij.domains.budget.rules.funding import funding, may_pay, split
from dichterbij.shared.errors import InputError

RULES = funding(date(2022, 6, 1))
TRIED = {
    "reintegration": "used",
    "uwv_training": "used",
    "training_fund": "none here",
    "practical_learning": "no place",
}


@pytest.mark.parametrize("kind", ["employer_services", "organising"])
def test_a_job_market_from_the_budget_of_the_team_is_refused_and_the_grant_proposed(kind: str) -> None:
    refused = may_pay(RULES, "rmt", kind, TRIED)
    assert refused.value is False
    assert (refused.reasons[0].rule, refused.reasons[0].inputs["try"]) == ("funding.other_source", "du")
    assert may_pay(RULES, "du", kind, {}).value is True


def test_the_budget_of_the_team_pays_help_for_a_person_after_each_other_source_has_a_reason() -> None:
    assert may_pay(RULES, "rmt", "person_support", TRIED).value is True
    for left_out in TRIED:
        tried = {code: why for code, why in TRIED.items() if code != left_out} | {left_out: " "}
        refused = may_pay(RULES, "rmt", "person_support", tried)
        assert refused.value is False
        assert refused.reasons[0].inputs == {"missing": (left_out,)}


@given(st.dictionaries(st.sampled_from(sorted(RULES.kinds)), st.integers(1, 10**12), min_size=1))
def test_a_project_is_split_over_sources_and_the_sum_stays(costs: dict[str, int]) -> None:
    parts = split(RULES, costs)
    assert sum(parts.values()) == sum(costs.values())
    assert parts.get("rmt", 0) == costs.get("person_support", 0)


@pytest.mark.parametrize("cents", [0, -1, 1.5])
def test_what_is_no_amount_kind_or_source_is_refused(cents: int) -> None:
    with pytest.raises(InputError):
        split(RULES, {"organising": cents})
    with pytest.raises(InputError, match="no kind of costs"):
        may_pay(RULES, "du", "party", {})
    with pytest.raises(InputError, match="no source"):
        may_pay(RULES, "esf", "organising", {})


def test_the_commands_say_it_with_the_reason() -> None:
    refused = CliRunner().invoke(may_pay_command, ["rmt", "organising", "--on", "2022-06-01"])
    assert refused.exit_code == 1
    assert refused.stdout.startswith("no  funding.other_source  kind: organising, try: du")
    told = [word for code, why in TRIED.items() for word in ("--tried", code, why)]
    assert CliRunner().invoke(may_pay_command, ["rmt", "person_support", *told]).exit_code == 0
    parts = CliRunner().invoke(split_command, ["--cost", "person_support", "1000", "--cost", "organising", "250.50"])
    assert [line.split() for line in parts.stdout.splitlines()] == [
        ["1000.00", "rmt"], ["250.50", "du"], ["1250.50", "together"]
    ]  # fmt: skip
