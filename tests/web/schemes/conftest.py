"""The pages of schemes, read by somebody without an account."""

import pytest


@pytest.fixture(autouse=True)
def reference(django_db_setup: None, db: None) -> None:
    """The closing desk of every page asks the database."""
