"""Dutch texts and messages are plain by data/content/readability.yaml; things have one name."""

from pathlib import Path

import pytest

from dichterbij.web import messages
from support.plain import RULES, english_problems, message_problems, page_problems, unexplained
from support.readability import measured, sentences, syllables
from support.texts import Written, packaged_words, without_marks, written

DUTCH, ENGLISH = written("nl"), written("en")
APPS = messages.apps()


@pytest.mark.parametrize("text", DUTCH, ids=lambda text: text.name)
def test_a_dutch_text_is_plain(text: Written) -> None:
    assert page_problems(text.name.removesuffix("/nl"), text.blocks()) == []


@pytest.mark.parametrize("text", ENGLISH, ids=lambda text: text.name)
def test_an_english_text_uses_the_agreed_names(text: Written) -> None:
    assert english_problems(text.name.removesuffix("/en"), " ".join(text.blocks())) == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_dutch_messages_are_plain(app: Path) -> None:
    found = []
    for message in messages.catalog(app):
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        found += [
            problem for text in texts if message.id for problem in message_problems(app.name, without_marks(text))
        ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "texts"), packaged_words().items(), ids=lambda item: item if isinstance(item, str) else ""
)
def test_dutch_words_in_data_are_plain(name: str, texts: list[str]) -> None:
    assert [problem for text in texts for problem in message_problems(name, without_marks(text))] == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_english_messages_use_the_agreed_names(app: Path) -> None:
    found = []
    for message in messages.catalog(app):
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        found += [problem for text in texts for problem in english_problems(app.name, without_marks(text))]
    assert found == []


def test_an_exception_says_why() -> None:
    for item in RULES["exceptions"]:
        assert set(item) == {"where", "text", "why"}
        assert all(item.values()), item


@pytest.mark.parametrize(
    ("word", "count"),
    [("werk", 1), ("werkgever", 3), ("idee", 2), ("regio", 3), ("nieuw", 1), ("vacature", 4), ("UWV", 3), ("1.234", 4)],
)
def test_syllables_are_counted_as_they_sound(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_sentence_ends_at_its_mark_and_at_the_end_of_its_block() -> None:
    assert sentences('Bel 1.234 keer. "Kan dat?" Ja! Dat mag (bijv. morgen) ook') == [
        "Bel 1.234 keer.", '"Kan dat?', "Ja!", "Dat mag (bijv. morgen) ook",
    ]  # fmt: skip


def test_plain_dutch_scores_as_easy_and_officialese_as_hard() -> None:
    plain = "Je krijgt geld voor de bus. Bel de gemeente. Zij helpen je graag."
    official = (
        "Ten behoeve van de arbeidsmarkttoeleiding van uitkeringsgerechtigden faciliteert de uitvoeringsorganisatie "
        "een reiskostenvergoeding conform de vigerende beleidsregels inzake re-integratievoorzieningen."
    )
    assert measured([plain]).flesch_douma > 80
    assert measured([official]).flesch_douma < 30
    assert len(message_problems("site", official)) > 4
    assert message_problems("site", plain) == []


def test_an_abbreviation_needs_its_words_at_first_use() -> None:
    assert unexplained("Bel het werkgeversservicepunt (WSP) of UWV.") == []
    assert unexplained("Bel het WSP, het werkgeversservicepunt.") == []
    assert unexplained("Bel XYZ, de vereniging van banken. Of de bond (QRS).") == []
    assert len(unexplained("Bel het WSP.")) == 1
    assert len(unexplained("Vraag XYZ.")) == 1
