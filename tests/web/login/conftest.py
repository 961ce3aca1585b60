"""Browsers at the door, and somebody who was invited."""

from uuid import UUID

import pytest

from dichterbij.domains.accounts.rules import Actor, Role
from support.accounts import Browser, colleague, organisation

ANNA, CARLA = "anna@desk.example", "carla@desk.example"


@pytest.fixture
def desk(db: None) -> UUID:
    """An organisation."""
    return organisation()


@pytest.fixture
def anna(desk: UUID) -> Actor:
    """An adviser who never signed in."""
    return colleague(ANNA, at=desk, name="Anna")


@pytest.fixture
def carla(desk: UUID) -> Actor:
    """A coordinator who never signed in."""
    return colleague(CARLA, Role.COORDINATOR, at=desk, name="Carla")


@pytest.fixture
def browser() -> Browser:
    """A browser with nothing in it."""
    return Browser()
