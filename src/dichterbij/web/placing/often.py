"""Not too often from one place: a count under a keyed hash, so that no address of anybody is kept."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from dichterbij.shared.errors import DichterbijError

MOST_AN_HOUR = 5
HOUR = 60 * 60


class TooOftenError(DichterbijError):
    """Somebody places more messages in an hour than anybody needs."""

    code = "too_often"


def count_sending(*places: str) -> None:
    """Count one message from each of these (an address of the network, of mail); TooOftenError after five an hour."""
    for place in filter(None, places):
        text = f"placing {place.casefold()}".encode()
        digest = hashlib.blake2b(text, key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
        key = f"placing-{digest}"
        cache.add(key, 0, timeout=HOUR)
        if cache.incr(key) > MOST_AN_HOUR:
            raise TooOftenError(_("You sent five messages this hour. Call the desk, or try again later."))
