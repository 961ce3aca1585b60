"""Which way text messages go here."""

import os
from functools import cache
from typing import Protocol

from django.conf import settings

from dichterbij.gateways.sms.files import TextFiles
from dichterbij.gateways.sms.provider import HttpProvider
from dichterbij.gateways.sms.settings import SETTING, read_sms


class Texting(Protocol):
    """Sends a text message. `subject` is not used: letters by mail and by text are given away in the same manner.

    UnreachableError when nothing was sent and others need not be tried, UnsureError when it may have left, ContactError
    for what is no phone number, UnavailableError when this one was refused.
    """

    def __call__(self, recipient: str, subject: str, text: str) -> None:
        """Send one."""


def texting() -> Texting | None:
    """The way of this installation: the operator's provider, files in the demonstration, else None.

    InputError for a provider's file that cannot be used: at the start of the site, and never after it.
    """
    if settings.DEMO:
        return TextFiles(settings.HOME / "sms")
    return _provider(os.environ.get(SETTING, ""))


def can_text() -> bool:
    """Whether text messages can be sent here."""
    return texting() is not None


@cache
def _provider(named: str) -> HttpProvider | None:
    """Read once: pages ask it each time, and must not fall over a file that changes under them."""
    found = read_sms() if named else None
    return HttpProvider(found) if found else None
