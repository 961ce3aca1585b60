"""`dichterbij link`: one text a line in, the nearest ESCO occupations or skills out."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import click

from dichterbij.domains.skills.rules import Kind, Language, Suggestion, shared_linker
from dichterbij.domains.skills.rules.linking.text import MAX_LENGTH
from dichterbij.shared.errors import InputError

TABLE_WIDTH = 60


@click.command(name="link")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in Kind]), default=Kind.OCCUPATION.value, show_default=True
)
@click.option(
    "--lang", type=click.Choice([lang.value for lang in Language]), default=Language.NL.value, show_default=True
)
@click.option("--top", type=click.IntRange(1, 100), default=10, show_default=True, help="How many concepts a text.")
@click.option(
    "--in", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file instead of stdin."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a table.")
def command(kind: str, lang: str, top: int, path: Path | None, as_json: bool) -> None:
    """The ESCO occupations or skills nearest to each line of text (a title, a few words), in UTF-8."""
    texts = _read(path) if path else _lines(sys.stdin.buffer, "standard input")
    linked = shared_linker(Kind(kind)).link_all(texts, language=Language(lang), top=top)
    for text, found in zip(texts, linked, strict=True):
        click.echo(_as_json(text, found) if as_json else _as_table(text, found))


def _read(path: Path) -> list[str]:
    with path.open("rb") as stream:
        return _lines(stream, str(path))


def _lines(stream: BinaryIO, name: str) -> list[str]:
    """The lines, parted by line feeds only; InputError names the line that is not UTF-8."""
    content = stream.read().removeprefix(b"\xef\xbb\xbf")
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return [_decoded(line.removesuffix(b"\r"), number, name) for number, line in enumerate(lines, start=1)]


def _decoded(line: bytes, number: int, name: str) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"Line {number} of {name} is not UTF-8 (byte {line[error.start]:#04x} at position {error.start + 1}). "
            "Save the file as UTF-8 and try again."
        ) from None
    if len(text) > MAX_LENGTH:
        click.echo(f"Line {number} has {len(text)} characters; only the first {MAX_LENGTH} are compared.", err=True)
    return text


def _as_json(text: str, found: Sequence[Suggestion]) -> str:
    results = [{key: value for key, value in asdict(one).items() if key in {"uri", "label", "score"}} for one in found]
    return json.dumps({"query": text, "results": results}, ensure_ascii=False)


def _as_table(text: str, found: Sequence[Suggestion]) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in text[:TABLE_WIDTH])
    rows = [f"  {one.score:.2f}  {one.label:<{TABLE_WIDTH}}  {one.uri}" for one in found] or ["  (nothing like it)"]
    return "\n".join([shown + ("…" if len(text) > TABLE_WIDTH else ""), *rows])
