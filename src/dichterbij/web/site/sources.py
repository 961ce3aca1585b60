"""What the sources page tells: every packaged data set and every dated rule file, as their own files describe them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.data import REFERENCE, RULES, read_yaml

# The sets' own texts are English; these are their names on the page.
NAMES: dict[str, str | Promise] = {
    "regions": _("Regions, municipalities and their borders"),
    "postcodes": _("Postcodes"),
    "commuting": _("Where people live and work"),
    "sbi": _("Kinds of companies (SBI)"),
    "esco": _("Occupations and skills (ESCO)"),
    "esco_translations": _("Skills in Dutch, translated by us"),
    "words": _("Everyday words for work and skills"),
    "desks": _("Desks per region"),
    "accessibility": _("Last accessibility scan"),
    "support": _("Support and who may pay (menukaart)"),
    "region_figures": _("What documents tell about regions"),
    "region_pictures": _("What holds invented people back per region"),
}
RULE_NAMES: dict[str, str | Promise] = {
    "bridge": _("How the bridge is calculated"),
    "synthetic": _("How invented people and vacancies are made"),
    "support": _("Support and who may pay (menukaart)"),
    "easy_return": _("Going back to welfare when work stops"),
    "placing": _("Messages of employers"),
    "route_advice": _("Which route fits a vacancy"),
    "vacancy_text": _("What keeps people away in a vacancy text"),
}
ASSUMPTION = "assumption"


@dataclass(frozen=True)
class DataSet:
    """One packaged set: texts as in its source.yaml (English)."""

    name: str | Promise
    title: str
    publisher: str
    source: str
    version: str
    retrieved: date | None
    valid_from: date | None
    licence: str
    attribution: str
    changes: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class RuleFile:
    """One file of dated rule values."""

    name: str
    source: str
    checked_on: date | None
    is_assumption: bool


@dataclass(frozen=True)
class RuleSet:
    """The files of one rule that hold from one date."""

    name: str | Promise
    valid_from: date
    files: tuple[RuleFile, ...]


@lru_cache(maxsize=1)
def data_sets() -> tuple[DataSet, ...]:
    """Every set under reference/ that describes itself, in the order of the folders."""
    return tuple(_data_set(path) for path in sorted(REFERENCE.glob("*/source.yaml")))


@lru_cache(maxsize=1)
def rule_sets() -> tuple[RuleSet, ...]:
    """Every rule under rules/<rule>/<date>/, newest date last."""
    found = groupby(sorted(RULES.glob("*/*/*.yaml")), key=lambda path: path.parent)
    return tuple(_rule_set(folder, files) for folder, files in found)


def _data_set(path: Path) -> DataSet:
    content = read_yaml(path)
    name = path.parent.name
    return DataSet(
        name=NAMES.get(name) or _text(content, "title"),
        title=_text(content, "title"),
        publisher=_text(content, "publisher"),
        source=_text(content, "source"),
        version=_text(content, "version"),
        retrieved=_date(content, "retrieved"),
        valid_from=_date(content, "valid_from"),
        licence=_text(content, "licence"),
        attribution=_text(content, "attribution"),
        changes=_text(content, "changes"),
        assumptions=tuple(str(item) for item in content.get("assumptions") or ()),
    )


def _rule_set(folder: Path, files: Iterable[Path]) -> RuleSet:
    name = folder.parent.name
    return RuleSet(RULE_NAMES.get(name, name), date.fromisoformat(folder.name), tuple(map(_rule_file, files)))


def _rule_file(path: Path) -> RuleFile:
    content = read_yaml(path)
    source = "; ".join(dict.fromkeys(_sources(content)))
    return RuleFile(path.stem, source, _date(content, "checked_on"), source.lower().startswith(ASSUMPTION))


def _sources(content: Any) -> Iterator[str]:
    """The file's own source; without one, the sources of its values."""
    if isinstance(content, Mapping):
        own = content.get("source")
        if own:
            yield " ".join(str(own).split())
            return
        for value in content.values():
            yield from _sources(value)
    elif isinstance(content, list):
        for value in content:
            yield from _sources(value)


def _date(content: Mapping[str, Any], key: str) -> date | None:
    value = content.get(key)
    return value if type(value) is date else None


def _text(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key)
    return "" if value is None else " ".join(str(value).split())
