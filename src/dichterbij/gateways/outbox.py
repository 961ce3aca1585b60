"""Every way by which letters leave, for whoever sends what waits: a page, a command, a timer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event
from time import monotonic

from django.conf import settings
from django.db import connection
from django.utils import timezone

from dichterbij.domains.people.actions import answer_asked
from dichterbij.domains.post import actions
from dichterbij.domains.post.actions import Outbox, Transport
from dichterbij.domains.post.rules import Channel
from dichterbij.gateways import mail, sms
from dichterbij.gateways.soon import soon

REST_S = 60  # after a server took a letter and said nothing: each further one would be in doubt too
_late = Event()
_rests_until: dict[str, float] = {}  # by server


@dataclass(frozen=True, slots=True)
class _Attempt:
    """To send the letters about one thing."""

    actor: str
    about: str

    def __call__(self) -> None:
        if monotonic() < _rests_until.get(_server(), 0.0):
            return
        found = send(actor=self.actor, now=timezone.now(), about=self.about, patient=True)
        if found.unsure:
            _rests_until[_server()] = monotonic() + REST_S
        if found.sent:
            _late.clear()


def send(*, actor: str, now: datetime, about: str | None = None, patient: bool = False) -> Outbox:
    """Try what waits, or only the letters about one thing. What left never leaves again.

    `patient`: a slow server gets its time. A whole round first writes the links to own pages that were asked and not
    answered, by a site that was stopped.
    """
    if about is None:
        answer_asked(now=now)
    return actions.send(actor=actor, transports=transports(patient=patient), now=now, about=about)


def leave(*about: str, actor: str) -> None:
    """Letters about these leave now, apart from the page that wrote them; the page waits a moment for it, no longer.

    What did not leave shows as waiting, and goes with the next round. After a wait in vain no page waits before a
    letter has left again, and after one in doubt nothing is tried for `REST_S`.
    """
    attempts = [_Attempt(actor, one) for one in dict.fromkeys(about)]
    if connection.in_atomic_block:  # nothing apart from this transaction sees them
        for attempt in attempts:
            attempt()
        return
    until = monotonic() + settings.PAGE_WAITS_FOR_MAIL_S
    done = [soon(attempt) for attempt in attempts]
    if not _late.is_set() and not all(one.wait(max(0.0, until - monotonic())) for one in done):
        _late.set()


def _server() -> str:
    return f"{settings.EMAIL_BACKEND} {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def transports(*, patient: bool = False) -> Mapping[Channel, Transport]:
    """The ways that this installation has; letters by another one wait."""
    texting = sms.texting()
    by_mail = partial(mail.send, seconds=mail.ANSWER_SECONDS) if patient else mail.send
    return {Channel.MAIL: by_mail} | ({Channel.SMS: texting} if texting else {})
