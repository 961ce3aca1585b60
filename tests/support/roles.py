"""Somebody of every role in two regions, and browsers in which they are signed in as the site signs people in."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from dichterbij.domains.accounts.models import Membership, Organisation, User
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.working import account_work
from dichterbij.web.login import session

REGIONS = ("AM05", "AM15")
KIND_OF = {
    Role.ADVISER: "wsp", Role.COORDINATOR: "rmt", Role.STEERING_GROUP: "uwv", Role.NATIONAL_TEAM: "national",
    Role.SCHEME_OFFICER: "national", Role.RESEARCHER: "national", Role.ADMINISTRATOR: "national",
}  # fmt: skip


@dataclass(frozen=True)
class Somebody:
    """Who is signed in: the actor, and the role's row (None for a citizen or an employer)."""

    actor: Actor
    membership: int | None

    @property
    def organisation(self) -> UUID:
        """The organisation that is acted for."""
        assert self.actor.organisation
        return self.actor.organisation


def make_somebody(role: Role, region: str, organisation: UUID | None = None) -> Somebody:
    """An invented account with one role, in an organisation of its own unless one is given."""
    kind = role.value if role in (Role.CITIZEN, Role.EMPLOYER) else "staff"
    email, name = f"{uuid4().hex}@role.example", f"Verzonnen {role}"
    with account_work():
        user = User.objects.create(email=email, name=name, kind=kind, made_at=timezone.now(), invented=True)
        if kind != "staff":
            return Somebody(Actor(user.pk, role, None, ""), None)
        row = Organisation.objects.filter(pk=organisation).first() or _organisation(role, region)
        held = Membership.objects.create(
            user=user, organisation=row, role=role.value, valid_from=timezone.localdate()
        )  # fmt: skip
    return Somebody(Actor(user.pk, role, row.pk, row.region), held.pk)


def browser_of(somebody: Somebody | None) -> Client:
    """A browser in which somebody is signed in, in their role; a fresh one for nobody."""
    browser = Client(raise_request_exception=False)  # a page that breaks is an answer too: 500
    browser.handler = _handler(tuple(settings.MIDDLEWARE))
    if somebody is not None:
        now = timezone.now().timestamp()
        store = SessionStore()
        store.update({session.USER: str(somebody.actor.user), session.MEMBERSHIP: somebody.membership})
        store.update({session.BEGAN: now, session.SEEN: now})
        store.save()
        browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return browser


@cache
def _handler(middleware: tuple[str, ...]) -> ClientHandler:
    """The site, set up once: middleware looks through all static files each time."""
    return ClientHandler(enforce_csrf_checks=False)


def _organisation(role: Role, region: str) -> Organisation:
    kind = KIND_OF[role]
    place = "" if kind == "national" else region
    name = f"Verzonnen {kind} {uuid4().hex[:8]}"
    return Organisation.objects.create(name=name, kind=kind, region=place, phone="088 123 45 67", invented=True)
