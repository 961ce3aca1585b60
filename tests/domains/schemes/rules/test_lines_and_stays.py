"""Lines of money and their printed sums, stays and phases, what the fund reports, and who pays and gains."""

import csv
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.data import DEMO
from dichterbij.domains.schemes.rules import scheme
from dichterbij.domains.schemes.rules.cost_benefit import Line, Party, lines_on, read_lines, sheet
from dichterbij.domains.schemes.rules.fund_report import Job, fund_report, half_up
from dichterbij.domains.schemes.rules.lines import by_receiver, by_year, line_sum
from dichterbij.domains.schemes.rules.phases import Case, Phase, may_enter
from dichterbij.domains.schemes.rules.scheme import Limit, Scheme
from dichterbij.domains.schemes.rules.stays import may_begin, months_later, stay
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

MILLION = 100_000_000
LATER = date(2021, 1, 1)


def _named(slug: str) -> Scheme:
    return scheme(slug, LATER)


def test_eight_youth_lines_come_to_78_5_million_and_only_coordination_makes_it_over_80() -> None:
    told = line_sum(_named("youth_unemployment"))
    assert (told.sum_cents, told.printed_cents) == (785 * MILLION // 10, 80 * MILLION)
    assert told.gap_cents == 15 * MILLION // 10
    assert told.besides_cents == 35 * MILLION // 10
    assert told.with_besides_cents == 82 * MILLION
    assert "78,5 miljoen" in told.why.nl
    assert told.printed.nl == "ruim 80 miljoen euro"
    assert told.source == "letter, 3. Aanpak jeugdwerkloosheid"


def test_reintegration_is_40_90_and_50_and_poverty_comes_to_101_million() -> None:
    assert line_sum(_named("reintegration")).sum_cents == 180 * MILLION
    assert by_year(_named("reintegration")) == {2020: 40 * MILLION, 2021: 140 * MILLION}
    poverty = line_sum(_named("poverty_and_debts"))
    assert (poverty.sum_cents, poverty.gap_cents, poverty.besides_cents) == (101 * MILLION, 0, 0)
    assert by_receiver(_named("poverty_and_debts")) == {"municipality": 60 * MILLION, "unknown": 41 * MILLION}
    assert by_receiver(_named("youth_unemployment")) == {
        "centre_municipality": 485 * MILLION // 10, "school": 255 * MILLION // 10, "school_registration": 8 * MILLION,
    }  # fmt: skip


def test_a_scheme_without_lines_or_words_says_so() -> None:
    with pytest.raises(InputError, match="language_at_work: this scheme has no lines"):
        line_sum(_named("language_at_work"))
    lines = _named("reintegration")
    with pytest.raises(InputError, match="needs a text in nl and en"):
        line_sum(replace(lines, printed={**lines.printed, "words": None}))
    with pytest.raises(InputError, match="a list of codes"):
        line_sum(replace(lines, printed={**lines.printed, "besides": None}))


LIMIT = Limit(6, "exceptional", 9, "letter")


@pytest.mark.parametrize(
    ("start", "is_exceptional", "reviews", "end"),
    [
        (date(2021, 2, 1), False, [date(2021, 5, 1)], date(2021, 8, 1)),
        (date(2021, 2, 1), True, [date(2021, 5, 1), date(2021, 8, 1)], date(2021, 11, 1)),
        (date(2021, 8, 31), False, [date(2021, 11, 30)], date(2022, 2, 28)),
        (date(2023, 8, 31), False, [date(2023, 11, 30)], date(2024, 2, 29)),
        (date(2020, 2, 29), False, [date(2020, 5, 29)], date(2020, 8, 29)),
        (date(2020, 12, 1), False, [date(2021, 3, 1)], date(2021, 6, 1)),
    ],
)
def test_a_stay_is_reviewed_every_three_months_and_ends(
    start: date, is_exceptional: bool, reviews: list[date], end: date
) -> None:
    found = stay(start, LIMIT, is_exceptional=is_exceptional)
    assert (found.value.start, list(found.value.reviews), found.value.end) == (start, reviews, end)
    rules = [reason.rule for reason in found.reasons]
    assert ("stay.last_day_of_month" in rules) == (start.day != end.day)
    assert rules[:2] == ["stay.months", "stay.reviews"]
    assert found.reasons[0].inputs["months"] == (9 if is_exceptional else 6)


def test_the_stay_has_the_months_of_the_scheme_and_a_second_one_is_refused() -> None:
    limit = _named("jobs_agreement_impulse").limit
    assert limit is not None
    first = stay(date(2021, 2, 1), limit, is_exceptional=False).value
    assert first.end == date(2021, 8, 1)
    assert may_begin([]).value is True
    refused = may_begin([first])
    assert refused.value is False
    assert refused.reasons[0].inputs == {"earlier": (date(2021, 2, 1),)}
    assert refused.reasons[0].rule == "stay.once"


def test_a_stay_far_ahead_is_refused() -> None:
    assert months_later(date(2099, 6, 30), 6) == date(2099, 12, 30)
    with pytest.raises(InputError, match="lies too far ahead"):
        months_later(date(2099, 7, 1), 6)


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(0, 24))
def test_months_later_lies_in_the_month_so_many_later(day: date, months: int) -> None:
    later = months_later(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later.day < day.day and (later.replace(day=28) <= later))


CASE = Case(Phase.FINANCIAL_ENGINEERING, True, True, True, 100, {"own": 60, "region": 15}, 25)


def test_a_case_enters_investment_with_the_region_and_a_case_that_closes() -> None:
    entered = may_enter(CASE, Phase.INVESTMENT)
    assert entered.value is True
    assert [reason.rule for reason in entered.reasons] == [
        "phase.is_next", "phase.region_from_start", "phase.needs_known", "phase.region_agreement", "phase.case_closes",
    ]  # fmt: skip
    assert all(reason.source == "evaluation, 5.3.1" for reason in entered.reasons)
    assert entered.reasons[-1].inputs == {"shortage_cents": 0, "holds": True}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"has_region_from_start": False}, "phase.region_from_start"),
        ({"has_needs": False}, "phase.needs_known"),
        ({"has_region_agreement": False}, "phase.region_agreement"),
        ({"fund_cents": 24}, "phase.case_closes"),
        ({"cost_cents": 0, "sources": {}, "fund_cents": 0}, "phase.case_closes"),
        ({"phase": Phase.BUSINESS_DEVELOPMENT}, "phase.is_next"),
        ({"phase": Phase.INVESTMENT}, "phase.is_next"),
    ],
)
def test_what_a_case_lacks_is_named(change: dict[str, object], rule: str) -> None:
    entered = may_enter(replace(CASE, **change), Phase.INVESTMENT)  # type: ignore[arg-type]
    assert entered.value is False
    assert [reason.rule for reason in entered.reasons if not reason.inputs["holds"]] == [rule]


def test_financing_needs_no_closing_case_yet_and_development_nothing_but_its_turn() -> None:
    begun = replace(CASE, phase=Phase.BUSINESS_DEVELOPMENT, fund_cents=0)
    assert begun.shortage_cents == 25
    assert may_enter(begun, Phase.FINANCIAL_ENGINEERING).value is True
    assert len(may_enter(begun, Phase.FINANCIAL_ENGINEERING).reasons) == 4
    back = may_enter(begun, Phase.BUSINESS_DEVELOPMENT)
    assert (back.value, len(back.reasons)) == (False, 1)
    assert back.reasons[0].inputs == {"from": "business_development", "to": "business_development", "holds": False}


def test_the_fund_s_report_is_worked_out_again_from_119_records() -> None:
    with (DEMO / "last_obstacle" / "jobs.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    jobs = [Job(int(row["months"]), int(row["tenths_of_hours"]), row["needed"], int(row["cents"])) for row in rows]
    report = fund_report(jobs, goal=80)
    assert (report.jobs, report.percent_of_goal) == (119, 149)
    assert (report.mean_months_tenths, report.mean_hours_tenths) == (106, 298)
    assert (report.share_tenths["bike"], report.share_tenths["licence"], report.share_tenths["computer"]) == (
        370,
        277,
        126,
    )
    assert (report.cents, report.mean_cents) == (23_500_000, 197_479)
    assert fund_report(jobs, goal=60).percent_of_goal == 198


def test_a_report_over_nothing_is_refused() -> None:
    job = Job(12, 300, "bike", 100)
    assert fund_report([job], 1).percent_of_goal == 100
    for jobs, goal in (([], 80), ([job], 0)):
        with pytest.raises(InputError, match="at least one job"):
            fund_report(jobs, goal)


@given(st.fractions())
def test_a_half_goes_up(number: Fraction) -> None:
    assert 0 <= half_up(number) - number + Fraction(1, 2) <= 1
    assert half_up(Fraction(5, 2)) == 3


def test_the_sheet_says_who_pays_and_who_gains_and_its_sums_close() -> None:
    lines = lines_on(date(2023, 1, 1))
    found = sheet(lines, 8)
    assert found.total_cents == found.made_cents - found.used_cents == 32_000_000
    assert found.balance[Party.EMPLOYER] == -11_600_000, "the costs lie mostly with the employer"
    assert found.balance[Party.MUNICIPALITY] == 19_200_000
    assert found.balance[Party.SOCIETY] == 3_600_000
    assert (found.pays[Party.FUND], found.gains[Party.PERSON]) == (3_200_000, 57_600_000)
    assert found.jobs == 8
    assert all(line.is_assumption and line.source and line.words.nl for line in lines)
    assert not replace(lines[0], source="evaluation").is_assumption


SOMEBODY = st.sampled_from([None, *Party])


@given(st.lists(st.tuples(st.integers(1, 10**6), SOMEBODY, SOMEBODY), max_size=8), st.integers(1, 50))
def test_what_is_kept_is_what_is_made_less_what_is_used_up(told: list[tuple[int, Party, Party]], jobs: int) -> None:
    lines = tuple(Line("a", Words("a", "a"), cents, 2, payer, gainer, "s") for cents, payer, gainer in told)
    found = sheet(lines, jobs)
    assert sum(found.balance.values()) == found.total_cents == found.made_cents - found.used_cents
    assert found.made_cents == sum(2 * jobs * cents for cents, payer, _ in told if payer is None)


def test_a_sheet_for_no_job_is_refused() -> None:
    with pytest.raises(InputError, match="at least one job"):
        sheet(lines_on(date(2023, 1, 1)), 0)
    with pytest.raises(InputError):
        lines_on(date(2022, 10, 16))


LINE = {"code": "wage", "words": {"nl": "loon", "en": "wage"}, "euros": 10, "years": 1, "pays": "employer",
        "gains": None, "source": "assumption"}  # fmt: skip


def lines(**change: object) -> tuple[Line, ...]:
    """One line with this change."""
    return read_lines({"valid_from": "x", "checked_on": "x", "source": "x", "lines": [{**LINE, **change}]})


def test_a_line_of_a_sheet_lasts_one_to_forty_years_and_touches_somebody() -> None:
    assert [lines(years=years)[0].years for years in (1, 40)] == [1, 40]
    for years in (0, 41, "2", 1.5, True):
        with pytest.raises(InputError, match="line 1: years is a whole number from 1 to 40"):
            lines(years=years)
    with pytest.raises(InputError, match="line 1: somebody pays or somebody gains"):
        lines(pays=None)


def test_a_case_of_one_cent_that_is_covered_closes() -> None:
    least = replace(CASE, cost_cents=1, sources={"own": 1}, fund_cents=0)
    assert may_enter(least, Phase.INVESTMENT).value is True
