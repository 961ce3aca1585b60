"""Mail, by the server of the settings: told apart is what surely did not leave and what may have."""

import contextlib
import smtplib
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp

from dichterbij.domains.post.errors import RefusedError, UnreachableError, UnsureError
from dichterbij.shared.errors import UnavailableError

ANSWER_SECONDS = 20  # for a server that has the letter: it may look at it before it says yes
PAGES_AT_ONCE = 4
_CLOSING, _FOR_GOOD = 421, 500  # RFC 5321, 4.2.1 and 4.2.3

_pages = ThreadPoolExecutor(max_workers=PAGES_AT_ONCE, thread_name_prefix="mail-of-a-page")
_free = BoundedSemaphore(PAGES_AT_ONCE)


class _Connection(smtplib.SMTP):
    """A connection that waits longer once it has given a letter away, and says when no answer came to that."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        if self.sock:
            self.sock.settimeout(ANSWER_SECONDS)
        try:
            answer = super().data(msg)
            if self.sock:
                self.sock.settimeout(self.timeout)
            return answer
        except smtplib.SMTPResponseException:
            raise  # an answer: it said no
        except OSError as error:
            raise UnsureError("The mail server was given a letter, and did not answer.") from error


class Backend(smtp.EmailBackend):
    """Django's own, with a short time until the letter is given away and a longer one after that."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Connection


def send_from_page(recipient: str, subject: str, text: str) -> None:
    """As `send`, with a page that waits a moment and no longer: what takes more time goes on, with UnsureError."""
    if not _free.acquire(blocking=False):
        raise UnreachableError("The mail server is too slow: others wait for it already.")
    sending = _pages.submit(_sent_from_page, recipient, subject, text)
    try:
        sending.result(settings.PAGE_WAITS_FOR_MAIL_S)
    except TimeoutError as error:
        raise UnsureError("The mail server did not answer yet.") from error


def _sent_from_page(recipient: str, subject: str, text: str) -> None:
    try:
        send(recipient, subject, text)
    finally:
        _free.release()


def send(recipient: str, subject: str, text: str, *, seconds: float | None = None) -> None:
    """One letter. UnsureError when nobody knows whether it left; UnavailableError when it surely did not.

    Of the latter UnreachableError when no letter leaves now, RefusedError when this one never will. `seconds`: how long
    an answer is waited for until the letter is given away; EMAIL_TIMEOUT when it is left out.
    """
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT if seconds is None else seconds)
    try:
        connection.open()
        message = EmailMessage(subject=" ".join(subject.split()), body=text, to=[recipient], connection=connection)
        message.send()
    except (OSError, ValueError) as error:  # everything of smtplib is an OSError; a ValueError is no address or header
        raise _why(error) from error
    finally:
        with contextlib.suppress(OSError):  # it was taken: a goodbye without an answer changes nothing
            connection.close()


def _why(error: OSError | ValueError) -> UnavailableError:
    """Why a letter did not leave. Who is never said: mail servers quote addresses."""
    code = _code(error)
    if code is None or code == _CLOSING:
        return UnreachableError("The mail server cannot be reached, or ended the conversation.")
    if code >= _FOR_GOOD:
        return RefusedError("The mail server refuses this letter.")
    return UnavailableError("The mail server does not take this letter now.")


def _code(error: OSError | ValueError) -> int | None:
    """What the server answered to this letter, or to its address; None when it says nothing about this one."""
    if isinstance(error, ValueError | smtplib.SMTPNotSupportedError):
        return _FOR_GOOD
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPDataError) else None
