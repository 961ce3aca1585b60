"""Dutch for every message of the pages. `python -m dichterbij.web.messages` checks and compiles; `--update` adds new.

Messages are English in templates and code. Needs Babel (development only); the compiled files are committed."""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).parent
LOCALE = "nl"
PATTERNS = ("templates/**/*.html", "templates/**/*.svg", "templates/**/*.txt", "**/*.py")
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
MADE = datetime(2026, 1, 1, tzinfo=UTC)
Key = tuple[str | None, str | tuple[str, str]]


def main(arguments: list[str]) -> int:
    """0 when every message has Dutch and is compiled; 1 with the list of what is missing. Names of apps may follow."""
    names = {name for name in arguments if not name.startswith("-")}
    chosen = [app for app in apps() if not names or app.name in names]
    if "--update" in arguments:
        for app in chosen:
            write_catalog(app, updated(app))
    found = [problem for app in chosen for problem in problems(app)]
    for problem in found:
        print(problem, file=sys.stderr)
    for app in chosen:
        compiled_path(app).write_bytes(compiled(app))
    return 1 if found else 0


def apps() -> list[Path]:
    """The web apps that have pages."""
    return sorted(path.parent for path in WEB.glob("*/templates"))


def source_path(app: Path) -> Path:
    return app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def compiled_path(app: Path) -> Path:
    return source_path(app).with_suffix(".mo")


def used(app: Path) -> dict[Key, set[str]]:
    """Every message an app uses, with the files it is in."""
    found: dict[Key, set[str]] = {}
    for path in sorted(
        [
            *app.glob("templates/**/*.html"),
            *app.glob("templates/**/*.txt"),
            *app.glob("templates/**/*.svg"),
            *app.rglob("*.py"),
        ]
    ):
        for key in texts_in(path):
            found.setdefault(key, set()).add(str(path.relative_to(WEB)))
    return found


def texts_in(path: Path) -> Iterator[Key]:
    """The messages of one template or Python file."""
    return _in_code(path) if path.suffix == ".py" else _in_template(path)


def catalog(app: Path) -> Catalog:
    """An app's Dutch; empty when it has none yet."""
    path = source_path(app)
    if not path.exists():
        return _new_catalog()
    with path.open("rb") as stream:
        return read_po(stream, locale=LOCALE)


def problems(app: Path) -> list[str]:
    """What an app still misses: messages without Dutch, fuzzy ones, ones nobody uses, ones whose places differ."""
    wanted, have = used(app), catalog(app)
    found = {_key(message): message for message in have if message.id}
    texts = [f"{app.name}: not in django.po: {key[1]!r}" for key in wanted if key not in found]
    texts += [f"{app.name}: nobody uses: {key[1]!r}" for key in found if key not in wanted]
    for message in found.values():
        if message.fuzzy or not _is_complete(message):
            texts.append(f"{app.name}: no Dutch for: {message.id!r}")
        texts += [f"{app.name}: {error} in: {message.id!r}" for error in message.check(have)]
    return texts


def compiled(app: Path) -> bytes:
    """The .mo file's bytes: the same for the same .po."""
    stream = io.BytesIO()
    write_mo(stream, catalog(app))
    return stream.getvalue()


def updated(app: Path) -> Catalog:
    """An app's catalogue with new messages added (without Dutch yet) and unused ones gone."""
    have = {_key(message): message.string for message in catalog(app) if message.id}
    fresh = _new_catalog()
    for (context, text), files in sorted(used(app).items(), key=lambda item: (min(item[1]), str(item[0][1]))):
        places = [(name, 0) for name in sorted(files)]
        fresh.add(text, have.get((context, text)) or "", locations=places, context=context)
    return fresh


def write_catalog(app: Path, fresh: Catalog) -> None:
    path = source_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, fresh, width=120, include_lineno=False)


def _new_catalog() -> Catalog:
    # A fixed date: the same messages give the same bytes.
    return Catalog(
        locale=LOCALE,
        fuzzy=False,
        project="Dichterbij",
        copyright_holder="Dichterbij",
        msgid_bugs_address="none",
        last_translator="Dichterbij",
        creation_date=MADE,
        revision_date=MADE,
        header_comment="# Dutch of the pages. EUPL-1.2.",
    )


def _key(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
    return message.context, text


def _is_complete(message: Message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return all(texts) and (isinstance(message.id, str) or len(texts) == 2)


def _in_template(path: Path) -> Iterator[Key]:
    for name, given in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        yield _as_key(name, [ast.literal_eval(text) for text in re.findall(STRING, given)])


def _as_key(name: str, texts: list[str]) -> Key:
    context = texts.pop(0) if name in ("pgettext", "npgettext") else None
    return context, (texts[0], texts[1]) if name in ("ngettext", "npgettext") else texts[0]


def _in_code(path: Path) -> Iterator[Key]:
    for _line, text, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
        yield context, (text[0], text[1]) if isinstance(text, tuple) else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
