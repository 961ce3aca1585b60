"""A message to the visitor's own address: used once, never kept, and not too often."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpRequest

from dichterbij.shared.errors import DichterbijError

MOST_AN_HOUR = 5
HOUR = 60 * 60


class TooOftenError(DichterbijError):
    """Somebody sends more messages in an hour than anybody needs."""

    code = "too_often"


def send(request: HttpRequest, *, to: str, subject: str, text: str) -> None:
    """Send one plain message; TooOftenError after five in an hour from one place or to one address."""
    for what in (request.META.get("REMOTE_ADDR", ""), to.casefold()):
        _count(what)
    EmailMessage(subject=" ".join(subject.split()), body=text, to=[to]).send()


def _count(what: str) -> None:
    """Counts under a keyed hash: the cache holds no address of anybody."""
    digest = hashlib.blake2b(what.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
    key = f"near-mail-{digest}"
    cache.add(key, 0, timeout=HOUR)
    if cache.incr(key) > MOST_AN_HOUR:
        raise TooOftenError("That is more than five messages in an hour. Try again later, or print the page.")


def demo_folder() -> str:
    """Where the demonstration puts its mail; empty when mail is really sent."""
    is_demo = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return str(settings.EMAIL_FILE_PATH) if is_demo else ""
