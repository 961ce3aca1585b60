"""People are asked for as the running site does: in its role, with real commits, in a database of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.people import Desk, as_the_site, make_desk


@pytest.fixture(scope="package", autouse=True)
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The whole folder shares one database; what a test makes is its own."""
    with django_db_blocker.unblock(), as_the_site("people"):
        yield


@pytest.fixture
def desk() -> Desk:
    """A desk with an adviser."""
    return make_desk()


@pytest.fixture
def other() -> Desk:
    """Another desk, in another region."""
    return make_desk(region="AM09")
