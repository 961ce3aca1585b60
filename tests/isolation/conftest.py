"""Isolation is tried as the running site works: in its database role, with real commits, in a database of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.isolation import World
from support.people import as_the_site

SEED = 20_261_122


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), as_the_site("isolation", loaded=True):
        yield World(SEED, people_of_a_desk=5)
