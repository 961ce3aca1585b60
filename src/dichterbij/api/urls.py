"""Every address of the API."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from dichterbij.api import (
    VERSION,
    applications,
    calculations,
    deciding,
    document,
    exercises,
    ledger,
    money,
    rounds,
    schemes,
    weighing,
    withdrawing,
)
from dichterbij.api.door import guarded, nothing_here
from dichterbij.api.keys import unknown
from dichterbij.api.problems import invalid, problem, refused, unforeseen
from dichterbij.shared.errors import DichterbijError

DESCRIPTION = (
    "Regelingen, openstellingen, aanvragen, besluitdocumenten en geld van Dichterbij, voor programma's. Bedragen zijn "
    "hele centen, momenten zijn in UTC. Namen die een regeling zelf geeft (feiten, voorwaarden, redenen) zijn die van "
    "haar bestand. Wie de API gebruikt, leest docs/reference/api.md."
)


class Body(Parser):
    """Reads JSON as everywhere in the API."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What was sent; InputError for what cannot be read."""
        return applications.read_body(request)


api = NinjaAPI(
    title="Dichterbij",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    servers=[{"url": "/api/v1", "description": "Deze installatie."}],
    parser=Body(),
    openapi_extra={
        "info": {
            "contact": {
                "name": "Beheer van Dichterbij", "email": "api@dichterbij.example",
                "url": "https://dichterbij.example/code",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        }
    },
)  # fmt: skip
HANDLERS: dict[type[Exception], Any] = {
    DichterbijError: refused,
    ValidationError: invalid,
    AuthenticationError: unknown,
    HttpError: lambda request, error: problem(error.status_code, str(error)),
    Exception: unforeseen,
}
for kind, handler in HANDLERS.items():
    api.add_exception_handler(kind, handler)
for part in (schemes, calculations, exercises, rounds, deciding, applications, withdrawing, money, weighing, ledger):
    api.add_router("", part.router)


def _description(request: HttpRequest) -> HttpResponseBase:
    """The description itself, for everybody and from every site."""
    response = HttpResponse(document.FILE.read_bytes(), content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _patterns() -> list[URLPattern]:
    """Every operation behind the door, with what may be asked of it."""
    asked = {
        re.sub(r"\{(\w+)\}", r"<\1>", address.lstrip("/")): frozenset(
            one["name"] for operation in operations.values() for one in operation.get("parameters", ())
            if one["in"] == "query"
        )
        for address, operations in api.get_openapi_schema(path_prefix="")["paths"].items()
    }  # fmt: skip
    return [
        path(str(one.pattern), guarded(one.callback, asked[str(one.pattern)]), name=one.name)
        for one in api.urls[0]
        if isinstance(one, URLPattern) and str(one.pattern) in asked
    ]


app_name = "api"
urlpatterns = [
    path("openapi.json", guarded(_description), name="description"),
    *_patterns(),
    re_path("", nothing_here, name="nothing"),
]
