"""The description of the API, made from the code that answers: `python -m dichterbij.api` writes it down."""

import json
from pathlib import Path
from typing import Any

from ninja import NinjaAPI

from dichterbij.api.applications import Aanvragen
from dichterbij.api.facts import Feiten
from dichterbij.api.problems import TITLES, Probleem

FILE = Path(__file__).parent / "openapi.json"
REF = "#/components/schemas/{model}"
HEADERS = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
SIGNED = {"vraagAan", "trekIn"}  # where who applies may have to sign in
VERSION_HEADER = {"description": "De hele versie van deze API.", "schema": {"type": "string"}, "example": "1.0.0"}


def written(api: NinjaAPI) -> str:
    """The text of the file."""
    return json.dumps(described(api), indent=2, ensure_ascii=False) + "\n"


def described(api: NinjaAPI) -> dict[str, Any]:
    """OpenAPI 3.1, with what holds for every answer."""
    told = json.loads(json.dumps(api.get_openapi_schema(path_prefix="")))
    schemas = told["components"]["schemas"]
    for model in (Feiten, Aanvragen, Probleem):
        made = model.model_json_schema(ref_template=REF)
        schemas |= made.pop("$defs", {})
        schemas[model.__name__] = made
    for sent in ("Aanvragen", "Berekenen"):
        schemas[sent]["properties"]["feiten"]["$ref"] = REF.format(model="Feiten")
    told["components"]["headers"] = {"ApiVersion": VERSION_HEADER}
    told["components"]["schemas"] = dict(sorted(schemas.items()))
    for operations in told["paths"].values():
        for method, operation in operations.items():
            _answers(method, operation)
    return dict(told)


def _answers(method: str, operation: dict[str, Any]) -> None:
    """Every answer has its version, and every mistake is a problem."""
    for answer in operation["responses"].values():
        answer["headers"] = HEADERS
        answer["description"] = {"OK": "Gelukt.", "Created": "Ontvangen."}.get(answer["description"], "Gelukt.")
    refusals = [409] if method == "post" else []
    is_received = "201" in operation["responses"]
    signed = (403,) if operation["operationId"] in SIGNED else ()
    keyed = (401, 403, 429) if "security" in operation else ()
    formed = () if "application/json" in next(iter(operation["responses"].values()))["content"] else (406,)
    statuses = sorted({400, 404, *refusals, *((422,) if is_received else ()), *signed, *keyed, *formed, 500, 503})
    for status in statuses:
        operation["responses"][str(status)] = {
            "description": f"{TITLES[status]}.",
            "headers": HEADERS,
            "content": {"application/problem+json": {"schema": {"$ref": REF.format(model="Probleem")}}},
        }
