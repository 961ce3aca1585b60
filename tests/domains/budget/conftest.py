"""The ledger as the running site works: in its role, with real commits, in a database of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.people import as_the_site


@pytest.fixture(scope="package")
def ledger(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The whole folder shares one; each test has funds of its own."""
    with django_db_blocker.unblock(), as_the_site("budget"):
        yield
