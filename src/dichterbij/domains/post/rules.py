"""What a letter is, and where it can be. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

# A transport gives up long before this (`gateways.mail`): who holds a letter longer has stopped.
UNSURE_AFTER = timedelta(minutes=5)


class Channel(StrEnum):
    """How a letter leaves."""

    MAIL = "mail"
    SMS = "sms"


class LetterState(StrEnum):
    """Where a letter is. NONE: there is none. UNSURE: whoever was sending it stopped; it may have left."""

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    UNSURE = "unsure"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter ready to leave; an SMS has no subject.

    `about` (a reference), `kind` (to whom) and `number` (which step) together are told once.
    """

    about: str
    kind: str
    recipient: str
    subject: str
    text: str
    number: int = 1
    channel: Channel = Channel.MAIL
