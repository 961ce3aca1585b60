"""Pages as plain answers of the running site: no browser needed."""

import os

import pytest


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest) -> str:
    """The site to ask: SITE_URL when one runs already, else one of our own."""
    return os.environ.get("SITE_URL") or request.getfixturevalue("site_url")
