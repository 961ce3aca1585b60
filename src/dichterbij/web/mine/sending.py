"""Links to somebody's own page, sent to their own address after the answer has gone."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import actions
from dichterbij.domains.people.actions import NewContact, Site, Through
from dichterbij.gateways import outbox
from dichterbij.gateways.sms import can_text
from dichterbij.web.mine.soon import soon

ACTOR = "own-page letters"
_PLACE = "0token0"


def site_of(request: HttpRequest) -> Site:
    """The addresses that a letter names."""
    page = request.build_absolute_uri(reverse("mine:page", kwargs={"token": _PLACE}))
    return Site(page.replace(_PLACE, "{token}"), request.build_absolute_uri(reverse("mine:start")))


def send_to_address(request: HttpRequest, contact: NewContact) -> None:
    """To whoever has this address, if anybody."""
    site, language = site_of(request), get_language() or "nl"
    soon(lambda: leave(actions.send_keys(contact=contact, language=language, site=site, now=timezone.now())))


def send_to_person(request: HttpRequest, person: UUID, by: Actor | Through) -> None:
    """To the address of this person."""
    site, language = site_of(request), get_language() or "nl"
    soon(
        lambda: leave(
            actions.send_key_to(
                person=person, by=by, language=language, site=site, by_text=can_text(), now=timezone.now()
            )
            or ""
        )
    )


def leave(about: str) -> None:
    """Try to send what was just written; what cannot leave now waits for the next round."""
    if about:
        outbox.send(actor=ACTOR, now=timezone.now(), about=about)
