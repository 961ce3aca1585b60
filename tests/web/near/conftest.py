"""The pages with Django's client, on a database with the reference data and the demo's openings."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import COOKIE, seal, unseal
from support.database import connected_to_own_database


@pytest.fixture(scope="package")
def loaded_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection points at a clone of the loaded template; afterwards at the run's own database again."""
    with django_db_blocker.unblock(), connected_to_own_database("near", loaded=True):  # type: ignore[attr-defined]
        yield


@pytest.fixture
def visitor(loaded_database: None, db: None) -> Client:
    """A browser without answers."""
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def told(visitor: Client) -> Callable[..., Client]:
    """`told(pc4=1811, modes=("bike",))` is a browser that gave these answers."""

    def give(**answers: object) -> Client:
        visitor.cookies[COOKIE.name] = seal(Answers(**answers))  # type: ignore[arg-type]
        return visitor

    return give


@pytest.fixture
def kept(visitor: Client) -> Callable[[], Answers]:
    """What the browser's cookie holds now."""

    def read() -> Answers:
        answers = unseal(visitor.cookies[COOKIE.name].value)
        assert answers is not None
        return answers

    return read
