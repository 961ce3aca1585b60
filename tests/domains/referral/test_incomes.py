"""Whether people have a benefit is counted as they say it, without anybody in the count; small numbers stay untold."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.models import IncomeCount
from dichterbij.domains.referral.rules import Income
from dichterbij.domains.referral.seeing import own_work
from support.people import as_owner
from support.referral import MONDAY, World

HELPER = Through("helper", "test")


def hand_over(world: World, income: Income, times: int) -> None:
    for _ in range(times):
        actions.hand_over(by=HELPER, new=replace(world.new(), income=income), now=MONDAY)


def test_the_share_without_a_benefit_is_of_those_who_said(world: World) -> None:
    hand_over(world, Income.NONE, 7)
    hand_over(world, Income.BENEFIT, 5)
    hand_over(world, Income.UNTOLD, 6)
    found = queries.incomes(region=world.region, since=MONDAY.date())
    assert found == queries.Incomes(told=12, none=7, untold=6, percent_none=58)


def test_numbers_behind_which_few_people_stand_are_not_told(world: World) -> None:
    hand_over(world, Income.NONE, 7)
    hand_over(world, Income.BENEFIT, 4)
    found = queries.incomes(region=world.region, since=MONDAY.date())
    assert found == queries.Incomes(told=None, none=None, untold=None, percent_none=None)


def test_the_same_form_again_and_somebody_who_is_known_already_are_not_counted_again(world: World) -> None:
    new = replace(world.new(), income=Income.NONE)
    row = actions.hand_over(by=HELPER, new=new, now=MONDAY)
    actions.hand_over(by=HELPER, new=new, now=MONDAY)
    actions.accept(actor=world.loket, handover=row.id, version=1, now=MONDAY)
    assert row.person is not None
    again = replace(world.new(person=row.person), to=world.uwv.organisation, income=Income.NONE)
    actions.hand_over(by=world.loket, new=again, now=MONDAY)
    assert not IncomeCount.objects.exists(), "no other query sees or changes a count"
    with own_work():
        assert IncomeCount.objects.get(region=world.region).count == 1


@pytest.mark.parametrize(
    "values", [{"income": "rich"}, {"count": 0}, {"month": "2026-11-02"}], ids=["income", "count", "month"]
)
def test_the_table_takes_nothing_else(world: World, values: dict[str, object]) -> None:
    row = {"region": world.region, "month": "2026-11-01", "income": "none", "count": 1} | values
    with as_owner(), transaction.atomic(), pytest.raises(IntegrityError):
        IncomeCount.objects.create(**row)
