"""How many of the people who are handed over have no benefit. Small numbers are not told."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from dichterbij.domains.referral.models import IncomeCount
from dichterbij.domains.referral.rules import Income
from dichterbij.domains.referral.rules.finding import SMALLEST_SHOWN
from dichterbij.domains.referral.seeing import own_work


@dataclass(frozen=True, slots=True)
class Incomes:
    """People of a region handed over since a month: how many said what. `percent_none`: of those who said.

    None where fewer than `SMALLEST_SHOWN` stand behind a number.
    """

    told: int | None
    none: int | None
    untold: int | None
    percent_none: int | None


def incomes(*, region: str, since: date) -> Incomes:
    """From the month of `since` on."""
    rows = IncomeCount.objects.filter(region=region, month__gte=since.replace(day=1))
    with own_work():  # numbers only
        counts = dict(rows.values_list("income").annotate(Sum("count")))
    none, untold = counts.get(Income.NONE, 0), counts.get(Income.UNTOLD, 0)
    benefit = counts.get(Income.BENEFIT, 0)
    can_be_told = min(none, benefit) >= SMALLEST_SHOWN
    return Incomes(
        told=none + benefit if can_be_told else None,
        none=none if can_be_told else None,
        untold=untold if untold >= SMALLEST_SHOWN else None,
        percent_none=round(100 * none / (none + benefit)) if can_be_told else None,
    )
