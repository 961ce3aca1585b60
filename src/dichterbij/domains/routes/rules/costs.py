"""What a route costs an employer in hours: added up over the first months, with what the sum rests on."""

from dataclasses import dataclass

from dichterbij.domains.routes.rules.values import AdviceRules, Basis, Figure, HoursCost, MoneyCost, Per
from dichterbij.domains.support.rules.kinds import Route


@dataclass(frozen=True, slots=True)
class Costs:
    """Hours of one's own people for one new colleague in the first `weeks` weeks, and what is known of money.

    `is_assumed`: at least one of the hours is an assumption, so the sum is one too.
    """

    hours: tuple[HoursCost, ...]
    low: int
    high: int
    weeks: int
    is_assumed: bool
    money: tuple[MoneyCost, ...]
    figures: tuple[Figure, ...]


def costs_of(rules: AdviceRules, route: Route) -> Costs:
    """The costs of a route."""
    hours = tuple(item for item in rules.hours if item.route is route)
    return Costs(
        hours=hours,
        low=sum(item.low * _times(item, rules.weeks) for item in hours),
        high=sum(item.high * _times(item, rules.weeks) for item in hours),
        weeks=rules.weeks,
        is_assumed=any(item.basis is Basis.ASSUMPTION for item in hours),
        money=tuple(item for item in rules.money if item.route is route),
        figures=tuple(item for item in rules.figures if item.route is route),
    )


def _times(item: HoursCost, weeks: int) -> int:
    return weeks if item.per is Per.WEEK else 1
