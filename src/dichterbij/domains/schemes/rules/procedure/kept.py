"""A case and an objection as plain values, to keep and to read back: nothing is lost on the way. Pure."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dichterbij.domains.schemes.rules.procedure.clock import Suspension
from dichterbij.domains.schemes.rules.procedure.objections import Lateness, Objection, ObjectionStage
from dichterbij.domains.schemes.rules.procedure.stages import Stage
from dichterbij.domains.schemes.rules.procedure.state import CaseState


def keep(state: CaseState | Objection) -> dict[str, Any]:
    """Texts, whole numbers, yes or no, lists: what JSON holds."""
    return {field.name: _plain(getattr(state, field.name)) for field in fields(state)}


def kept_case(values: Mapping[str, Any]) -> CaseState:
    """The case that was kept."""
    return CaseState(**{name: _case_value(name, value) for name, value in values.items()})


def kept_objection(values: Mapping[str, Any]) -> Objection:
    """The objection that was kept."""
    return Objection(**{name: _objection_value(name, value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return value


def _case_value(name: str, value: Any) -> Any:
    return Stage(value) if name == "stage" else _value(name, value)


def _objection_value(name: str, value: Any) -> Any:
    if name == "stage":
        return ObjectionStage(value)
    return Lateness(value) if name == "lateness" else _value(name, value)


def _value(name: str, value: Any) -> Any:
    if name == "suspensions":
        return tuple(Suspension(date.fromisoformat(first), last and date.fromisoformat(last)) for first, last in value)
    return date.fromisoformat(value) if isinstance(value, str) else value
