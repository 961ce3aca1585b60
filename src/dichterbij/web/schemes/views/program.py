"""The same door for programs: an application as JSON, received once for its key."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.errors import OtherContentError
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError, UnavailableError

STATUS = ((OtherContentError, 422), (InputError, 400), (NotFoundError, 404), (UnavailableError, 503))
MOST_BYTES = 20_000


@csrf_exempt  # no cookie of a browser says anything here
@require_POST
def receive(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"applicant": "...", "facts": {...}}` with a UUID in Idempotency-Key.

    201 with number, proof and moment; 200 with the same when this key was received before. Problems as RFC 9457.
    """
    try:
        key, told = _key(request), _told(request)
        done = actions.receive(scheme=slug, key=key, applicant=told["applicant"], facts=told["facts"])
    except DichterbijError as error:
        return _problem(error)
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
    if not isinstance(told, dict) or set(told) != {"applicant", "facts"}:
        raise InputError("The body holds applicant and facts, and nothing else.")
    if not isinstance(told["applicant"], str) or not isinstance(told["facts"], dict):
        raise InputError("applicant is a text, facts are names with values.")
    return told


def _problem(error: DichterbijError) -> JsonResponse:
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 409)
    told = {"type": f"urn:dichterbij:{error.code}", "title": error.message, "status": status}
    response = JsonResponse(told, status=status, content_type="application/problem+json")
    if status == 503:
        response["Retry-After"] = "2"
    return response
