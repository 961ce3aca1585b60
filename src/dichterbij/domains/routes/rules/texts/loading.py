"""Reads the dated lists of the text checker; every mistake is named with its place."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dichterbij.data import RULES
from dichterbij.domains.routes.rules.texts.values import Context, Demand, Kept, Kind, Pattern, TextRules, Version
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

PACKAGED = RULES / "vacancy_text"
SETS = ("demands", "kept", "context", "words", "version", "english")
OF_DEMAND = ("code", "kind", "name", "negatable", "offerable", "patterns", "unless", "why", "propose", "source")
OF_KEPT = ("code", "name", "patterns", "why", "source")
PATTERNS = (
    "denied_before",
    "denied_after",
    "denied_twice",
    "not_yet",
    "wished",
    "offered",
    "offer_heading",
    "demand_heading",
    "apply_words",
)


def load_text_rules(*, on: date) -> TextRules:
    """The lists of this day. Raises InputError naming what is wrong."""
    return _load(newest_folder(PACKAGED, on=on))


@lru_cache(maxsize=2)
def _load(folder: Path) -> TextRules:
    values = {name: file.values for name, file in read_rule_folder(folder, names=SETS, own=None).items()}
    words = {str(word): str(plain) for word, plain in values["words"]["words"].items()}
    rules = TextRules(
        demands=tuple(_demand(item) for item in values["demands"]["demands"]),
        kept=tuple(_kept(item) for item in values["kept"]["kept"]),
        context=_context(values["context"]),
        hard_words=words,
        hard_pattern=_any_of(words),
        longest_sentence=int(values["words"]["longest_sentence"]),
        version=Version(**{key: values["version"][key] for key in Version.__dataclass_fields__}),
        english={code: _patterns(code, items) for code, items in values["english"]["patterns"].items()},
        english_kept_by={code: _pattern(code, text) for code, text in values["english"]["kept_by"].items()},
        english_denied=_pattern("english", values["english"]["denied"]),
    )
    _check(rules)
    return rules


def _demand(value: Any) -> Demand:
    record = Record.of(value, at="demands", required=OF_DEMAND, optional=("kept_by", "kept_as", "swaps"))
    code = record.text("code")
    return Demand(
        code=code,
        kind=record.code("kind", Kind),
        name=record.words("name"),
        patterns=_patterns(code, value["patterns"]),
        unless=_patterns(code, value["unless"]),
        negatable=record.flag("negatable"),
        offerable=record.flag("offerable"),
        why=record.words("why"),
        propose=record.words("propose"),
        source=record.text("source"),
        kept_by=_pattern(code, value["kept_by"]) if "kept_by" in value else None,
        kept_as=value.get("kept_as", ""),
        swaps=tuple((_pattern(code, swap["find"]), swap["put"]) for swap in value.get("swaps", ())),
    )


def _kept(value: Any) -> Kept:
    record = Record.of(value, at="kept", required=OF_KEPT, optional=("doubt_unless", "doubt"))
    code = record.text("code")
    return Kept(
        code=code,
        name=record.words("name"),
        patterns=_patterns(code, value["patterns"]),
        why=record.words("why"),
        source=record.text("source"),
        doubt_unless=_pattern(code, value["doubt_unless"]) if "doubt_unless" in value else None,
        doubt=record.optional_words("doubt"),
    )


def _context(values: Any) -> Context:
    return Context(
        **{name: _pattern(name, values[name]) for name in PATTERNS},
        heading_words=int(values["heading_words"]),
        dutch_words=frozenset(map(str, values["dutch_words"])),
        english_words=frozenset(map(str, values["english_words"])),
    )


def _any_of(words: Iterable[str]) -> Pattern:
    """Any of these words as a whole, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)


def _patterns(code: str, items: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(_pattern(code, item) for item in items)


def _pattern(code: str, item: str) -> Pattern:
    try:
        return re.compile(item, re.IGNORECASE)
    except re.error as error:
        raise InputError(f"vacancy_text, {code}: {item!r} is no regular expression ({error})") from error


def _check(rules: TextRules) -> None:
    kept = {item.code for item in rules.kept}
    for demand in rules.demands:
        if demand.kept_as and demand.kept_as not in kept:
            raise InputError(f"vacancy_text, {demand.code}: kept_as {demand.kept_as!r} is not in kept.yaml")
    unknown = [code for code in rules.english if code not in {demand.code for demand in rules.demands}]
    if unknown:
        raise InputError(f"vacancy_text, english: {unknown[0]!r} is not in demands.yaml")
