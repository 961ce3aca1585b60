"""Many who come at the same moment are all counted; a lock elsewhere costs a page a quarter of a second, not more."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, connections

from dichterbij.domains.outreach import queries
from dichterbij.domains.outreach.actions import add_item, count_steps
from dichterbij.domains.outreach.models import CampaignItem, DailyCount
from dichterbij.domains.outreach.rules import NewItem, Step

TODAY = date(2026, 11, 22)
THREADS = 50


@pytest.fixture
def committed(poster: NewItem, loaded_regions: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """An item that other connections see too."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield add_item(actor="tests", item=poster, now=datetime(2026, 11, 22, 10, tzinfo=UTC))
        DailyCount.objects.all().delete()
        CampaignItem.objects.all().delete()


def test_fifty_at_once_are_counted_as_fifty(committed: str) -> None:
    together = threading.Barrier(THREADS)
    counted = []

    def visit() -> None:
        together.wait()
        try:
            # Named in both orders: taken in different orders, two would wait for each other for ever.
            counted.append(count_steps(code=committed, steps=[Step.VISIT, Step.NEAR], on=TODAY))
        except DatabaseError:
            # Too many at once for the time a page may wait; a page goes on without, this test tries again.
            connections["default"].close()
            time.sleep(0.3)
            counted.append(count_steps(code=committed, steps=[Step.NEAR, Step.VISIT], on=TODAY))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=visit) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == [True] * THREADS
    counts = queries.figures()[0].counts
    assert (counts[Step.VISIT], counts[Step.NEAR]) == (THREADS, THREADS)
    assert DailyCount.objects.count() == 2


def test_a_table_that_somebody_holds_is_given_up_at_once(committed: str) -> None:
    settings = connection.get_connection_params()
    with psycopg.connect(
        dbname=connection.settings_dict["NAME"], host=settings["host"], user=settings.get("user")
    ) as other:
        other.execute("LOCK TABLE outreach_dailycount IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(DatabaseError):
            count_steps(code=committed, steps=[Step.VISIT], on=TODAY)
        assert time.monotonic() - began < 2
