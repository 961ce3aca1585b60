"""Openings need postcodes: a few, loaded as the site loads them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pytest
from django.utils import timezone

from dichterbij.domains.journal.actions import load_reference
from dichterbij.domains.openings import rules
from dichterbij.domains.regions import actions as regions
from support.database import connected_to_own_database


@pytest.fixture(scope="package", autouse=True)
def postcodes(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The packaged postcodes, once for all tests of this folder, in a database of their own."""
    with django_db_blocker.unblock(), connected_to_own_database("openings"):
        load_reference(sets=regions.reference_sets(), actor="tests", now=timezone.now())
        yield


@pytest.fixture
def made() -> Callable[..., pa.Table]:
    """A table of openings from rows that name only what matters."""

    def table(*rows: Mapping[str, Any]) -> pa.Table:
        plain = {"pc4": 1811, "hours_min": 16, "hours_max": 32, "title_nl": "Tuinier", "invented": True}
        whole = [{**plain, **row} for row in rows]
        columns = {name for row in whole for name in row}
        return pa.table(
            [
                pa.array([row.get(field.name) for row in whole], field.type)
                for field in rules.COLUMNS
                if field.name in columns
            ],
            names=[name for name in rules.COLUMNS.names if name in columns],
        )

    return table
