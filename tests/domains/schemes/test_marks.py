"""The list of plans with points: each part, count and page is what a person may see, and no more is read for it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import Scored
from dichterbij.domains.schemes.queries.marks import PARTS, Plan, plan_counts, plans
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.proof import id_of
from support.cases import ANNA, BRAM, CARLA, DIRK
from support.schemes import GRANT, apply, in_window, opened

pytestmark = pytest.mark.usefixtures("site")
TENDER = '{method: tender, ties: receipt, rest: next, source: "assumption"}'
IS_IN: dict[str, Callable[[Plan], bool]] = {
    "mine": lambda one: one.own is None and one.is_open,
    "differ": lambda one: one.difference > 0,
    "counts": lambda one: one.score is not None,
    "all": lambda one: True,
}


def give(here: Opened, actor: Actor, **points: int) -> None:
    marks = [Scored(number.replace("_", "-"), score, "Goed.") for number, score in points.items()]
    actions.give_marks(round_id=here.id, marks=marks, actor=actor, now=timezone.now())


def assert_parts(here: Opened, *, is_public: bool) -> None:
    for actor in (ANNA, BRAM, CARLA, DIRK):
        every = plans(round_id=here.id, actor=actor)
        counts = plan_counts(round_id=here.id, actor=actor)
        assert counts.is_public is is_public
        for part in PARTS:
            expected = [one.number for one in every if IS_IN[part](one)]
            assert [one.number for one in plans(round_id=here.id, actor=actor, part=part)] == expected, part
            assert counts.parts[part] == len(expected)


def test_parts_counts_and_pages_are_as_each_person_may_see_them() -> None:
    here = opened(GRANT, begins=-3 * 3600, ends=-3600, distribution=TENDER, questions="[]")
    assert plan_counts(round_id=here.id, actor=ANNA).is_public is False
    with in_window():
        numbers = [apply(here, f"1234567{n} Bakkerij").number for n in range(5)]
    none, one, same, apart, others = (number.replace("-", "_") for number in numbers)
    give(here, ANNA, **{one: 70, same: 70, apart: 70})
    give(here, BRAM, **{same: 70, apart: 60, others: 60})
    give(here, CARLA, **{others: 60})
    assert_parts(here, is_public=False)
    with CaptureQueriesContext(connection) as asked:
        page = plans(round_id=here.id, actor=ANNA, skip=1, most=2)
    assert [one.number for one in page] == numbers[1:3]
    (marks,) = [query["sql"] for query in asked if 'FROM "schemes_mark"' in query["sql"]]
    assert [str(id_of(number)) in marks for number in numbers] == [False, True, True, False, False]
    assert [one.number for one in plans(round_id=here.id, actor=ANNA, numbers=[numbers[4], "x"])] == [numbers[4]]
    give(here, ANNA, **{none: 10, apart: 60})
    give(here, BRAM, **{none: 10, one: 70})
    actions.publish_list(scheme=here.scheme.slug, actor="officer", now=timezone.now())
    assert_parts(here, is_public=True)
