"""A region of its own with desks that hand people over, asked as the running site asks."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from dichterbij.domains.accounts.models import Membership, Organisation, User
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.rules import NewPerson
from dichterbij.domains.referral import actions
from dichterbij.domains.referral.queries import HandoverRow
from support.people import new_person

REGIONS = count(1)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a working day, and so are the two weeks after it
FIRST = MONDAY.date().replace(day=1)
HELPER = Through("helper", "")


@dataclass(frozen=True)
class World:
    """A region with an adviser of each of its desks, its coordinator, and the national team."""

    region: str
    wsp: Actor
    loket: Actor
    uwv: Actor
    rmt: Actor
    coordinator: Actor
    national: Actor

    def send(self, by: Actor | Through | None = None, *, now: datetime = MONDAY, **changes: Any) -> HandoverRow:
        """Somebody handed over to the leerwerkloket, by the WSP unless said otherwise."""
        sender = self.wsp if by is None else by
        return actions.hand_over(by=sender, new=self.new(**changes), now=now)

    def new(self, **changes: Any) -> actions.NewHandover:
        """A hand-over to send."""
        person: NewPerson | UUID = changes.pop("person", None) or replace(new_person(), region=self.region)
        new = actions.NewHandover(
            token=secrets.token_urlsafe(32), person=person, region=self.region, topic="work",
            to=organisation_of(self.loket), question="Wil graag een opleiding in de zorg", agreed=True, language="nl",
            link="https://dichterbij.example/nl/overdracht/x/", invented=True,
        )  # fmt: skip
        return replace(new, **changes)


def organisation_of(actor: Actor) -> UUID:
    """The organisation of an actor who has one."""
    assert actor.organisation is not None
    return actor.organisation


def make_world(national: Actor, region: str = "") -> World:
    """A region with its desks."""
    code = region or f"T{next(REGIONS):03d}"
    kinds = {"wsp": "wsp", "loket": "leerwerkloket", "uwv": "uwv", "rmt": "rmt"}
    advisers = {name: make_actor(code, kind, Role.ADVISER) for name, kind in kinds.items()}
    return World(code, coordinator=make_actor(code, "municipality", Role.COORDINATOR), national=national, **advisers)


def make_actor(region: str, kind: str, role: Role) -> Actor:
    """Somebody with a role in an invented organisation."""
    organisation = Organisation.objects.create(
        name=f"{kind} {region or 'NL'} {uuid4().hex[:6]}", kind=kind, region=region, phone="088 123 45 67",
        email=f"{kind}.{region.lower() or 'nl'}@loket.example", invented=True,
    )  # fmt: skip
    with account_work():
        user = User.objects.create(
            email=f"{uuid4().hex}@loket.example", name="Verzonnen", kind="staff", made_at=MONDAY, invented=True
        )
        Membership.objects.create(
            user=user, organisation=organisation, role=role.value, valid_from=MONDAY.date().replace(day=1)
        )
    return Actor(user.pk, role, organisation.pk, region)
