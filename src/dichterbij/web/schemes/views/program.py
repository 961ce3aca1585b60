"""The same door for programs: an application as JSON, received once for its key."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.errors import OtherContentError
from dichterbij.domains.schemes.rules import files
from dichterbij.domains.schemes.rules.applying import applying
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.gateways import outbox
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError, UnavailableError
from dichterbij.web.schemes.confirming import ACTOR, confirming, link_to

STATUS = (
    (OtherContentError, 422), (InputError, 400), (NotFoundError, 404), (NotAllowedError, 403), (UnavailableError, 503),
)  # fmt: skip
MOST_BYTES = 20_000
CONTACT = {"email", "account", "language"}


@csrf_exempt  # no cookie of a browser says anything here
@require_POST
def receive(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"applicant": "...", "facts": {...}}` with a UUID in Idempotency-Key.

    Beside them, when it is wanted, `"contact": {"email": "...", "account": "...", "language": "nl"}`, each optional.
    201 with number, proof and moment; 200 with the same when this key was received before. Problems as RFC 9457.
    """
    try:
        key, told = _key(request), _told(request)
        if slug in files.slugs() and not applying(slug).without_sign_in:
            raise NotAllowedError(
                "This scheme asks its applicants to sign in with eHerkenning: use the form of the site."
            )
        contact = _contact(request, key, told.get("contact"))
        done = actions.receive(
            scheme=slug, key=key, applicant=told["applicant"], facts=told["facts"], contact=contact,
            confirm=confirming(files.scheme(slug, timezone.localdate()), contact) if contact else None,
        )  # fmt: skip
    except DichterbijError as error:
        return _problem(error)
    if contact and contact.email:
        outbox.leave(done.number, actor=ACTOR)
    answer = {
        "number": done.number,
        "proof": done.proof,
        "received_at": done.received_at.isoformat(),
        "complete_at": done.complete_at.isoformat() if done.complete_at else None,
        "status": reverse("schemes:application", args=[key]),
    }
    return JsonResponse(answer, status=201 if done.is_new else 200)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        raise InputError(
            "Send a UUID of your own in the header Idempotency-Key; use it again when you retry."
        ) from None


def _told(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        raise InputError(f"An application is at most {MOST_BYTES} bytes.")
    try:
        told = json.loads(request.body)
        json.dumps(told, ensure_ascii=False).encode()  # half a sign (a lone surrogate) is no text
    except (ValueError, RecursionError):
        raise InputError("The body is JSON in UTF-8, not nested deeper than an application is.") from None
    if not isinstance(told, dict) or set(told) - {"contact"} != {"applicant", "facts"}:
        raise InputError("The body holds applicant and facts, perhaps contact, and nothing else.")
    if not isinstance(told["applicant"], str) or not isinstance(told["facts"], dict):
        raise InputError("applicant is a text, facts are names with values.")
    return told


def _contact(request: HttpRequest, key: UUID, told: object) -> NewContact | None:
    """How who applies can be reached: kept apart from what is decided on."""
    if told is None:
        return None
    if not isinstance(told, dict) or set(told) - CONTACT or not all(isinstance(one, str) for one in told.values()):
        raise InputError(f"contact holds {', '.join(sorted(CONTACT))}, each a text, and nothing else.")
    if told.get("language", "nl") not in ("nl", "en"):
        raise InputError("language is nl or en.")
    return NewContact(**told, link=link_to(request, key)).checked()


def _problem(error: DichterbijError) -> JsonResponse:
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 409)
    told = {"type": f"urn:dichterbij:{error.code}", "title": error.message, "status": status}
    response = JsonResponse(told, status=status, content_type="application/problem+json")
    if status == 503:
        response["Retry-After"] = "2"
    return response
