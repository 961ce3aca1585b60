"""What stands beside the published versions of schemes: their legal ground in both languages, and help.

A published file never changes, so what it says in one language only stands here in both. Nothing is decided by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dichterbij.data import SCHEMES, read_yaml
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

FILE: Final = SCHEMES / "beside.yaml"


@dataclass(frozen=True, slots=True)
class Beside:
    """The file: grounds and places by what a published file says, help by condition, routes by kind, articles."""

    grounds: Mapping[str, Words]
    places: Mapping[str, Words]
    help: Mapping[str, Words]
    routes: Mapping[str, str]
    articles: Mapping[str, Words]


def legal_ground(text: str) -> Words:
    """The legal ground that a published file names, in both languages; as it stands where nobody translated it yet."""
    return _all().grounds.get(text, Words(text, text))


def place(text: str) -> Words:
    """Where in a document a line of a scheme stands; a Dutch heading of the document itself is the same in both."""
    return _all().places.get(text, Words(text, text))


def help_with(condition: str) -> Words | None:
    """What a condition means; None where its own words are plain."""
    return _all().help.get(condition)


def article_says(number: str) -> Words | None:
    """What an article of the Awb says, in one plain sentence; None for one that needs none."""
    return _all().articles.get(number)


def route_of(category: str) -> str | None:
    """The page of the route that a kind of a scheme is; None for another kind."""
    return _all().routes.get(category)


def read_beside(values: Mapping[str, Any]) -> Beside:
    """The file's content. InputError that names what is missing."""
    return Beside(
        {str(row.get("says")) if isinstance(row, dict) else "": _words("legal_grounds", row)
         for row in values["legal_grounds"]},
        {words.en: words for words in (_words("places", row) for row in values["places"])},
        {str(code): _words("help", row) for code, row in values["help"].items()},
        {str(code): str(slug) for code, slug in values["routes"].items()},
        {str(number): _words("articles", row) for number, row in values["articles"].items()},
    )  # fmt: skip


@cache
def _all() -> Beside:
    return read_beside(read_yaml(FILE))


def _words(part: str, row: Any) -> Words:
    nl, en = (row.get(name) if isinstance(row, dict) else None for name in ("nl", "en"))
    if not isinstance(nl, str) or not isinstance(en, str) or not nl.strip() or not en.strip():
        raise InputError(f"{part}: write nl: and en:, both with words; this is {row!r}.")
    return Words(nl, en)
