"""The pages with Django's client, on a database with the reference data and the demo's openings."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import COOKIE, seal, unseal
from support.database import cloned_database


@pytest.fixture(scope="package")
def loaded_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection points at a clone of the loaded template; afterwards at the run's own database again."""
    from django.db import connections

    default = connections["default"]
    before = default.settings_dict["NAME"]
    with django_db_blocker.unblock(), cloned_database(f"near_{os.getpid()}", loaded=True) as name:  # type: ignore[attr-defined]
        default.close()
        default.settings_dict["NAME"] = name
        yield
        default.close()
        default.settings_dict["NAME"] = before


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
