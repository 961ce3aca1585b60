"""What goes wrong, as RFC 9457 wants it: what it is, and what to do about it. Nothing of the inside."""

import logging
from collections.abc import Mapping
from traceback import format_tb
from typing import Any

from django.core import signals
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, JsonResponse
from ninja.errors import ValidationError
from pydantic import Field

from dichterbij.api.shapes import Shape
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.schemes.errors import OtherContentError
from dichterbij.gateways.often import TooOftenError
from dichterbij.shared.errors import DichterbijError, InputError, NotFoundError, UnavailableError

log = logging.getLogger(__name__)
STATUS = (
    (OtherContentError, 422), (InputError, 400), (NotFoundError, 404), (NotAllowedError, 403), (TooOftenError, 429),
    (UnavailableError, 503),
)  # fmt: skip
TITLES: Mapping[int, str] = {
    400: "Dit verzoek klopt niet",
    401: "Hier is een sleutel nodig",
    403: "Dit mag dit programma niet",
    404: "Dit is er niet",
    405: "Dit kan hier niet",
    406: "In deze vorm is het er niet",
    409: "Dit kan nu niet",
    422: "Deze sleutel is al gebruikt voor iets anders",
    429: "Dit is te vaak geprobeerd",
    500: "Er ging iets mis bij ons",
    503: "Het lukt nu even niet",
}
RETRY_SECONDS = {429: 3600, 503: 2}
NOT_HERE = "Op dit adres is niets. Alle adressen staan in /api/v1/openapi.json."
OURS = "Dat ligt niet aan het verzoek. Probeer het later nog eens, met dezelfde Idempotency-Key."
LATER = "Probeer het over een paar tellen nog eens, met dezelfde Idempotency-Key: dan komt niets dubbel aan."
EXPLAINED = {
    "missing": "dit ontbreekt",
    "extra_forbidden": "dit veld bestaat niet; laat het weg",
    "int_parsing": "dit is een geheel getal",
    "int_type": "dit is een geheel getal",
    "bool_parsing": "dit is true of false",
    "bool_type": "dit is true of false",
    "string_type": "dit is een tekst",
    "dict_type": "dit zijn namen met waarden",
    "model_attributes_type": "dit is een object met velden",
    "uuid_parsing": "dit is een UUID, zoals 6d4b1f8e-8a0a-4f7c-9f43-0d3a4d9d9b11",
    "date_from_datetime_parsing": "dit is een dag, zoals 2022-05-13",
    "date_parsing": "dit is een dag, zoals 2022-05-13",
    "timezone_aware": "dit is een moment met tijdzone, zoals 2022-05-13T09:00:00+02:00",
    "datetime_parsing": "dit is een moment met tijdzone, zoals 2022-05-13T09:00:00+02:00",
    "datetime_from_date_parsing": "dit is een moment met tijdzone, zoals 2022-05-13T09:00:00+02:00",
}


class Fout(Shape):
    """Wat er mis is met een veld."""

    veld: str
    fout: str


class Probleem(Shape):
    """Wat er misging (RFC 9457), en wat eraan te doen is."""

    type: str = Field(description="Vast, voor programma's.")
    title: str = Field(description="Wat er misging, kort.")
    status: int
    detail: str = Field(description="Wat er precies is, en wat te doen. Wat een regel zegt, staat er in het Engels.")
    fouten: list[Fout] = Field(default=[], description="Alle velden die niet kloppen.")


def problem(status: int, detail: str, *, code: str = "", fouten: list[dict[str, str]] | None = None) -> JsonResponse:
    """The answer for something that went wrong."""
    told: dict[str, Any] = {
        "type": f"urn:dichterbij:{code or status}",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
    }
    if fouten:
        told["fouten"] = fouten
    response = JsonResponse(told, status=status, content_type="application/problem+json")
    if status in RETRY_SECONDS:
        response["Retry-After"] = str(RETRY_SECONDS[status])
    return response


def refused(request: HttpRequest, error: DichterbijError) -> JsonResponse:
    """For what a rule refuses."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 409)
    return problem(status, error.message, code=error.code)


def invalid(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """For fields that are not what they must be: all of them together."""
    fouten = [{"veld": _place(one["loc"]), "fout": EXPLAINED.get(one["type"], str(one["msg"]))} for one in error.errors]
    detail = "; ".join(f"{one['veld']}: {one['fout']}" for one in fouten[:5])
    return problem(400, f"{detail}.", code="input", fouten=fouten)


def unforeseen(request: HttpRequest, error: Exception) -> JsonResponse:
    """For what nobody thought of. Only its kind and place are written down: its text may quote what was sent."""
    if isinstance(error, OperationalError | InterfaceError):
        log.warning("503 because of %s", type(error).__name__)
        return problem(503, LATER, code="unavailable")
    signals.got_request_exception.send(sender=None, request=request)
    log.error("500 because of %s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))
    return problem(500, OURS)


def _place(loc: tuple[str | int, ...]) -> str:
    """`("body", "aanvraag", "feiten")` as `feiten`: the name of a parameter says nothing to who sent it."""
    source, *rest = loc
    named = rest[1:] if source == "body" and len(rest) > 1 else rest
    return ".".join(str(one) for one in named) or str(source)
