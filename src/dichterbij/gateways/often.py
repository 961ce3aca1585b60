"""Not too often from one place: a count under a keyed hash, so that no address of anybody is kept."""

import hashlib
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from dichterbij.shared.errors import DichterbijError

MOST_AN_HOUR = 5
HOUR = 60 * 60


class TooOftenError(DichterbijError):
    """Somebody sends more in an hour than anybody needs."""

    code = "too_often"


def network_address(request: HttpRequest) -> str:
    """Where a request comes from. Behind the proxy of DICHTERBIJ_HTTPS: what that proxy saw, the last it added."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen: str = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


def count_sending(kind: str, *places: str, problem: str, most: int = MOST_AN_HOUR) -> None:
    """Count one of this kind from each of these (an address of the network, of mail).

    TooOftenError with `problem` after `most` an hour.
    """
    for place in filter(None, places):
        if _one_more(_key(kind, place)) > most:
            raise TooOftenError(problem)


def take_back(kind: str, *places: str) -> None:
    """For what was counted and then could not be done: that was nobody's sending."""
    for place in filter(None, places):
        with suppress(ValueError):
            cache.decr(_key(kind, place))


def _key(kind: str, place: str) -> str:
    text = f"{kind} {place.casefold()}".encode()
    return "often-" + hashlib.blake2b(text, key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()


def _one_more(key: str) -> int:
    """How often, this time included. The hour may end between looking and counting: then a new one begins."""
    if cache.add(key, 1, timeout=HOUR):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:
        cache.set(key, 1, timeout=HOUR)
        return 1
