"""A form that was sent after its session had ended: kept, sealed, until the same person is in again."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from dichterbij.web.site.sealed import SealedCookie, TooLongError

KEPT = "kept"
_BOX = SealedCookie("kept form", most_bytes=200_000)  # it lies in the session, not in a cookie
_NOT_TYPED = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed, and the page it was sent to."""

    path: str
    fields: tuple[tuple[str, str], ...]


def keep(request: HttpRequest, user: str | None) -> None:
    """Keep what this request sends, for the user whose session ended. Files, and what is very long, are not kept."""
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts if name != _NOT_TYPED]
    if not user or not fields:
        return
    try:
        sealed = _BOX.seal([request.get_full_path(), fields])
    except TooLongError:
        return
    request.session[KEPT] = {"user": user, "form": sealed}


def renew(request: HttpRequest, user: UUID) -> None:
    """An empty session with a new key; only a form of this very user stays."""
    kept = request.session.get(KEPT)
    request.session.flush()
    if kept and kept["user"] == str(user):
        request.session[KEPT] = kept


def kept_form(request: HttpRequest) -> KeptForm | None:
    """What is kept for whoever is in; None when nothing is, or when it is too old."""
    kept = request.session.get(KEPT)
    if not kept:
        return None
    try:
        path, fields = _BOX.unseal(kept["form"])
    except ValueError:
        return None
    return KeptForm(path, tuple((name, text) for name, text in fields))


def drop(request: HttpRequest) -> None:
    """Keep it no longer."""
    request.session.pop(KEPT, None)
