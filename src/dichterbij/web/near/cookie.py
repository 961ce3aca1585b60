"""The visitor's answers in an encrypted, authenticated cookie: nothing is kept with us or put in an address."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from dichterbij.web.near.answers import Answers, Filters
from dichterbij.web.near.concepts import numbering
from dichterbij.web.site import sealed

COOKIE = sealed.SealedCookie("answers")
FORMAT = 1
CONCEPTS = {"work": "occupation", "unticked": "skill", "own_skills": "skill"}


@dataclass(frozen=True)
class Opened:
    """What a cookie held. `dropped` when there was one that could not be used, so that the page can say so."""

    answers: Answers
    dropped: bool = False


def pack(answers: Answers) -> bytes:
    """The answers, compressed."""
    return sealed.pack(_plain(answers))


def unpack(data: bytes) -> Answers | None:
    """The answers that were packed; None for another format, another version of ESCO, or what is no answers at all."""
    try:
        return _from_plain(sealed.unpack(data))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def seal(answers: Answers) -> str:
    """The cookie's value; TooLongError when a browser would not keep it."""
    return COOKIE.seal(_plain(answers))


def unseal(value: str) -> Answers | None:
    """The answers of a cookie's value; None when it is not ours, altered, too old or of another ESCO version."""
    try:
        return _from_plain(COOKIE.unseal(value))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def open_answers(request: HttpRequest) -> Opened:
    """The answers a request brings along."""
    value = COOKIE.value(request)
    if not value:
        return Opened(Answers())
    answers = unseal(value)
    return Opened(Answers(), dropped=True) if answers is None else Opened(answers)


def keep(response: HttpResponse, answers: Answers) -> HttpResponse:
    """The response with the answers in its cookie, for this browser session only."""
    return COOKIE.keep(response, seal(answers))


def _stamp() -> str:
    return numbering("occupation").stamp + numbering("skill").stamp


def _plain(answers: Answers) -> dict[str, Any]:
    """Only what was answered, by name: a list in the order of the fields would break on a new field."""
    empty = Answers()
    plain: dict[str, Any] = {"_": [FORMAT, _stamp()]}
    for item in fields(Answers):
        value = getattr(answers, item.name)
        if value != getattr(empty, item.name):
            plain[item.name] = _pack(item.name, value)
    return plain


def _pack(name: str, value: Any) -> Any:
    if name in CONCEPTS:
        return numbering(CONCEPTS[name]).pack(value)
    if name == "filters":
        return {f.name: getattr(value, f.name) for f in fields(Filters) if getattr(value, f.name) is not None}
    if name == "before":
        return [[key, None if old is None else _pack(key, old)] for key, old in value]
    return value.isoformat() if isinstance(value, date) else value


def _from_plain(plain: dict[str, Any]) -> Answers:
    if plain.pop("_") != [FORMAT, _stamp()]:
        raise ValueError("another format or another version of ESCO")
    known = {item.name for item in fields(Answers)}
    if not plain.keys() <= known:
        raise ValueError("fields we do not know")
    return replace(Answers(), **{name: _unpack(name, value) for name, value in plain.items()})


def _unpack(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in CONCEPTS:
        return numbering(CONCEPTS[name]).unpack(value)
    if name == "filters":
        return Filters(**value)
    if name == "before":
        return tuple((key, _unpack(key, old)) for key, old in value)
    if name == "available_from":
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
