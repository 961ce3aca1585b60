"""Every way by which letters leave, for whoever sends what waits: a page, a command, a timer."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from dichterbij.domains.people.actions import answer_asked
from dichterbij.domains.post import actions
from dichterbij.domains.post.actions import Outbox, Transport
from dichterbij.domains.post.rules import Channel
from dichterbij.gateways import mail, sms


def send(*, actor: str, now: datetime, about: str | None = None, patient: bool = False) -> Outbox:
    """Try what waits, or only the letters about one thing. What left never leaves again.

    `patient`: nobody waits for a page, so a slow server gets its time. A whole round first writes the links to own
    pages that were asked and not answered, by a site that was stopped.
    """
    if about is None:
        answer_asked(now=now)
    return actions.send(actor=actor, transports=transports(patient=patient), now=now, about=about)


def transports(*, patient: bool = False) -> Mapping[Channel, Transport]:
    """The ways that this installation has; letters by another one wait."""
    texting = sms.texting()
    by_mail = partial(mail.send, seconds=mail.ANSWER_SECONDS) if patient else mail.send
    return {Channel.MAIL: by_mail} | ({Channel.SMS: texting} if texting else {})
