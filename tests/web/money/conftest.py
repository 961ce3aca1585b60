"""The pages about money, on a database with the regions."""

from collections.abc import Iterator

import pytest

from support.database import connected_to_own_database


@pytest.fixture(scope="package")
def loaded_database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection points at a clone of the loaded template; afterwards at the run's own database again."""
    with django_db_blocker.unblock(), connected_to_own_database("money", loaded=True):  # type: ignore[attr-defined]
        yield
