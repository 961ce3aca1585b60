"""Every message of the pages in every language. `python -m dichterbij.web.messages [app ...]` checks and compiles.

`--update` adds new messages and drops unused ones; `--update --language pl` starts a language. Messages are English in
templates and code. Needs Babel (development only); the compiled files are committed."""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

WEB = Path(__file__).parent
FIRST = "nl"
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
    """0 when every message is translated and compiled; 1 with the list of what is missing. Names of apps may follow."""
    names, given = _split(arguments)
    chosen = [app for app in apps() if not names or app.name in names]
    pairs = [(app, locale) for locale in given or locales() for app in chosen]
    if "--update" in arguments:
        for app, locale in pairs:
            write_catalog(app, updated(app, locale), locale)
    found = [problem for app, locale in pairs for problem in problems(app, locale)]
    for problem in found:
        print(problem, file=sys.stderr)
    for app, locale in pairs:
        compiled_path(app, locale).parent.mkdir(parents=True, exist_ok=True)
        compiled_path(app, locale).write_bytes(compiled(app, locale))
    return 1 if found else 0


def apps() -> list[Path]:
    """The web apps that have pages."""
    return sorted(path.parent for path in WEB.glob("*/templates"))


def locales() -> list[str]:
    """The languages that messages are translated to, Dutch first; English is in the templates."""
    found = {path.name for path in WEB.glob("*/locale/*") if path.is_dir()}
    return [FIRST, *sorted(found - {FIRST})]


def source_path(app: Path, locale: str = FIRST) -> Path:
    return app / "locale" / locale / "LC_MESSAGES" / "django.po"


def compiled_path(app: Path, locale: str = FIRST) -> Path:
    return source_path(app, locale).with_suffix(".mo")


def _split(arguments: list[str]) -> tuple[set[str], list[str]]:
    """Names of apps, and the locales after `--language`."""
    names, given = set[str](), list[str]()
    words = iter(arguments)
    for word in words:
        if word == "--language":
            given.append(to_locale(next(words, FIRST)))
        elif not word.startswith("-"):
            names.add(word)
    return names, given


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


def catalog(app: Path, locale: str = FIRST) -> Catalog:
    """An app's messages in a language; empty when it has none yet."""
    path = source_path(app, locale)
    if not path.exists():
        return _new_catalog(locale)
    with path.open("rb") as stream:
        return read_po(stream, locale=locale)


def problems(app: Path, locale: str = FIRST) -> list[str]:
    """What an app misses in a language: untranslated messages, fuzzy ones, unused ones, ones whose places differ."""
    wanted, have = used(app), catalog(app, locale)
    found = {_key(message): message for message in have if message.id}
    about = f"{app.name}/{locale}"
    texts = [f"{about}: not in django.po: {key[1]!r}" for key in wanted if key not in found]
    texts += [f"{about}: nobody uses: {key[1]!r}" for key in found if key not in wanted]
    for message in found.values():
        if message.fuzzy or not _is_complete(message, have.num_plurals):
            texts.append(f"{about}: not translated: {message.id!r}")
        texts += [f"{about}: {error} in: {message.id!r}" for error in message.check(have)]
    return texts


def compiled(app: Path, locale: str = FIRST) -> bytes:
    """The .mo file's bytes: the same for the same .po."""
    stream = io.BytesIO()
    write_mo(stream, catalog(app, locale))
    return stream.getvalue()


def updated(app: Path, locale: str = FIRST) -> Catalog:
    """An app's catalogue with new messages added (not translated yet) and unused ones gone."""
    have = {_key(message): message.string for message in catalog(app, locale) if message.id}
    fresh = _new_catalog(locale)
    for (context, text), files in sorted(used(app).items(), key=lambda item: (min(item[1]), str(item[0][1]))):
        places = [(name, 0) for name in sorted(files)]
        fresh.add(text, have.get((context, text)) or "", locations=places, context=context)
    return fresh


def write_catalog(app: Path, fresh: Catalog, locale: str = FIRST) -> None:
    path = source_path(app, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, fresh, width=120, include_lineno=False)


def _new_catalog(locale: str) -> Catalog:
    # A fixed date: the same messages give the same bytes.
    return Catalog(
        locale=locale,
        fuzzy=False,
        project="Dichterbij",
        copyright_holder="Dichterbij",
        msgid_bugs_address="none",
        last_translator="Dichterbij",
        creation_date=MADE,
        revision_date=MADE,
        header_comment=f"# {Locale.parse(locale).english_name} of the pages. EUPL-1.2.",
    )


def _key(message: Message) -> Key:
    text = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
    return message.context, text


def _is_complete(message: Message, plurals: int) -> bool:
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return all(texts) and (isinstance(message.id, str) or len(texts) == plurals)


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
