"""Reads `data/content/<area>/<slug>/`: `page.yaml` (review dates, sources) and one file per language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dichterbij.data import ROOT, read_yaml
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.content.languages import direction, page_language
from dichterbij.web.content.marked import Marked

CONTENT = ROOT / "content"
FIRST_LANGUAGE = "nl"


@dataclass(frozen=True)
class Source:
    """Where a statement comes from: a document with its place, or a page with its address."""

    title: str
    place: str
    url: str
    checked_on: date


@dataclass(frozen=True)
class Section:
    """A part of a page; `body` is Markdown."""

    id: str
    heading: str
    body: str


@dataclass(frozen=True)
class ContentPage:
    """A written page in one language; `language` is the one it is in, which may not be the one asked for."""

    area: str
    slug: str
    language: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    assumptions: tuple[str, ...]
    reviewed_on: date
    review_before: date

    @property
    def direction(self) -> str:
        """`rtl` for a language written from right to left, else `ltr`: for `dir` beside `lang`."""
        return direction(self.language)

    @property
    def section(self) -> Mapping[str, Section]:
        """The sections by id, for a template that gives each its own place."""
        return {section.id: section for section in self.sections}


def page(area: str, slug: str, language: str) -> ContentPage:
    """The page in this language, in Dutch where it is not translated; NotFoundError when there is none.

    Where that is not the language of the words around it, its texts mark themselves with their own."""
    folder = CONTENT / area / slug
    if not (folder / "page.yaml").is_file():
        raise NotFoundError(f"There is no text {area}/{slug}.")
    shown = language if (folder / f"{language}.yaml").is_file() else FIRST_LANGUAGE
    found = _read(folder, shown)
    return found if shown == page_language() else _marked(found)


def slugs(area: str) -> tuple[str, ...]:
    """The pages of an area, in the order of their `order` (then by name)."""
    folders = [path.parent for path in (CONTENT / area).glob("*/page.yaml")]
    return tuple(path.name for path in sorted(folders, key=lambda path: (_facts(path).get("order", 0), path.name)))


@cache
def _facts(folder: Path) -> dict[str, Any]:
    facts: dict[str, Any] = read_yaml(folder / "page.yaml")
    return facts


@cache
def _read(folder: Path, language: str) -> ContentPage:
    """Read once: files change with a release."""
    facts, text = _facts(folder), read_yaml(folder / f"{language}.yaml")
    return ContentPage(
        area=folder.parent.name,
        slug=folder.name,
        language=language,
        title=text["title"],
        lead=text.get("lead", ""),
        sections=tuple(Section(part["id"], part.get("heading", ""), part["body"]) for part in text["sections"]),
        sources=tuple(
            Source(source["title"], source.get("place", ""), source.get("url", ""), source["checked_on"])
            for source in facts["sources"]
        ),
        assumptions=tuple(text.get("assumptions", ())),
        reviewed_on=facts["reviewed_on"],
        review_before=facts["review_before"],
    )


def _marked(found: ContentPage) -> ContentPage:
    """The same page; every text carries its language."""

    def mark(text: str) -> Marked:
        return Marked(text, found.language)

    return replace(
        found,
        title=mark(found.title),
        lead=mark(found.lead),
        sections=tuple(Section(part.id, mark(part.heading), mark(part.body)) for part in found.sections),
        assumptions=tuple(mark(text) for text in found.assumptions),
    )
