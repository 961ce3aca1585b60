"""Whose data were used stays as long as the rule says, and then goes; nothing else takes a line away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dichterbij.domains.journal.actions import ForgottenUses, forget_uses
from dichterbij.domains.journal.actions.forgetting import JOURNAL_WORK
from dichterbij.domains.journal.models import AuditEvent, Processing
from dichterbij.domains.journal.rules import first_day_kept
from dichterbij.domains.journal.saying import said
from support.people import as_owner, as_the_site
from support.sweeping import undone

NOW = datetime.now(UTC)
TERM_OVER = first_day_kept(timezone.localdate(NOW))
IS_OVER = {"at__lt": datetime(TERM_OVER.year, TERM_OVER.month, TERM_OVER.day, tzinfo=UTC)}


@pytest.fixture(scope="module", autouse=True)
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), as_the_site("uses"), as_owner():
        yield


@pytest.fixture(autouse=True)
def uses() -> Iterator[None]:
    """One that is over, one that is not by a day, and one of now."""
    day = datetime(TERM_OVER.year, TERM_OVER.month, TERM_OVER.day, 12, tzinfo=UTC)
    with undone():
        for at in (day - timedelta(days=1), day, NOW):
            Processing.objects.create(
                trace=uuid4(), span="0" * 16, name="look", activity="urn:a", subject=f"s{at.year}", at=at
            )
        yield


def test_a_dry_run_counts_and_a_run_forgets_once_with_one_event() -> None:
    forget: dict[str, Any] = {"actor": "dichterbij journal", "now": NOW}
    assert forget_uses(**forget, dry_run=True) == ForgottenUses(TERM_OVER, 1)
    assert Processing.objects.count() == 3
    assert forget_uses(**forget) == ForgottenUses(TERM_OVER, 1)
    assert forget_uses(**forget).count == 0
    assert Processing.objects.count() == 2
    (event,) = AuditEvent.objects.filter(action="journal.uses_forgotten")
    assert event.data == {"before": TERM_OVER.isoformat(), "count": 1}


def test_the_database_deletes_nothing_young_whatever_a_rule_says() -> None:
    with pytest.raises(DatabaseError, match="before its term"), said(role=JOURNAL_WORK):
        Processing.objects.all().delete()
    with pytest.raises(DatabaseError, match="before its term"), transaction.atomic():  # nor without saying so
        Processing.objects.filter(**IS_OVER).delete()
    with pytest.raises(DatabaseError, match="never changed"), said(role=JOURNAL_WORK):
        Processing.objects.filter(**IS_OVER).update(name="x")


def test_the_site_forgets_none_of_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE dichterbij_site")
    with pytest.raises(DatabaseError, match="permission denied"), said(role=JOURNAL_WORK):
        Processing.objects.filter(**IS_OVER).delete()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
