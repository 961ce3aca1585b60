"""Dutch is complete and compiled, in every app with pages."""

from pathlib import Path

import pytest

from dichterbij.web import messages

APPS = messages.apps()


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_message_has_dutch(app: Path) -> None:
    assert messages.problems(app) == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_the_compiled_messages_are_up_to_date(app: Path) -> None:
    assert messages.compiled_path(app).read_bytes() == messages.compiled(app), "run python -m dichterbij.web.messages"


def test_a_message_has_the_same_dutch_in_every_app() -> None:
    seen: dict[object, tuple[object, str]] = {}
    for app in APPS:
        for message in messages.catalog(app):
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
