"""The demonstration can apply: its round is opened once, with money of its own."""

from collections import Counter

import pytest
from django.utils import timezone

from dichterbij.domains.budget.queries import balances
from dichterbij.domains.budget.rules import State
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.actions.demo import FOR_OBJECTIONS, SCHEME, load_demo_round
from dichterbij.domains.schemes.actions.demo_cases import load_demo_cases
from dichterbij.domains.schemes.case_models import Case, Objection


@pytest.mark.django_db
def test_the_exercise_of_the_demonstration_is_opened_once() -> None:
    now = timezone.now()
    assert load_demo_round(now=now)
    assert not load_demo_round(now=now)
    here = queries.open_now(scheme=SCHEME, now=now)
    assert here
    assert here.scheme.is_exercise
    kept = sorted((one.account.state, one.cents) for one in balances(fund="exercise") if one.cents > 0)
    assert kept == [(State.RESERVED, FOR_OBJECTIONS), (State.RESERVED, 1_700_000_000)]


@pytest.mark.django_db
def test_officers_of_the_demonstration_have_work_of_every_kind_once() -> None:
    now = timezone.now()
    load_demo_round(now=now)
    assert load_demo_cases(now=now) == 29
    assert load_demo_cases(now=now) == 0
    stages = Counter(Case.objects.values_list("stage", flat=True))
    assert stages == {
        "received": 14, "incomplete": 3, "granted": 4, "settled": 4, "refused": 3, "taken_back": 1,
    }  # fmt: skip
    assert Objection.objects.count() == 1
    assert all(Case.objects.values_list("invented", flat=True))
