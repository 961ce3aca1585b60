"""Reading a record that people write by hand in YAML: every mistake is named with its place and what was expected."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one record and its place in words. Every method raises InputError that starts with the place."""

    fields: Mapping[str, Any]
    at: str

    @classmethod
    def of(cls, value: object, *, at: str, required: Collection[str], optional: Collection[str] = ()) -> "Record":
        """The record in `value`, with all required fields and no others than the optional ones."""
        if not isinstance(value, Mapping):
            raise InputError(f"{at}: expected a list of fields, found {value!r}")
        missing = [key for key in required if key not in value]
        unknown = sorted(str(key) for key in value if key not in required and key not in optional)
        if missing:
            raise InputError(f"{at}: {', '.join(missing)} is missing")
        if unknown:
            raise InputError(f"{at}: {', '.join(unknown)} is no field here; check the spelling")
        return cls(value, at)

    def text(self, key: str) -> str:
        """Text that is not empty."""
        value = self.fields[key]
        if not isinstance(value, str) or not value.strip():
            raise InputError(f"{self.at}: {key} must be text and not empty, found {value!r}")
        return value.strip()

    def words(self, key: str) -> Words:
        """A text in nl and en."""
        value = self.fields[key]
        if not isinstance(value, Mapping) or set(value) != {"nl", "en"} or not all(value.values()):
            raise InputError(f"{self.at}: {key} needs nl and en, found {value!r}")
        return Words(nl=str(value["nl"]).strip(), en=str(value["en"]).strip())

    def optional_words(self, key: str) -> Words | None:
        """A text in nl and en, or None when the field is absent or null."""
        return self.words(key) if self.fields.get(key) is not None else None

    def code(self, key: str, codes: type[Code]) -> Code:
        """One of the codes."""
        return self._code(key, self.fields[key], codes)

    def codes(self, key: str, codes: type[Code]) -> tuple[Code, ...]:
        """A list with at least one of the codes."""
        value = self.fields[key]
        if not isinstance(value, list) or not value:
            raise InputError(f"{self.at}: {key} must be a list with at least one of {', '.join(codes)}")
        return tuple(self._code(key, item, codes) for item in value)

    def optional_date(self, key: str) -> date | None:
        """A date, or None when the field is absent or null."""
        value = self.fields.get(key)
        if value is None:
            return None
        if type(value) is not date:
            raise InputError(f"{self.at}: {key} is a date like 2026-01-01 or null, found {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.fields[key]
        if not isinstance(value, bool):
            raise InputError(f"{self.at}: {key} is true or false, found {value!r}")
        return value

    def several(self, key: str) -> list[object]:
        """A list with at least one item."""
        value = self.fields[key]
        if not isinstance(value, list) or not value:
            raise InputError(f"{self.at}: {key} must be a list with at least one item, found {value!r}")
        return value

    def _code(self, key: str, value: Any, codes: type[Code]) -> Code:
        try:
            return codes(value)
        except ValueError:
            raise InputError(f"{self.at}: {key} is one of {', '.join(codes)}; found {value!r}") from None
