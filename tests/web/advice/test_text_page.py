"""The text checker as a page: nothing is lost, nothing is kept."""

from django.test import Client

TEXT, DOWNLOAD = "/nl/mensen/tekst/", "/nl/mensen/tekst/download/"


def checked(visitor: Client, text: str, address: str = TEXT) -> str:
    answer = visitor.post(address, {"text": text})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode()


def test_the_text_comes_back_marked_with_why_and_a_version(visitor: Client) -> None:
    told = checked(visitor, "Lasser gezocht.\n- Een mbo-diploma\n- VCA\n- Stressbestendig")
    assert '<mark class="advice-mark advice-mark--needless">mbo-diploma' in told
    assert '<mark class="advice-mark advice-mark--kept">VCA' in told
    assert "Een diploma zegt weinig" in told
    assert "2 eisen en woorden kunnen mensen weghouden" in told
    assert "Dit heb je echt nodig\n- VCA" in told
    assert "<del>Stressbestendig</del>" in told


def test_what_was_pasted_is_shown_and_never_run(visitor: Client) -> None:
    told = checked(visitor, "Je hebt een diploma <script>alert(1)</script> & meer")
    assert "<script>alert" not in told


def test_an_empty_text_is_asked_for(visitor: Client) -> None:
    answer = visitor.post(TEXT, {"text": " \n "})
    assert answer.status_code == 422
    assert "Plak eerst een tekst" in answer.content.decode()


def test_a_text_that_is_too_long_says_how_long_and_is_not_lost(visitor: Client) -> None:
    answer = visitor.post(TEXT, {"text": "woord " * 4_000})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "24.000 tekens" in told
    assert told.count("woord ") >= 3_999


def test_a_text_without_demands_is_called_so(visitor: Client) -> None:
    told = checked(visitor, "Je vult de vakken in onze winkel. We leren je alles.")
    assert "We vonden geen onnodige eisen" in told
    assert "Je hebt vooraf niets nodig." in told


def test_an_english_text_gets_an_honest_message_and_no_version(visitor: Client) -> None:
    told = checked(visitor, "We are looking for a team player with a university degree to work with us in the office.")
    assert "Deze tekst is in het Engels" in told
    assert "university degree" in told
    assert 'id="versie"' not in told


def test_the_example_fills_the_field_and_says_it_is_invented(visitor: Client) -> None:
    told = visitor.get(TEXT, {"voorbeeld": "1"}).content.decode()
    assert "Medewerker magazijn" in told
    assert "Dit is een verzonnen vacature" in told


def test_the_version_can_be_downloaded_as_changed(visitor: Client) -> None:
    answer = visitor.post(DOWNLOAD, {"version": "Mijn tekst, één regel"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="open-hiring.txt"'
    assert answer.content.decode() == "Mijn tekst, één regel"


def test_the_pages_are_there_in_english(visitor: Client) -> None:
    told = checked(visitor, "Je hebt een mbo-diploma.", "/en/mensen/tekst/")
    assert "A diploma says little" in told
    assert 'lang="nl">' in told


def test_a_version_of_any_length_is_given_back_as_it_is(visitor: Client) -> None:
    written = "lang " * 9_000
    assert visitor.post(DOWNLOAD, {"version": written}).content.decode() == written
