"""A draft in an encrypted, authenticated cookie: before it is sent nothing of it is kept with us."""

import secrets
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.http import HttpRequest

from dichterbij.web.near.concepts import numbering
from dichterbij.web.placing.draft import Draft
from dichterbij.web.site.sealed import SealedCookie

# Proxies often allow 8 kB for all cookies together.
COOKIE = SealedCookie("opening", most_bytes=3600)
FORMAT = 1
SKILLS = ("tasks", "needed")


@dataclass(frozen=True)
class Opened:
    """What a cookie held. `dropped`: there was one that could not be used, and the page says so."""

    draft: Draft
    dropped: bool = False


def open_draft(request: HttpRequest) -> Opened:
    """The draft a request brings along, or a new one with a token of its own."""
    value = COOKIE.value(request)
    draft = unseal(value) if value else None
    if draft is None:
        return Opened(Draft(token=secrets.token_urlsafe(24)), dropped=bool(value))
    return Opened(draft)


def seal(draft: Draft) -> str:
    """The cookie's value; TooLongError when a browser would not keep it."""
    return COOKIE.seal(_plain(draft))


def unseal(value: str) -> Draft | None:
    """The draft of a cookie's value; None when it is not ours, altered, too old or of another version."""
    try:
        return _from_plain(COOKIE.unseal(value))
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def _stamp() -> str:
    return numbering("occupation").stamp + numbering("skill").stamp


def _plain(draft: Draft) -> dict[str, Any]:
    """Only what was filled in, by name."""
    plain: dict[str, Any] = {"_": [FORMAT, _stamp()]}
    for item in fields(Draft):
        value = getattr(draft, item.name)
        if value != item.default:
            plain[item.name] = _pack(item.name, value)
    return plain


def _pack(name: str, value: Any) -> Any:
    if name in SKILLS:
        return numbering("skill").pack(value)
    return value.isoformat() if isinstance(value, date) else value


def _from_plain(plain: dict[str, Any]) -> Draft:
    if plain.pop("_") != [FORMAT, _stamp()]:
        raise ValueError("another format or another version of ESCO")
    return replace(Draft(), **{name: _unpack(name, value) for name, value in plain.items()})


def _unpack(name: str, value: Any) -> Any:
    if name in SKILLS:
        return numbering("skill").unpack(value)
    if name == "latest_start":
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
