"""Letters: the right reason in plain words, how to object, and a PDF that can be read aloud."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pytest

from dichterbij.data import read_yaml
from dichterbij.domains.schemes.letters import (
    DECISIONS,
    FOLDER,
    LetterFacts,
    Sharing,
    amount_in_words,
    print_letter,
    written,
)
from dichterbij.domains.schemes.rules.procedure import CaseState, Ground, Stage
from dichterbij.domains.schemes.rules.reasons import Why, reason_texts

DAY = date(2026, 11, 20)
MOMENT = datetime(2026, 11, 20, 12, tzinfo=UTC)
KINDS = sorted(path.name for path in FOLDER.iterdir() if path.name != "common")
STATE = CaseState(
    Stage.GRANTED, date(2026, 11, 2), complete_on=date(2026, 11, 2), granted_cents=150_000, decided_on=DAY,
    advanced_cents=120_000, completion_by=date(2026, 11, 16),
)  # fmt: skip


def facts(kind: str, language: str = "nl", **more: Any) -> LetterFacts:
    steps = {"objection": "objection_rejected"}
    told: dict[str, Any] = {
        "kind": kind, "number": "AV-7K4M-2Q9P", "name": "Bakkerij Aalders", "scheme": "Tegemoetkoming", "on": DAY,
        "language": language, "step": steps.get(kind, kind), "cents": 150_000, "until": date(2026, 12, 4),
        "reason": "De overeenkomst ontbreekt.", "ground": "not_done" if kind == "withdrawn" else "", "why": "",
        "state": STATE, "weeks": 13, "legal_ground": "Regeling", "invented": True, "account": "NL02INVT0000000001",
    }  # fmt: skip
    return LetterFacts(**(told | more))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_whole_and_a_decision_tells_how_to_object(kind: str, language: str) -> None:
    letter = written(facts(kind, language))
    assert not re.search(r"[{}]|\bNone\b", letter.title + letter.text)
    assert "AV-7K4M-2Q9P" in letter.text
    ends = {"nl": "4 januari 2027", "en": "4 January 2027"}[language]  # New Year's day goes on to Monday
    assert (ends in letter.text) is (kind in DECISIONS)
    assert ("Awb" in letter.small[0]) is (kind in DECISIONS)
    court = {"nl": "rechtbank", "en": "district court"}[language]
    assert (court in letter.text) is (kind == "objection")


@pytest.mark.parametrize(
    "name", ["Bakkerij 阿里", "Bakkerij 🥐", "Пекарня ไทย", "".join(chr(0x4E00 + one) for one in range(90))]
)
def test_a_name_in_signs_that_our_type_does_not_have_is_printed(name: str) -> None:
    made = print_letter(written(facts("receipt", name=name)), at=MOMENT)
    assert made == print_letter(written(facts("receipt", name=name)), at=MOMENT)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) >= 1


@pytest.mark.parametrize("why", [one for one in Why if not one.is_grant])
def test_a_refusal_says_its_own_reason_in_both_languages(why: Why) -> None:
    for language in ("nl", "en"):
        told = written(facts("refused", language, why=why.slug, cents=0)).text
        assert reason_texts()[why].words.in_language(language) in told
        assert reason_texts()[why].basis in told


def test_only_who_may_still_get_money_is_told_so() -> None:
    assert "plek in de rij" in written(facts("refused", why="ceiling_reached")).text
    assert "plek in de rij" not in written(facts("refused", why="too_late")).text


@pytest.mark.parametrize("ground", Ground)
def test_a_withdrawal_says_its_ground_and_its_article(ground: Ground) -> None:
    letter = written(facts("withdrawn", ground=ground.value))
    words = {part["id"]: part["body"].strip() for part in read_yaml(FOLDER / "common" / "nl.yaml")["sections"]}
    assert words[f"ground-{ground.value}"] in letter.text
    assert re.search(r"Awb 4:4[89], first paragraph, [a-d]", letter.small[0])


def test_the_larger_the_grant_the_more_is_asked_in_the_letter() -> None:
    asked = {cents: written(facts("granted", state=replace(STATE, granted_cents=cents))).text
             for cents in (2_499_999, 2_500_000, 12_500_000)}  # fmt: skip
    assert ["geen verslag" in text for text in asked.values()] == [True, False, False]
    assert ["accountant" in text for text in asked.values()] == [False, False, True]


@pytest.mark.parametrize(
    ("cents", "nl", "en"),
    [(0, "0 euro", "€0"), (150_000, "1.500 euro", "€1,500"), (6_750, "67,50 euro", "€67.50"),
     (1_699_950_005, "16.999.500,05 euro", "€16,999,500.05")],
)  # fmt: skip
def test_amounts_are_written_as_people_read_them(cents: int, nl: str, en: str) -> None:
    assert (amount_in_words(cents, "nl"), amount_in_words(cents, "en")) == (nl, en)


def roles(pdf: pikepdf.Pdf) -> list[str]:
    found, todo = [], [pdf.Root.StructTreeRoot]
    while todo:
        element = todo.pop()
        found.append(str(element.get("/S", "")))
        children: Any = element.get("/K", [])
        children = list(children) if isinstance(children, pikepdf.Array) else [children]
        todo += [child for child in children if isinstance(child, pikepdf.Dictionary)]
    return found


@pytest.mark.parametrize(("kind", "language"), [("refused", "nl"), ("granted", "en"), ("objection", "nl")])
def test_the_pdf_is_tagged_and_has_language_title_headings_and_lists(kind: str, language: str) -> None:
    letter = written(facts(kind, language))
    pdf = pikepdf.open(io.BytesIO(print_letter(letter, at=MOMENT)))
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == (language, True)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == letter.title
    there = roles(pdf)
    assert there.count("/H1") == 1
    assert there.count("/H2") >= 3
    assert there.count("/P") >= 4
    assert ("/LI" in there) is (kind != "objection")


def test_the_same_letter_is_the_same_bytes_and_nothing_typed_gets_into_the_template() -> None:
    letter = written(facts("refused", reason='{number} #panic() "]#', name="Aalders {scheme}"))
    assert "#panic()" in letter.text
    assert "{number}" in letter.text
    assert "{scheme}" in letter.text
    assert print_letter(letter, at=MOMENT) == print_letter(letter, at=MOMENT)


def test_a_letter_says_how_the_money_was_shared() -> None:
    part = Sharing("pro_rata", asked_cents=150_000, together_cents=10_000_050)
    told = written(facts("granted", why="less_pro_rata", sharing=part)).text
    assert "Je vroeg 1.500 euro. Voor iedereen samen was er 100.000,50 euro" in told
    ranked = Sharing("tender", score=60, place=3, entrants=12)
    assert "60 punten" in written(facts("refused", why="ceiling_reached", cents=0, sharing=ranked)).text
    drawn = Sharing("draw", place=3, entrants=12)
    assert "place 3 of 12" in written(facts("refused", "en", why="ceiling_reached", cents=0, sharing=drawn)).text
    assert "hetzelfde deel" not in written(facts("granted", sharing=part)).text, "an officer decided otherwise"
