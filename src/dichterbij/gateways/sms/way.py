"""Which way text messages go here."""

from typing import Protocol

from django.conf import settings

from dichterbij.gateways.sms.files import TextFiles
from dichterbij.gateways.sms.provider import HttpProvider
from dichterbij.gateways.sms.settings import read_sms


class Texting(Protocol):
    """Sends a text message. `subject` is not used: letters by mail and by text are given away in the same manner.

    UnreachableError when nothing was sent and others need not be tried, UnsureError when it may have left, ContactError
    for what is no phone number, UnavailableError when this one was refused.
    """

    def __call__(self, recipient: str, subject: str, text: str) -> None:
        """Send one."""


def texting() -> Texting | None:
    """The way of this installation: the operator's provider, files in the demonstration, else None."""
    if settings.DEMO:
        return TextFiles(settings.HOME / "sms")
    found = read_sms()
    return HttpProvider(found) if found else None


def can_text() -> bool:
    """Whether text messages can be sent here."""
    return texting() is not None
