"""Every written text of the site, as it stands in the data and in the messages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from dichterbij.data import ROOT, read_yaml

CONTENT = ROOT / "content"
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Written:
    """One language of one page; `name` is `<area>/<slug>/<language>`."""

    folder: Path
    language: str

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}/{self.language}"

    @property
    def text(self) -> dict[str, Any]:
        found: dict[str, Any] = read_yaml(self.folder / f"{self.language}.yaml")
        return found

    def blocks(self) -> Iterator[str]:
        """Title, lead, headings, paragraphs, list items and cells: plain words, each block apart."""
        yield self.text["title"]
        yield from plain_blocks(self.text.get("lead", ""))
        for section in self.text["sections"]:
            yield section.get("heading", "")
            yield from plain_blocks(section["body"])
        for assumption in self.text.get("assumptions", ()):
            yield from plain_blocks(assumption)

    def addresses(self) -> Iterator[str]:
        """Where its links lead, as written."""
        for section in self.text["sections"]:
            yield from linked(section["body"])


def folders() -> list[Path]:
    """Every folder of a page."""
    return sorted(path for path in CONTENT.glob("*/*") if path.is_dir())


def written(language: str) -> list[Written]:
    """Every page in this language."""
    return [Written(folder, language) for folder in folders() if (folder / f"{language}.yaml").is_file()]


def plain_blocks(markdown: str) -> Iterator[str]:
    """The words of each block of Markdown, without its marks."""
    for token in _MARKDOWN.parse(markdown):
        if token.type == "inline":
            yield "".join(_words(child.type, child.content) for child in token.children or ())


def linked(markdown: str) -> Iterator[str]:
    """The addresses in a Markdown text."""
    for token in _MARKDOWN.parse(markdown):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrGet("href"))


def packaged_words() -> dict[str, list[str]]:
    """Dutch words in rules, supports and the texts of the bridge, by file; words to search by are left out."""
    files = [*ROOT.glob("rules/**/*.yaml"), *ROOT.glob("reference/**/*.yaml"), *ROOT.glob("texts/**/nl.yaml")]
    found = {}
    for path in sorted(set(files) - set(ROOT.glob("rules/synthetic/**/*"))):
        content = read_yaml(path)
        words = list(_strings(content) if path.stem == "nl" else _dutch(content))
        if words:
            found[path.relative_to(ROOT).as_posix()] = words
    return found


def without_marks(message: str) -> str:
    """A message as a reader sees it: a number for what is filled in, no tags."""
    filled = re.sub(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", "7", message).replace("%%", "%")
    return re.sub(r"<[^>]+>", " ", filled)


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content


def _dutch(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "nl" and isinstance(inner, str):
                yield inner
            elif key != "search":
                yield from _dutch(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _dutch(inner)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
