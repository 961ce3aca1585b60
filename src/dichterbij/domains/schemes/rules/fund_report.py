"""What the last-obstacle fund reports: jobs against the goal, and means worked out again from the records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dichterbij.shared.errors import InputError


@dataclass(frozen=True, slots=True)
class Job:
    """One job that came about. Months of the contract, hours a week in tenths, what was needed, and what it cost."""

    months: int
    tenths_of_hours: int
    needed: str
    cents: int


@dataclass(frozen=True, slots=True)
class FundReport:
    """Means and shares in tenths, rounded half up, each over `jobs`; shares need not come to 100%."""

    jobs: int
    cents: int
    mean_months_tenths: int
    mean_hours_tenths: int
    share_tenths: Mapping[str, int]
    percent_of_goal: int
    mean_cents: int


def fund_report(jobs: Sequence[Job], goal: int) -> FundReport:
    """The report over these jobs. InputError without jobs or goal: no mean is made up."""
    if not jobs or goal < 1:
        raise InputError("a report needs at least one job, and a goal of 1 or more")
    number = len(jobs)
    needed = Counter(job.needed for job in jobs)
    cents = sum(job.cents for job in jobs)
    return FundReport(
        jobs=number,
        cents=cents,
        mean_months_tenths=half_up(Fraction(10 * sum(job.months for job in jobs), number)),
        mean_hours_tenths=half_up(Fraction(sum(job.tenths_of_hours for job in jobs), number)),
        share_tenths={kind: half_up(Fraction(1000 * count, number)) for kind, count in sorted(needed.items())},
        percent_of_goal=half_up(Fraction(100 * number, goal)),
        mean_cents=half_up(Fraction(cents, number)),
    )


def half_up(number: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
