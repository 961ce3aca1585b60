"""What a letter is, and where it can be. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError

# A transport gives up long before this (`gateways.mail`): who holds a letter longer has stopped.
UNSURE_AFTER = timedelta(minutes=5)


class Channel(StrEnum):
    """How a letter leaves."""

    MAIL = "mail"
    SMS = "sms"


class LetterState(StrEnum):
    """Where a letter is. NONE: there is none. UNSURE: whoever was sending it stopped; it may have left.

    REFUSED: it did not leave and never will; whoever it is for must be told in another way.
    """

    NONE = "none"
    WAITING = "waiting"
    SENDING = "sending"
    UNSURE = "unsure"
    SENT = "sent"
    REFUSED = "refused"


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


def next_try(refusals: int, *, for_good: bool, now: datetime, on: date) -> datetime | None:
    """When a letter that was refused is tried again, after so many refusals before; None: it is given up."""
    file = read_rule_folder(newest_folder(RULES / "post", on=on), names=("post",), own=None)["post"]
    try:
        waits = [int(one) for one in file.values["wait_minutes"]["for_good" if for_good else "not_now"]]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error
    return now + timedelta(minutes=waits[refusals]) if refusals < len(waits) else None
