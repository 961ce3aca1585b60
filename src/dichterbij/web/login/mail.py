"""Mails of accounts. Nobody proved yet that an address is theirs: no word of anybody else goes along."""

import logging

from django.conf import settings

from dichterbij.gateways import mail
from dichterbij.shared.errors import DichterbijError

log = logging.getLogger(__name__)


def send(recipient: str, subject: str, text: str) -> None:
    """One mail, now, with the errors of `gateways.mail.send_from_page`; the log says which, without the address."""
    try:
        mail.send_from_page(recipient, subject, text)
    except DichterbijError as error:
        log.warning("a mail of accounts did not leave: %s", type(error.__cause__ or error).__name__)
        raise


def demo_folder() -> str:
    """Where the demonstration puts its mail; empty when mail is really sent."""
    is_demo = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return str(settings.EMAIL_FILE_PATH) if is_demo else ""
