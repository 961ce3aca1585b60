"""What a form says beside the published versions of a scheme: the word for its unit, and whether one must sign in.

It decides nothing about who gets what, so it may change while a version never does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dichterbij.data import SCHEMES, read_yaml
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

FILE: Final = SCHEMES / "applying.yaml"


@dataclass(frozen=True, slots=True)
class Applying:
    """How a scheme is asked for. `one`, `many`: what an amount is for, such as person and people."""

    one: Words
    many: Words
    without_sign_in: bool


OTHERWISE: Final = Applying(Words("aanvraag", "application"), Words("aanvragen", "applications"), False)


def applying(slug: str) -> Applying:
    """How this scheme is asked for; in plain words, and signed in, where the file does not know the scheme."""
    return _all().get(slug, OTHERWISE)


def read_applying(values: Mapping[str, Any]) -> Mapping[str, Applying]:
    """The file's content, by scheme. InputError that names what is missing."""
    return {slug: _read(slug, row) for slug, row in values["schemes"].items()}


@cache
def _all() -> Mapping[str, Applying]:
    return read_applying(read_yaml(FILE))


def _read(slug: str, row: Any) -> Applying:
    try:
        nl, en = row["unit"]["nl"], row["unit"]["en"]
        (nl_one, nl_many), (en_one, en_many) = nl, en
        without = row["without_sign_in"]
    except (KeyError, TypeError, ValueError):
        raise InputError(
            f"{slug}: write unit: {{nl: [one, more], en: [one, more]}} and without_sign_in: true or false."
        ) from None
    if not isinstance(without, bool) or not all(
        isinstance(one, str) and one for one in (nl_one, nl_many, en_one, en_many)
    ):
        raise InputError(f"{slug}: unit has two words in each language, without_sign_in is true or false.")
    return Applying(Words(nl_one, en_one), Words(nl_many, en_many), without)
