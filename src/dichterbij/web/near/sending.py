"""A message to the visitor's own address: used once, never kept, and not too often."""

from django.conf import settings
from django.http import HttpRequest

from dichterbij.gateways import mail
from dichterbij.gateways.often import count_sending, network_address

TOO_OFTEN = "That is more than five messages in an hour. Try again later, or print the page."


def send(request: HttpRequest, *, to: str, subject: str, text: str) -> None:
    """Send one plain message; TooOftenError after five in an hour from one place or to one address.

    When it did not leave, or perhaps: the errors of `gateways.mail.send_from_page`.
    """
    count_sending("mail to oneself", network_address(request), to, problem=TOO_OFTEN)
    mail.send_from_page(to, subject, text)


def demo_folder() -> str:
    """Where the demonstration puts its mail; empty when mail is really sent."""
    is_demo = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return str(settings.EMAIL_FILE_PATH) if is_demo else ""
