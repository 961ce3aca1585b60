"""Words to concepts, through the door the site and the command line use."""

import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.data import reference_table
from dichterbij.domains.skills.rules import Kind, Language, Linker, proposed_skills, shared_linker
from dichterbij.domains.skills.rules.linking.text import fold, strip_noise

EVERYDAY = [
    ("heftruckchauffeur", "heftruckchauffeur"),
    ("heftruck chauffeur", "heftruckchauffeur"),
    ("HEFTRUCKCHAUFFEUR (m/v) 32-40 uur per week", "heftruckchauffeur"),
    ("vrachtwagen chaufeur", "vrachtwagenchauffeur"),
    ("Vrachtwagenchauffeur CE", "vrachtwagenchauffeur"),
    ("juf", "leraar basisonderwijs"),
    ("vakkenvuller", "schappenvuller"),
    ("schoonmaakster", "schoonmaker gebouwen"),
    ("ICT'er", "ICT-technicus"),
    ("vepleegkundige", "algemeen verpleegkundige"),
    ("ass. accountant", "assistent-boekhouder"),
    ("cardioloog", "medisch specialist"),
    ("postbodes", "postbode"),
    ("Timmermannen", "timmerman"),
    ("Senior Java developer", "software ontwikkelaar"),
]


@pytest.fixture(scope="module")
def occupations() -> Linker:
    return shared_linker(Kind.OCCUPATION)


@pytest.fixture(scope="module")
def skills() -> Linker:
    return shared_linker(Kind.SKILL)


@dataclass(frozen=True)
class Answers:
    labels: list[str]
    scores: list[float]


def ask(linker: Linker, text: str, language: Language = Language.NL, top: int = 10) -> Answers:
    found = linker.link(text, language=language, top=top)
    return Answers([one.label for one in found], [one.score for one in found])


@pytest.mark.parametrize(("text", "label"), EVERYDAY)
def test_titles_as_people_write_them_find_the_occupation(occupations: Linker, text: str, label: str) -> None:
    assert label in ask(occupations, text, top=2).labels


def test_poetsvrouw_is_cleaning_in_homes_or_buildings(occupations: Linker) -> None:
    assert set(ask(occupations, "poetsvrouw", top=2).labels) == {"schoonmaker gebouwen", "interieurverzorger"}


def test_a_preferred_label_is_its_own_first_answer(occupations: Linker) -> None:
    rows = reference_table("esco", "occupations.parquet").slice(0, 150).to_pylist()
    named = {row["label_nl"] for row in rows}
    found = occupations.link_all([row["label_nl"] for row in rows], top=1)
    firsts = [one[0].label for one in found]
    assert firsts == [row["label_nl"] for row in rows]
    assert named == set(firsts)


def test_english_labels_are_shown_when_asked(occupations: Linker) -> None:
    assert "nurse" in ask(occupations, "nurse", Language.EN).labels[0]
    assert ask(occupations, "forklift driver", Language.EN, top=1).labels == ["forklift operator"]


def test_skills_are_found_in_both_languages(skills: Linker) -> None:
    assert ask(skills, "forklift", Language.EN).labels[0] == "operate forklift"
    assert ask(skills, "klanten bedienen", top=3).labels
    assert ask(skills, "Python", Language.EN).labels[0].startswith("Python")


def test_answers_are_best_first_between_0_and_1_each_concept_once(occupations: Linker) -> None:
    found = occupations.link("medewerker", top=50)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({one.uri for one in found}) == len(found) == 50


@pytest.mark.parametrize("text", ["", "   ", "\t\x00\x1b[31m", "漢字", "!!! ???", "\u202e", "\ud83d\ude00"])
def test_a_text_without_letters_has_no_answers(occupations: Linker, text: str) -> None:
    assert occupations.link(text) == []
    assert occupations.suggest(text) == []


def test_a_very_long_text_is_answered_by_its_beginning(occupations: Linker) -> None:
    assert occupations.link("timmerman " * 10_000, top=1)[0].label == "timmerman"


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    found = shared_linker(Kind.OCCUPATION).link(text, top=3)
    assert len(found) <= 3
    assert len(shared_linker(Kind.OCCUPATION).suggest(text, top=3)) <= 3


def test_many_texts_answer_as_one_by_one_do(occupations: Linker) -> None:
    texts = ["kok", "", "juf groep 3", "lasser"]
    one_by_one = [[one.uri for one in occupations.link(text, top=3)] for text in texts]
    assert [[one.uri for one in found] for found in occupations.link_all(texts, top=3)] == one_by_one


def test_type_ahead_completes_a_word_within_a_keystroke(occupations: Linker) -> None:
    occupations.suggest("a")
    start = time.perf_counter()
    steps = [occupations.suggest("verpleegkundige"[:length]) for length in range(1, 16)]
    spent = (time.perf_counter() - start) / len(steps)
    assert "algemeen verpleegkundige" in [one.label for one in steps[-1]]
    assert all(steps)
    assert spent < 0.1, "aim is 20 ms a keystroke; five times that on a busy machine"


def test_type_ahead_finds_words_inside_a_label_and_despite_a_typing_error(occupations: Linker) -> None:
    assert any("verpleegkundige" in one.label for one in occupations.suggest("verple"))
    assert any("heftruck" in one.label for one in occupations.suggest("heftrukc"))
    assert all(len({s.uri for s in found}) == len(found) for found in [occupations.suggest("me", top=20)])


def test_skills_proposed_from_work_say_that_they_are_proposed() -> None:
    cook = shared_linker(Kind.OCCUPATION).link("kok", top=1)[0].uri
    proposed = proposed_skills([cook, "http://data.europa.eu/esco/occupation/unknown"])
    assert proposed
    assert {one.status for one in proposed} == {"proposed"}
    assert all(one.occupation_uris == (cook,) for one in proposed)
    assert proposed_skills([]) == []


def test_folding_and_cleaning_keep_what_names_the_work() -> None:
    assert fold("Coördinator (m/v)  Zorg & Welzijn") == "coordinator m v zorg en welzijn"
    assert fold(strip_noise("Medewerker klantenservice (m/v/x) 24 - 32 uur p/w")) == "medewerker klantenservice"
    assert fold(strip_noise("32 uur")) == "32 uur", "nothing else is left"
    assert fold("C# / .NET") == "csharp dotnet"


def test_every_everyday_title_names_an_occupation_by_its_label() -> None:
    labels = {
        row["uri"]: row["label_nl"]
        for row in reference_table("esco", "occupations.parquet").select(["uri", "label_nl"]).to_pylist()
    }
    rows = reference_table("words", "everyday_titles.csv").to_pylist()
    assert all(labels[row["uri"]] == row["label_nl"] for row in rows)
    assert len({(row["title"], row["uri"]) for row in rows}) == len(rows)
