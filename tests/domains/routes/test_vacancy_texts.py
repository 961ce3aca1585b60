"""The text checker: labelled texts, what is pasted, and the text for open hiring."""

import re
import time
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.domains.routes.queries import checked_text, example_text, open_hiring_version
from dichterbij.domains.routes.rules.texts.reading import MOST_CHARACTERS, clean
from dichterbij.domains.routes.rules.texts.values import Checked, Kind, Language

ON = date(2026, 11, 22)
DOCUMENT = Path(__file__).parents[3] / "docs" / "reference" / "route-advice.md"


@lru_cache
def labelled() -> dict[str, list[dict[str, list[str]]]]:
    found: dict[str, list[dict[str, list[str]]]] = yaml.safe_load(
        (Path(__file__).parent / "labelled.yaml").read_text(encoding="utf-8")
    )
    return found


def check(text: str) -> Checked:
    return checked_text(text, on=ON)


def codes(text: str) -> set[str]:
    return {item.code for item in check(text).demands}


def kept(text: str) -> set[str]:
    return {item.code for item in check(text).of(Kind.KEPT)}


def version(text: str) -> str:
    return open_hiring_version(check(text), on=ON).text


@pytest.mark.parametrize("item", labelled()["tuned"], ids=lambda item: item["text"][:40])
def test_a_text_used_for_the_patterns_is_read_as_labelled(item: dict[str, list[str]]) -> None:
    text = str(item["text"])
    assert codes(text) == set(item["find"])
    assert kept(text) == set(item.get("keep", []))


def measured(part: str) -> str:
    """One row of the table in the document: demands found, wrongly found and missed, and the same for real ones."""
    right = wrong = missed = 0
    for item in labelled()[part]:
        text = str(item["text"])
        found, wanted = codes(text) | kept(text), {*item["find"], *item.get("keep", [])}
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    precision, recall = right / (right + wrong), right / (right + missed)
    return f"| {part} | {len(labelled()[part])} | {right} | {wrong} | {missed} | {precision:.2f} | {recall:.2f} |"


@pytest.mark.parametrize("part", ["tuned", "hard", "fresh", "second", "unseen"])
def test_the_document_prints_precision_and_recall_as_they_are(part: str) -> None:
    assert measured(part) in DOCUMENT.read_text(encoding="utf-8"), measured(part)


def test_there_are_at_least_a_hundred_labelled_texts() -> None:
    assert sum(map(len, labelled().values())) >= 100


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Gezocht: een vrouw.", Kind.NOT_ALLOWED), ("Stuur je cv.", Kind.NEEDLESS), ("Je bent proactief.", Kind.VAGUE)],
)
def test_every_finding_has_a_reason_a_proposal_and_a_source(text: str, kind: Kind) -> None:
    found = check(text).findings[0]
    assert found.kind is kind
    assert found.why.nl
    assert found.propose
    assert found.source


def test_a_diploma_that_the_law_may_ask_stays() -> None:
    text = "Pedagogisch medewerker kinderopvang. Je hebt een mbo-diploma pedagogisch werk."
    assert codes(text) == set()
    assert kept(text) == {"legal_diploma"}


def test_a_vog_without_a_reason_in_the_text_gets_a_doubt() -> None:
    doubtful = check("Je vult schappen. Een VOG is verplicht.").of(Kind.KEPT)[0]
    assert doubtful.propose is not None
    assert check("Je werkt in de zorg. Een VOG is verplicht.").of(Kind.KEPT)[0].propose is None


def test_html_becomes_lines_and_bullets() -> None:
    pasted = (
        "<style>p{color:red}</style><h2>Wij vragen</h2><ul><li>Een&nbsp;hbo-diploma</li><li>Rijbewijs&nbsp;B</li></ul>"
    )
    assert clean(pasted) == "Wij vragen\n\n- Een hbo-diploma\n- Rijbewijs B"
    assert codes(pasted) == {"diploma", "licence"}


def test_a_sign_that_is_no_tag_stays() -> None:
    assert clean("Loon < 15 euro en > 12 euro") == "Loon < 15 euro en > 12 euro"


def test_what_stands_under_what_we_offer_is_no_demand() -> None:
    assert codes("Wij bieden:\n- een mbo-diploma\n- rijbewijs B\nWij vragen:\n- een hbo-diploma") == {"diploma"}
    assert codes("Wij bieden:\n- een mbo-diploma\n- rijbewijs B") == set()


def test_an_english_text_gets_the_smaller_list() -> None:
    found = check(
        "We are looking for a young professional with a bachelor degree and 3 years of experience. Send your CV."
    )
    assert found.language is Language.ENGLISH
    assert {item.code for item in found.demands} == {"age", "diploma", "experience", "cv"}
    assert check("You do not need experience or a diploma to work with us in the team.").demands == ()


def test_a_text_in_another_language_is_not_called_fine() -> None:
    polish = "Szukamy pracowników do magazynu w okolicach Utrechtu. " * 5
    assert check(polish).language is Language.OTHER


def test_long_sentences_and_hard_words_are_told() -> None:
    found = check("Je dient te werken conform het protocol. " + "En dan nog een zin met heel veel woorden " * 4 + ".")
    assert {item.quote.lower() for item in found.of(Kind.HARD)} >= {"dient te", "conform", "protocol"}
    assert len(found.measure.long_sentences) == 1


def test_an_easier_text_scores_higher() -> None:
    easy = "Je zet de kar klaar. Je vult de kast. Je veegt de vloer. " * 4
    hard = "Werkzaamheden omvatten voorraadadministratie, assortimentscontrole en schoonmaakwerkzaamheden. " * 4
    assert (check(easy).measure.ease or 0) > (check(hard).measure.ease or 0) + 40


def test_the_open_hiring_version_asks_only_what_is_needed() -> None:
    text = example_text(on=ON)
    made = version(text)
    again = check(made)
    assert {item.code for item in again.demands} == set()
    for stays in (
        "Medewerker magazijn",
        "Heftruckcertificaat",
        "15 kilo",
        "in Almelo",
        "werk@magazijn.example",
        "salaris",
    ):
        assert stays in made
    for goes in ("mbo-opleiding", "2 jaar", "Rijbewijs", "motivatiebrief", "Stressbestendig", "Wat vragen wij"):
        assert goes not in made


def test_what_went_is_told_and_nothing_else_went() -> None:
    found = check(example_text(on=ON))
    rewritten = open_hiring_version(found, on=ON)
    gone = " ".join(rewritten.removed)
    for item in found.demands:
        assert item.quote in gone
    for line in (
        "Bestellingen verzamelen en inpakken",
        "Goederen ontvangen en tevens controleren",
        "Rijden met de heftruck",
    ):
        assert line in rewritten.text


def test_the_real_part_of_a_sentence_stays() -> None:
    made = version("Als chauffeur heb je rijbewijs CE, code 95 en minimaal twee jaar ervaring.")
    assert "- Als chauffeur heb je rijbewijs CE, code 95." in made
    assert "ervaring." not in made.split("Dit heb je echt nodig")[1].split("Zo begin je")[0]


def test_a_text_without_demands_says_that_nothing_is_needed() -> None:
    assert "Je hebt vooraf niets nodig." in version("Je vult de vakken in onze winkel.")


@pytest.mark.parametrize("text", ["a " * 10_000, "geen " * 4_000, "<p>" * 6_600, ",en " * 5_000, "je hebt " * 2_500])
def test_odd_long_texts_are_answered(text: str) -> None:
    assert len(text) <= MOST_CHARACTERS
    assert version(text)


@pytest.mark.parametrize(
    "piece", ["A. B. ", "cv, ", "Cv. ", "Mbo diploma. ", "a cv\n", "<script>", "a.", "<a", "06 ", " "]
)
def test_a_long_text_made_to_be_slow_is_read_in_a_moment(piece: str) -> None:
    check("Stuur je cv.")  # the patterns are made once
    start = time.process_time()
    version((piece * MOST_CHARACTERS)[:MOST_CHARACTERS])
    assert time.process_time() - start < 2.5


def test_a_sentence_that_never_ends_is_read_to_its_end() -> None:
    assert codes("en zo verder " * 300 + "stuur je cv") == {"cv"}


@pytest.mark.parametrize(
    ("text", "demanded", "real"),
    [
        (
            "Je hebt een diploma Helpende niveau 2 en je mag medicijnen geven (bevoegd en bekwaam).",
            set(),
            {"competent", "legal_diploma"},
        ),
        ("Een rijbewijs is handig, maar met de fiets kan het ook.", set(), set()),
        ("Je hebt geen kinderen of je oppas is goed geregeld.", {"family"}, set()),
        ("Je werkt met kinderen. Wij helpen je om opvang te vinden.", set(), set()),
        ("Een VCA halen we samen met je.", set(), set()),
        ("Je bent een man met een rijbewijs, want je bezorgt met de auto.", {"gender"}, {"driving"}),
        ("Je bent jong en je komt graag buiten.", {"age"}, set()),
        ("Je hebt geen diploma nodig maar wel ervaring in de horeca.", {"experience"}, set()),
        ("Een diploma hoeft niet, ervaring wel.", {"experience"}, set()),
        ("Je hebt geen strafblad.", {"past"}, set()),
        ("Bij voorkeur een Nederlands paspoort.", {"origin"}, set()),
        ("Je rijdt op de vrachtwagen met rijbewijs C. Een rijbewijs B is een pré.", {"licence"}, {"driving"}),
        ("Je bent gezond en fit, en niet vaak ziek.", {"health"}, set()),
        ("Ervaring? Niet nodig! Diploma? Ook niet nodig.", set(), set()),
        ("Een foto meesturen bij je sollicitatie.", {"photo"}, set()),
        ("Je woont op maximaal 10 kilometer van de zaak.", {"residence"}, set()),
        ("Je hebt een geldige lasbevoegdheid.", set(), {"certificate"}),
        ("Gevorderde kennis van Excel en 10 vingers blind typen.", {"experience"}, set()),
    ],
)  # fmt: skip
def test_what_is_asked_by_law_stays_and_what_may_not_be_asked_goes(
    text: str, demanded: set[str], real: set[str]
) -> None:
    assert (codes(text), kept(text)) == (demanded, real)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_findings_lie_in_the_text_and_never_overlap(text: str) -> None:
    found = check(text)
    place = 0
    for item in found.findings:
        assert place <= item.start < item.end <= len(found.text)
        assert found.text[item.start : item.end] == item.quote
        place = item.end


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([str(item["text"]) for part in labelled().values() for item in part]), max_size=6))
def test_a_version_made_from_any_of_these_texts_never_asks_for_cv_letter_or_age(texts: list[str]) -> None:
    made = version("\n".join(texts))
    body = made.split("Bij deze baan is iedereen welkom")[0]
    assert codes(body) & {"cv", "letter", "age", "gender", "origin", "health"} == set()
    assert re.search(r"Zo begin je\n", made)


def test_a_version_never_says_that_the_past_does_not_count_and_asks_a_vog() -> None:
    made = version("Je helpt kinderen met hun huiswerk. Een VOG is verplicht.")
    assert "verleden" not in made
    assert "Meer dan wat hieronder staat, vragen we niet." in made


def test_a_version_never_says_that_nothing_is_needed_under_what_is_still_asked() -> None:
    made = version("Je werkt op kantoor.\n\nJij hebt:\n- Fulltime beschikbaarheid\n\nBel ons.")
    assert "Fulltime" in made
    assert "Je hebt vooraf niets nodig" not in made


def test_an_english_text_that_names_the_driving_asks_a_real_licence() -> None:
    found = check("You have a driving licence B because you deliver parcels to our customers in the region every day.")
    assert found.language is Language.ENGLISH
    assert {item.code for item in found.of(Kind.KEPT)} == {"driving"}
    assert found.demands == ()
