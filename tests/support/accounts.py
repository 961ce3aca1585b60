"""Somebody who signs in: organisations, accounts with a role, and a browser that goes through the door."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pyotp
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.rules import Actor, OrganisationKind, Role

START = "/nl/inloggen/"
LONG_AGO = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def organisation(name: str = "RMT Verzonnen", *, region: str = "AM15", kind: str = "rmt") -> UUID:
    """The id of a new organisation."""
    new = actions.NewOrganisation(name, OrganisationKind(kind), region)
    return actions.add_organisation(actor=None, new=new, now=LONG_AGO)


def colleague(email: str, role: Role = Role.ADVISER, *, at: UUID, name: str = "") -> Actor:
    """A new account with this role there."""
    user = actions.add_account(email=email, name=name or email, role=role, organisation=at, now=LONG_AGO)
    row = next(one for one in queries.memberships_of(user=user, on=LONG_AGO.date()) if one.organisation == at)
    return Actor(user, role, at, row.region)


@dataclass
class Browser:
    """A browser of its own; `app` is the authenticator on the phone of whoever uses it."""

    client: Client = field(default_factory=lambda: Client(HTTP_HOST="localhost"))
    app: pyotp.TOTP | None = None

    def ask(self, email: str, door: str = "staff", **more: str) -> HttpResponse:
        """Ask for a link."""
        return self.client.post(START, {"door": door, "email": email, **more})

    def follow(self, path: str) -> HttpResponse:
        """Open a link and press the button."""
        return self.client.post(path)

    def set_up(self, *, at: datetime | None = None) -> HttpResponse:
        """Put the secret into the app and fill in its first code."""
        page = self.client.get(f"{START}code/instellen/")
        secret = page.context["secret"].replace(" ", "")
        self.app = pyotp.TOTP(secret)
        return self.client.post(f"{START}code/instellen/", {"code": self.code(at)})

    def code(self, at: datetime | None = None) -> str:
        """What the app shows; the code of half a minute later by default is one that was not used yet."""
        assert self.app is not None
        return self.app.at(at or datetime.now(UTC))

    def come_in(self, email: str, door: str = "staff", **more: str) -> HttpResponse:
        """All the way in, at a first time."""
        self.ask(email, door, **more)
        answer = self.follow(last_link())
        return self.set_up() if door == "staff" else answer

    def is_in(self) -> bool:
        """Whether somebody is signed in in this browser."""
        return self.client.get(f"{START}account/").status_code == 200


def last_link(part: str = "link") -> str:
    """The path of the link in the newest mail."""
    found = re.search(rf"https?://[^/\s]+(/\w\w/inloggen/{part}/\S+/)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def later(minutes: float) -> datetime:
    """So many minutes from now."""
    return datetime.now(UTC) + timedelta(minutes=minutes)
