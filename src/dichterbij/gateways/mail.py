"""Mail, by the server of the settings: told apart is what surely did not leave and what may have."""

import contextlib
import smtplib
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp

from dichterbij.domains.post.errors import UnreachableError, UnsureError

ANSWER_SECONDS = 20  # for a server that took the connection: it may look at a letter before it says yes


class _Connection(smtplib.SMTP):
    """A connection that says when a letter was given away and no answer came."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise  # an answer: it said no
        except OSError as error:
            raise UnsureError("The mail server was given a letter, and did not answer.") from error


class Backend(smtp.EmailBackend):
    """Django's own, with a short time to connect and a longer one to answer."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Connection

    def open(self) -> bool | None:
        is_new = super().open()
        if is_new and self.connection and self.connection.sock:
            self.connection.sock.settimeout(ANSWER_SECONDS)
        return is_new


def send(recipient: str, subject: str, text: str) -> None:
    """One letter. UnreachableError when no server takes it, UnsureError when nobody knows whether it left."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # also what a server says instead of a greeting
        raise UnreachableError("The mail server cannot be reached.") from error
    try:
        message = EmailMessage(subject=" ".join(subject.split()), body=text, to=[recipient], connection=connection)
        message.send()
    finally:
        with contextlib.suppress(OSError):  # it was taken: a goodbye without an answer changes nothing
            connection.close()
