"""One file of a scheme while it is read: its fields, and the sources that its values may name."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from dichterbij.domains.schemes.rules.amounts import cents_of
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

ASSUMPTION = "assumption"
MOST = 10_000  # of a number of units, places in a fraction, or points
Item = TypeVar("Item")


class File:
    """The fields of a file. Every method raises InputError that starts with the place of the mistake."""

    def __init__(self, record: Record) -> None:
        self.fields: Mapping[str, Any] = record.fields
        self.record = record
        self.at = record.at
        self.sources = self._sources()

    def _sources(self) -> Mapping[str, str]:
        found = self.fields["sources"]
        if not isinstance(found, Mapping):
            raise InputError(f"{self.at}: sources gives each document a short name and a title")
        return {str(name): str(title) for name, title in found.items()}

    def part(self, place: str, value: object, required: Collection[str], optional: Collection[str] = ()) -> Record:
        """A part with these fields and no others."""
        return Record.of(value, at=f"{self.at}, {place}", required=required, optional=optional)

    def several(self, key: str) -> list[object]:
        """A list that may be empty or absent."""
        value = self.fields.get(key) or []
        if not isinstance(value, list):
            raise InputError(f"{self.at}: {key} must be a list, found {value!r}")
        return value

    def source(self, record: Record) -> str:
        """`name, where`, of which the name is one of the file's sources, or an assumption."""
        source = record.text("source")
        if source.split(",")[0] not in (*self.sources, ASSUMPTION):
            raise InputError(f"{record.at}: source starts with one of {', '.join(self.sources)} or {ASSUMPTION}")
        return source

    def different(self, items: list[Item], names: list[str], what: str) -> tuple[Item, ...]:
        """These items, none of which has the name of another."""
        if len(set(names)) < len(names):
            raise InputError(f"{self.at}: two {what} have the same name")
        return tuple(items)


def whole(record: Record, key: str, *, least: int = 1, most: int = MOST) -> int:
    """A whole number in a field that must be there."""
    value = record.fields.get(key)
    if type(value) is not int or not least <= value <= most:
        raise InputError(f"{record.at}: {key} is a whole number from {least} to {most}, found {value!r}")
    return value


def flag(record: Record, key: str) -> bool:
    """True or false; false when the field is absent."""
    return record.flag(key) if key in record.fields else False


def optional_cents(record: Record, key: str) -> int | None:
    """The cents of an amount, or None when the field is absent or null."""
    value = record.fields.get(key)
    return None if value is None else cents_of(value, f"{record.at}, {key}")


def cents(record: Record, key: str) -> int:
    """The cents of an amount that must be there."""
    if key not in record.fields:
        raise InputError(f"{record.at}: {key} is missing")
    return cents_of(record.fields[key], f"{record.at}, {key}")
