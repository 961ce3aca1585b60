"""Messages are complete and compiled in every language they are translated to, in every app with pages."""

import shutil
from pathlib import Path

import pytest

from dichterbij.web import messages

APPS = messages.apps()
PAIRS = [(app, locale) for locale in messages.locales() for app in APPS]


def pair(item: object) -> str:
    return item.name if isinstance(item, Path) else str(item)


@pytest.mark.parametrize(("app", "locale"), PAIRS, ids=pair)
def test_every_message_is_translated(app: Path, locale: str) -> None:
    assert messages.problems(app, locale) == []


@pytest.mark.parametrize(("app", "locale"), PAIRS, ids=pair)
def test_the_compiled_messages_are_up_to_date(app: Path, locale: str) -> None:
    there = messages.compiled_path(app, locale).read_bytes()
    assert there == messages.compiled(app, locale), "run python -m dichterbij.web.messages"


@pytest.mark.parametrize("locale", messages.locales())
def test_a_message_has_the_same_words_in_every_app(locale: str) -> None:
    seen: dict[object, tuple[object, str]] = {}
    for app in APPS:
        for message in messages.catalog(app, locale):
            key = (message.context, str(message.id))
            first = seen.setdefault(key, (message.string, app.name))
            assert message.string == first[0], f"{message.id!r} differs between {first[1]} and {app.name}"


def test_templates_and_code_are_both_searched(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    page = '{% load i18n %}{% translate "Good day" %}{{ _("Call")|upper }}{% blocktranslate count n=n %}'
    page += "{{ n }} desk{% plural %}{{ n }} desks{% endblocktranslate %}"
    (tmp_path / "templates" / "page.html").write_text(page)
    (tmp_path / "words.py").write_text('from x import gettext as _\nA = _("One " "text")\n')
    messages_found = set(messages.texts_in(tmp_path / "templates" / "page.html")) | set(
        messages.texts_in(tmp_path / "words.py")
    )
    assert messages_found == {
        (None, "Good day"),
        (None, ("%(n)s desk", "%(n)s desks")),
        (None, "Call"),
        (None, "One text"),
    }


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One app of the site in a folder of its own."""
    shutil.copytree(messages.WEB / "content", tmp_path / "content")
    monkeypatch.setattr(messages, "WEB", tmp_path)
    return tmp_path / "content"


def test_a_new_language_is_begun_with_every_message_untranslated(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dutch = messages.source_path(copied).read_bytes()
    assert messages.main(["--update", "--language", "pl"]) == 1
    assert messages.locales() == ["nl", "pl"]
    assert set(messages.used(copied)) == {messages._key(m) for m in messages.catalog(copied, "pl") if m.id}
    assert capsys.readouterr().err.count("content/pl: not translated") == len(messages.used(copied))
    assert messages.compiled_path(copied, "pl").exists()
    assert messages.source_path(copied).read_bytes() == dutch


def test_a_translated_language_is_kept_by_an_update_and_passes(copied: Path) -> None:
    fresh = messages.updated(copied, "pl")
    for message in fresh:
        if message.id:
            message.string = f"pl {message.id}"
    messages.write_catalog(copied, fresh, "pl")
    assert messages.main(["--update"]) == 0
    assert all(str(message.string).startswith("pl ") for message in messages.catalog(copied, "pl") if message.id)


def test_a_plural_needs_as_many_forms_as_the_language_has(copied: Path) -> None:
    (copied / "words.py").write_text('from x import ngettext\nA = ngettext("%(n)s day", "%(n)s days", 2)\n')
    fresh = messages.updated(copied, "pl")
    message = fresh.get(("%(n)s day", "%(n)s days"))
    assert message is not None
    message.string = ("%(n)s dzień", "%(n)s dni")
    messages.write_catalog(copied, fresh, "pl")
    assert [problem for problem in messages.problems(copied, "pl") if "%(n)s day" in problem] != []
