"""The API as a program asks it: over HTTP, without an account, with the rights of the site, on real commits."""

from collections.abc import Iterator
from typing import Any

import pytest

from support.people import as_the_site
from support.programs import Program


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), as_the_site("api"):
        yield


@pytest.fixture
def program() -> Program:
    return Program()
