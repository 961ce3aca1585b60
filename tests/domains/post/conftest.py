"""The outbox as the running site has it: in its role, with real commits, in a database of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.seeing import own_work
from support.people import as_the_site


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), as_the_site("post"):
        yield


@pytest.fixture
def outbox(site: None) -> None:
    """An empty one."""
    with own_work():
        Letter.objects.all().delete()
