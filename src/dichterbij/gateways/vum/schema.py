"""The standard's records as we describe them (data/schemas/vum/profiles.yaml): validation, and who may see what."""

import enum
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import jsonschema
from jsonschema.protocols import Validator

from dichterbij import data

Json = Any
EMPTY: tuple[Json, ...] = ("", [], {}, None)


class Kind(enum.StrEnum):
    """Which record; the value is its name in the schema file."""

    JOB_SEEKER = "job_seeker"
    VACANCY = "vacancy"

    @property
    def id_field(self) -> str:
        """The field that names one record."""
        return "idWerkzoekende" if self is Kind.JOB_SEEKER else "idVacature"


@dataclass(frozen=True)
class Fault:
    """Why a record is refused: the path of the first wrong field (JSON path) and what was expected there."""

    path: str
    expected: str


@functools.cache
def _schemas() -> dict[str, Json]:
    schemas: dict[str, Json] = data.read_yaml(data.ROOT / "schemas" / "vum" / "profiles.yaml")
    return schemas


@functools.cache
def _validator(kind: Kind) -> Validator:
    schemas = _schemas()
    checker = jsonschema.FormatChecker(["date"])
    return jsonschema.Draft202012Validator({**schemas[kind], "$defs": schemas["$defs"]}, format_checker=checker)


def fault_of(record: Json, kind: Kind) -> Fault | None:
    """The first fault in document order, or None for a valid record."""
    errors = sorted(_validator(kind).iter_errors(record), key=lambda error: [str(part) for part in error.absolute_path])
    return Fault(path=errors[0].json_path, expected=_plainly(errors[0])) if errors else None


def _plainly(error: jsonschema.ValidationError) -> str:
    rule, wanted, found = error.validator, cast(Json, error.validator_value), cast(Json, error.instance)
    texts = {
        "enum": f"one of {wanted}",
        "type": f"a value of type {wanted}",
        "pattern": f"text of the form {wanted}",
        "format": "a date such as 2026-12-01",
        "maxLength": f"at most {wanted} characters",
        "minimum": f"a number from {wanted}",
        "maximum": f"a number up to {wanted}",
        "additionalProperties": "only fields of the standard",
    }
    if rule == "required":
        missing = [name for name in wanted if name not in found]
        return f"the field {missing[0]}"
    return texts.get(str(rule), error.message[:200])


def without_empties(value: Json) -> Json:
    """The same value without empty texts, lists and objects: the standard counts those as absent."""
    if isinstance(value, dict):
        cleaned = {key: without_empties(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in EMPTY}
    if isinstance(value, list):
        return [item for item in map(without_empties, value) if item not in EMPTY]
    return value


def tagged(record: Json, kind: Kind) -> dict[str, dict[str, Json]]:
    """Every single value under its path, in three groups: searchable, match and detail. Loses nothing."""
    groups: dict[str, dict[str, Json]] = {"searchable": {}, "match": {}, "detail": {}}
    for path, seen, value in _leaves(record, _schemas()[kind], "detail", ""):
        groups[seen][path] = value
    return groups


def _leaves(value: Json, schema: Json, seen: str, path: str) -> Iterator[tuple[str, str, Json]]:
    seen = schema.get("seen", seen)
    if "$ref" in schema:
        schema = _schemas()["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, schema["properties"][key], seen, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, schema["items"], seen, f"{path}[{index}]")
    else:
        yield path, seen, value
