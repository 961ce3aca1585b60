"""Links to somebody's own page, sent to their own address after the answer has gone."""

from time import monotonic
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
from dichterbij.gateways.soon import soon

ACTOR = "own-page letters"
PATIENCE_S = 60
_PLACE = "0token0"


def site_of(request: HttpRequest) -> Site:
    """The addresses that a letter names."""
    page = request.build_absolute_uri(reverse("mine:page", kwargs={"token": _PLACE}))
    return Site(page.replace(_PLACE, "{token}"), request.build_absolute_uri(reverse("mine:start")))


def send_to_address(request: HttpRequest, contact: NewContact) -> None:
    """To whoever has this address, if anybody."""
    language = get_language() or "nl"
    actions.ask_keys(contact=contact, language=language, site=site_of(request), now=timezone.now())
    soon(answer)


def send_to_person(request: HttpRequest, person: UUID, by: Actor | Through) -> None:
    """To the address of this person."""
    actions.ask_key_to(
        person=person, by=by, language=get_language() or "nl", site=site_of(request), by_text=can_text(),
        now=timezone.now(),
    )  # fmt: skip
    soon(answer)


def answer() -> None:
    """Write what was asked, and try to send it for a while; the rest goes with the next round of letters."""
    started = monotonic()
    for about in actions.answer_asked(now=timezone.now()):
        if monotonic() - started > PATIENCE_S:
            return
        outbox.send(actor=ACTOR, now=timezone.now(), about=about, patient=True)


def leave(about: str) -> None:
    """Try to send what was just written; what cannot leave now waits for the next round."""
    if about:
        outbox.leave(about, actor=ACTOR)
