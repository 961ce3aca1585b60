"""The answers of "support for me" in a sealed cookie of their own.

Not the cookie of "What is near?": that one belongs to one postcode and one version of ESCO, and would drop these
answers with it. Not in the address either (history, logs), and not in hidden fields: the back button loses those.
"""

from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse

from dichterbij.domains.support.rules.kinds import Background, Need, Route
from dichterbij.web.site.sealed import SealedCookie
from dichterbij.web.support.told import Asker, Question, Told

COOKIE = SealedCookie("support")
READERS: dict[str, Any] = {
    "asker": Asker,
    "needs": lambda codes: tuple(map(Need, codes)),
    "route": Route,
    "background": Background,
    "region": str,
    "seen": lambda codes: tuple(map(Question, codes)),
    "work": lambda typed: tuple(map(str, typed)),
}


def seal(told: Told) -> str:
    """The cookie's value."""
    return COOKIE.seal({item.name: value for item in fields(Told) if (value := getattr(told, item.name))})


def open_told(request: HttpRequest) -> tuple[Told, bool]:
    """The answers a request brings along, and whether there were some that can no longer be used."""
    value = COOKIE.value(request)
    if not value:
        return Told(), False
    try:
        plain = COOKIE.unseal(value)
        return Told(**{name: READERS[name](given) for name, given in plain.items()}), False
    except (ValueError, KeyError, TypeError, AttributeError):
        return Told(), True


def keep(response: HttpResponse, told: Told) -> HttpResponse:
    """The response with the answers in its cookie, for this browser session only."""
    return COOKIE.keep(response, seal(told))
