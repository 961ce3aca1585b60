"""Signing in at a provider: there with a link, back with a code that only this browser may use, once."""

import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.domains.accounts import actions
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Door, Proof
from dichterbij.gateways.identity import Client, RefusedError, read_providers
from dichterbij.shared.errors import DichterbijError, UnavailableError
from dichterbij.web.login.coming_in import ask_code, come_in
from dichterbij.web.login.landing import safe_next
from dichterbij.web.login.views.pages import page
from dichterbij.web.site.private import private

AWAY = "away"  # in the session: what was remembered when somebody was sent to a provider
MOST_SECONDS = 15 * 60


@require_safe
def there(request: HttpRequest, key: str) -> HttpResponse:
    """Send somebody to the provider. A link, not a form: a form may not lead to another site."""
    client = _client(request, key)
    try:
        begun = client.begin()
    except (RefusedError, UnavailableError) as error:
        return _refused(request, key, error, timezone.now())
    request.session[AWAY] = {
        "key": key,
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "at": timezone.now().timestamp(),
        "next": safe_next(request.GET.get("next", "")),
        "language": get_language() or "nl",
    }
    return private(redirect(begun.url))


@require_safe
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody comes back. What was remembered is used up, whatever comes of it."""
    client = _client(request, key)
    now = timezone.now()
    kept = request.session.pop(AWAY, None)
    try:
        kept = _checked(request, kept, key, now)
        proof = client.finish(
            code=request.GET.get("code", ""), nonce=str(kept["nonce"]), verifier=str(kept["verifier"])
        )
        user = actions.recognise(proof=proof, language=kept["language"], now=now)
    except (RefusedError, NotAllowedError, UnavailableError) as error:
        return _refused(request, key, error, now)
    return _in(request, proof, user, key, kept["next"], now)


@require_safe
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Out at the provider as well: a link, not a form, because a form may not lead to another site."""
    try:
        address = _client(request, key).leave(back=request.build_absolute_uri(reverse("provider:left", args=[key])))
    except (RefusedError, UnavailableError):
        address = ""
    return private(redirect(address)) if address else page(request, "out.html", {"not_there": _label(key)}, status=503)


@require_safe
def left(request: HttpRequest, key: str) -> HttpResponse:
    """Back from signing out there."""
    return private(redirect("login:out"))


def _in(request: HttpRequest, proof: Proof, user: UUID, key: str, next_path: str, now: datetime) -> HttpResponse:
    """A provider that does not say how sure it is counts as one factor."""
    if proof.door is Door.STAFF and not proof.is_sure:
        return ask_code(request, user, next_path=next_path, now=now, provider=key)
    return come_in(request, user, how="provider", next_path=next_path, now=now, provider=key, kvk=proof.kvk)


def _refused(request: HttpRequest, key: str, error: DichterbijError, now: datetime) -> HttpResponse:
    reason = error.reason if isinstance(error, RefusedError) else error.code
    actions.refuse(provider=key, reason=reason, now=now)
    status = 503 if isinstance(error, UnavailableError) else 403
    return page(request, "provider_refused.html", {"reason": reason}, status=status)


def _checked(request: HttpRequest, kept: dict[str, Any] | None, key: str, now: datetime) -> dict[str, Any]:
    given = request.GET.get("state", "")
    if not kept or kept["key"] != key or now.timestamp() - kept["at"] > MOST_SECONDS or not _same(kept["state"], given):
        raise RefusedError("state", "This sign-in was not begun in this browser, or it is used already.")
    if "error" in request.GET:
        raise RefusedError("stopped", "The sign-in was stopped at the provider.")
    issuer = request.GET.get("iss")
    if issuer is not None and issuer != read_providers()[key].issuer:
        raise RefusedError("issuer", "Another provider answered.")
    return kept


def _label(key: str) -> str:
    provider = read_providers().get(key)
    return provider.label.get(get_language() or "nl", provider.label["nl"]) if provider else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _client(request: HttpRequest, key: str) -> Client:
    provider = read_providers().get(key)
    if provider is None:
        raise Http404
    return Client(provider, back=request.build_absolute_uri(reverse("provider:back", args=[key])))
