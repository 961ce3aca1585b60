"""Reads one value from a parameter file, or says which file and key, what was expected and what was found."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from dichterbij.shared.errors import InputError

# Far above any number of weeks, minutes or metres that means something, far below what 64 bits hold.
LARGEST = 1_000_000_000


class Reader:
    """A mapping inside a parameter file, with the path to it for messages."""

    def __init__(self, path: Path, where: str, values: Mapping[str, Any]) -> None:
        self.path, self.where, self.values = path, where, values

    def fail(self, key: object, expected: str, found: object) -> NoReturn:
        """Raise InputError that names file, key, expected and found."""
        name = f"{self.where}.{key}" if self.where else str(key)
        raise InputError(f"{self.path}: {name}: expected {expected}, found {found!r}.")

    def whole(self, key: str) -> int:
        """A whole number >= 0."""
        return self.as_whole(key, self._required(key))

    def as_whole(self, key: object, value: object) -> int:
        """This value as a whole number >= 0."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
            self.fail(key, f"a whole number from 0 to {LARGEST}", value)
        return value

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts; a key that is absent is an empty list."""
        value = self.values.get(key)
        return self.as_names(key, [] if value is None else value)

    def as_names(self, key: object, value: object) -> tuple[str, ...]:
        """This value as a list of texts."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(key, "a list of texts (put quotes around codes such as no)", value)
        return tuple(value)

    def items(self, key: str) -> Sequence[Any]:
        """A list."""
        value = self._required(key)
        if not isinstance(value, list):
            self.fail(key, "a list", value)
        return value

    def mapping(self, key: str) -> "Reader":
        """The names with values below this key."""
        return self.as_mapping(key, self._required(key))

    def as_mapping(self, key: object, value: object) -> "Reader":
        """This value as names with values."""
        if not isinstance(value, dict):
            self.fail(key, "names with values", value)
        for name in value:
            if not isinstance(name, str):
                self.fail(key, "names that are texts (put quotes around codes such as no)", name)
        return Reader(self.path, f"{self.where}.{key}" if self.where else str(key), value)

    def only(self, known: Iterable[str], what: str) -> None:
        """Refuse a name that is not known here: a typing error must not go unseen."""
        known = tuple(known)
        for name in self.values:
            if name not in known:
                self.fail(name, f"{what} ({', '.join(known)})", name)

    def _required(self, key: str) -> Any:
        if key not in self.values:
            self.fail(key, "a value", None)
        return self.values[key]
