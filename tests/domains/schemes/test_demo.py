"""The demonstration can apply: its round is opened once, with money of its own."""

import pytest
from django.utils import timezone

from dichterbij.domains.budget.queries import balances
from dichterbij.domains.budget.rules import State
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.actions.demo import FOR_OBJECTIONS, SCHEME, load_demo_round


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
