"""Every way by which letters leave, for whoever sends what waits: a page, a command, a timer."""

from collections.abc import Mapping
from datetime import datetime

from dichterbij.domains.post import actions
from dichterbij.domains.post.actions import Outbox, Transport
from dichterbij.domains.post.rules import Channel
from dichterbij.gateways import mail, sms


def send(*, actor: str, now: datetime, about: str | None = None) -> Outbox:
    """Try what waits, or only the letters about one thing. What left never leaves again."""
    return actions.send(actor=actor, transports=transports(), now=now, about=about)


def transports() -> Mapping[Channel, Transport]:
    """The ways that this installation has; letters by another one wait."""
    texting = sms.texting()
    return {Channel.MAIL: mail.send} | ({Channel.SMS: texting} if texting else {})
