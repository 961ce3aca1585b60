"""Scarce money is tried as the running site works: in its database role, with real commits, in its own database."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.people import as_the_site


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), as_the_site("schemes"):
        yield
