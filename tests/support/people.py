"""Two desks with a person each, in a database of their own, asked as the running site asks: its role, real commits."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid4

from django.db import connection, connections
from django.utils import timezone

from dichterbij.bootstrap import database
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.people import actions
from dichterbij.domains.people.rules import ContactKind, NewContact, NewPerson
from support.database import connected_to_own_database

NUMBERS = count(1)


@dataclass(frozen=True)
class Desk:
    """An organisation with an adviser."""

    organisation: UUID
    adviser: Actor


@contextmanager
def as_the_site(name: str, *, loaded: bool = False) -> Iterator[None]:
    """The default connection on a clone of its own, with the rights and limits of the running site."""
    settings = connections["default"].settings_dict
    before = settings["OPTIONS"].get("options")
    with connected_to_own_database(name, loaded=loaded):
        database.limit(settings)
        try:
            yield
        finally:
            connections["default"].close()
            settings["OPTIONS"].pop("options")
            if before is not None:
                settings["OPTIONS"]["options"] = before


@contextmanager
def as_owner() -> Iterator[None]:
    """A stretch with the rights of who made the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            yield
        finally:
            cursor.execute(f"SET ROLE {database.SITE}")


def make_desk(kind: str = "wsp", region: str = "AM05", role: Role = Role.ADVISER) -> Desk:
    """An invented organisation with somebody who works there."""
    row = Organisation.objects.create(
        name=f"Loket {os.getpid()} {next(NUMBERS)}", kind=kind, region=region, phone="088 123 45 67"
    )
    return Desk(row.pk, Actor(uuid4(), role, row.pk, region))


def new_person(name: str = "Sami", phone: str = "", email: str = "") -> NewPerson:
    """Somebody to register; the phone number is a new one unless given."""
    number = phone or f"06{next(NUMBERS):08d}"
    contacts = [NewContact(ContactKind.PHONE, number)]
    if email:
        contacts.append(NewContact(ContactKind.EMAIL, email))
    return NewPerson(name, "nl", "AM05", tuple(contacts), {"pc4": 1811, "hours_max": 24}, invented=True)


def register(desk: Desk, **values: str) -> UUID:
    """A person of this desk."""
    return actions.register_person(by=desk.adviser, new=new_person(**values), now=timezone.now())
