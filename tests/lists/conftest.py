"""Two regions in the role of the running site: one row in every list, and twenty-five."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from support.many import world_of
from support.people import as_the_site
from support.referral import World

Regions = dict[int, tuple[World, UUID]]


@pytest.fixture(scope="package")
def regions(django_db_setup: None, django_db_blocker: Any) -> Iterator[Regions]:
    with django_db_blocker.unblock(), as_the_site("lists", loaded=True):
        yield {1: world_of("AM13", 1), 25: world_of("AM14", 25)}
