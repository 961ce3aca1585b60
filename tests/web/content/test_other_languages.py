"""A language is added with a line, texts and messages, without code; what it lacks is Dutch and says so."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override, trans_real

from dichterbij.web import messages
from dichterbij.web.content import pages
from dichterbij.web.content.marked import Marked
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.cookie import COOKIE, seal
from dichterbij.web.site import views
from support.database import connected_to_own_database

MORE = [("nl", "Nederlands"), ("en", "English"), ("pl", "Polski"), ("ar", "العربية")]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("languages", loaded=True):  # type: ignore[attr-defined]
        yield


@pytest.fixture
def four_languages(settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Polish and Arabic are on the list; nothing is written in them."""
    settings.LANGUAGES = MORE  # type: ignore[attr-defined]
    monkeypatch.setattr(trans_real, "_translations", {})


@pytest.fixture
def visitor(four_languages: None, loaded: None, db: None) -> Client:
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def arabic_messages(
    four_languages: None, tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words of the pages are there in Arabic."""
    for app in messages.apps():
        fresh = messages.updated(app, "ar")
        for message in fresh:
            if isinstance(message.id, str) and "%" not in message.id:
                message.string = f"عربي {message.id}"
        there = messages.source_path(tmp_path / app.name, "ar")
        there.parent.mkdir(parents=True)
        messages.write_catalog(tmp_path / app.name, fresh, "ar")
        messages.compiled_path(tmp_path / app.name, "ar").write_bytes(messages.compiled(tmp_path / app.name, "ar"))
    settings.LOCALE_PATHS = sorted(str(path) for path in tmp_path.glob("*/locale"))  # type: ignore[attr-defined]


def paths() -> list[str]:
    """Every page that has an address without a choice in it, without its language."""
    return sorted({path.removeprefix("/nl") for path in _paths(get_resolver().url_patterns) if path.startswith("/nl/")})


def _paths(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _paths(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            try:
                with override("nl"):
                    yield reverse(space + pattern.name)
            except NoReverseMatch:
                continue


def test_every_page_is_there_in_a_language_nothing_is_written_in(visitor: Client) -> None:
    found = paths()
    assert len(found) > 5
    for path in found:
        answer = visitor.get(f"/pl{path}")
        assert answer.status_code in (200, 302, 405), path
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            page = answer.content.decode()
            assert '<html lang="nl">' in page, f"{path}: its words are Dutch, so it says so"
            assert f'href="/en{path}"' in page, path
            assert re.search(r'<span [^>]*lang="pl" aria-current="true">Polski</span>', page), path


CHOSEN = (
    "/loket/AM05/job_seeker/work/",
    "/ondersteuning/?regio=AM05",
    "/regio/AM05/",
    "/regio/AM05/praatplaat/",
    "/routes/open-hiring/?regio=AM05",
)


@pytest.mark.parametrize("path", CHOSEN)
def test_words_that_packaged_data_lacks_in_a_language_are_dutch(visitor: Client, path: str) -> None:
    answer = visitor.get(f"/pl{path}")
    assert answer.status_code == 200
    assert '<html lang="nl">' in answer.content.decode()


@pytest.mark.long
def test_the_bridge_of_an_opening_is_told_in_dutch_where_a_language_has_no_words_for_it(visitor: Client) -> None:
    visitor.cookies[COOKIE.name] = seal(Answers(pc4=7511, modes=("bike",)))
    listed = visitor.get("/pl/dichtbij/lijst/").content.decode()
    (opening, *_) = re.findall(r'href="(/pl/dichtbij/vacature/[^/"]+/)"', listed)
    for path in (opening, "/pl/dichtbij/vragen/kunnen/"):
        assert '<html lang="nl">' in visitor.get(path).content.decode(), path


def test_a_page_with_its_words_in_arabic_runs_from_right_to_left(visitor: Client, arabic_messages: None) -> None:
    page = visitor.get("/ar/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "عربي Skip to the content" in page


def test_the_page_of_our_mistakes_speaks_the_language_of_the_address(arabic_messages: None) -> None:
    assert '<html lang="ar" dir="rtl">' in views.server_error(RequestFactory().get("/ar/loket/")).content.decode()
    assert '<html lang="nl">' in views.server_error(RequestFactory().get("/pl/loket/")).content.decode()


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all texts."""
    shutil.copytree(pages.CONTENT, tmp_path / "content")
    monkeypatch.setattr(pages, "CONTENT", tmp_path / "content")
    return tmp_path / "content"


POLISH = """
title: Otwarte zatrudnienie
lead: Bez rozmowy.
sections:
  - {id: step-1, heading: Znajdź listę, body: "Zapytaj **biuro**."}
"""


def test_a_text_in_another_language_than_its_page_says_so(four_languages: None, texts: Path) -> None:
    (texts / "routes" / "open-hiring" / "pl.yaml").write_text(POLISH)
    with override("pl"):  # no messages: the words around it are Dutch
        found = pages.page("routes", "open-hiring", "pl")
        shown = Template("{% load content %}{{ p.lead }} {{ s.heading }} {{ s.body|markdown }}").render(
            Context({"p": found, "s": found.sections[0]})
        )
    assert found.title == "Otwarte zatrudnienie"
    assert "<span lang=pl dir=ltr>Bez rozmowy.</span>" in shown
    assert "<span lang=pl dir=ltr>Znajdź listę</span>" in shown
    assert "<div lang=pl dir=ltr><p" in shown
    assert "<strong>biuro</strong>" in shown


def test_a_text_that_is_not_translated_is_dutch_and_says_so_on_a_page_in_another_language(
    arabic_messages: None, visitor: Client
) -> None:
    page = visitor.get("/ar/routes/open-hiring/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "<title>Open hiring - Dichterbij</title>" in page
    assert re.search(r"<h1[^>]*><span lang=nl dir=ltr>Open hiring</span></h1>", page)
    assert "<span lang=nl dir=ltr>Geen cv, geen brief" in page
    assert "<div lang=nl dir=ltr>" in page
    assert "عربي This text is not in your language yet" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_text_in_the_language_of_its_page_carries_no_mark(language: str) -> None:
    with override(language):
        assert all(type(section.body) is str for section in pages.page("routes", "open-hiring", language).sections)


def test_what_stands_in_a_marked_text_is_escaped(four_languages: None) -> None:
    shown = Template('<b title="{{ x }}">{{ x }}</b>').render(Context({"x": Marked('"<i>', "nl")}))
    assert "<i>" not in shown
    assert '""' not in shown
    assert Template("{{ x }}").render(Context({"x": Marked("", "nl")})) == ""
