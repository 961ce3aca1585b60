"""The network as the running site works: in its role, with real commits, in a database of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.network import Country, make_country
from support.people import as_the_site


@pytest.fixture(scope="package")
def country(django_db_setup: None, django_db_blocker: Any) -> Iterator[Country]:
    """The whole folder shares one; what a test makes is its own."""
    with django_db_blocker.unblock(), as_the_site("network"):
        yield make_country(with_regions=True)
