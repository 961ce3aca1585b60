"""Mails of accounts. Nobody proved yet that an address is theirs: no word of anybody else goes along."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from dichterbij.shared.errors import UnavailableError

log = logging.getLogger(__name__)


def send(recipient: str, subject: str, text: str) -> None:
    """One mail, now. UnavailableError when it cannot leave; the log says why, without the address."""
    try:
        EmailMessage(subject=" ".join(subject.split()), body=text, to=[recipient]).send()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("a mail of accounts did not leave: %s", type(error).__name__)
        raise UnavailableError("The mail cannot leave now. Try again in a few minutes.") from error


def demo_folder() -> str:
    """Where the demonstration puts its mail; empty when mail is really sent."""
    is_demo = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return str(settings.EMAIL_FILE_PATH) if is_demo else ""
