"""Browsers of the desks of one region, with reference data, and of somebody without an account."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dichterbij.domains.accounts.models import Membership
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.accounts.working import account_work
from dichterbij.web.login import session
from support.referral import World, make_world, organisation_of

REGION = "AM13"  # no demo account is there


@dataclass(frozen=True)
class Desks:
    """A region with its desks, and what their browsers do."""

    world: World

    def browser(self, actor: Actor) -> Client:
        """A browser in which this actor is signed in."""
        now, store = timezone.now().timestamp(), SessionStore()
        store.update({session.USER: str(actor.user), session.BEGAN: now, session.SEEN: now})
        with account_work():
            store.update({session.MEMBERSHIP: Membership.objects.get(user_id=actor.user).pk})
        store.save()
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
        return browser

    def filled(self, page: HttpResponse, receiver: Actor | None = None, **changes: str) -> dict[str, str]:
        """A form of handing over as somebody fills it in."""
        form = page.context["form"]
        given = {
            "name": "Sami", "phone": "06 12345678", "email": "", "question": "Wil graag buiten werken",
            "to": str(organisation_of(receiver) if receiver else form.initial["to"]), "agreed": "1",
            "token": form["token"].value(), "desk": form["desk"].value() or "",
        }  # fmt: skip
        return given | changes

    def give(
        self, browser: Client, receiver: Actor | None = None, language: str = "nl", **changes: str
    ) -> HttpResponse:
        """Hand Sami over; the answer of the page. `sender="self"`: Sami asks it alone."""
        who = "zelf/" if changes.pop("sender", "helper") == "self" else ""
        address = f"/{language}/overdragen/{who}{REGION}/work/"
        return browser.post(address, self.filled(browser.get(address), receiver, **changes))

    def do(self, browser: Client, handover: UUID, move: str, version: int = 1, **given: str) -> HttpResponse:
        """Do something with a hand-over from the list."""
        address = f"/nl/vandaag/overdracht/{handover}/doen/"
        return browser.post(address, {"move": move, "version": version, "tab": "aannemen", **given})


def make_desks(national: Actor) -> Desks:
    """The desks of a region with reference data."""
    return Desks(make_world(national, REGION))
