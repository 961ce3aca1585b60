"""Concepts, labels and relations, on the real data, loaded by the command that operators use."""

import json
import time
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dichterbij.cli.load_reference import command
from dichterbij.data import reference_table
from dichterbij.domains.skills import queries
from dichterbij.domains.skills.errors import ConceptNotFoundError
from dichterbij.domains.skills.models import Broader, Concept, Label, OccupationSkill

ESCO = "http://data.europa.eu/esco/"
LAB_ASSISTANT = f"{ESCO}occupation/0044c991-c26f-4261-a213-4bd1c0564a4c"


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, arguments, obj=nullcontext, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.fixture(scope="module")
def first_load(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, dict[str, int]]]:
    """What the first load told of set esco; all data stay for the tests of this file and are undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield json.loads(run("--json"))["sets"]["esco"]["tables"]
        transaction.set_rollback(True)


@pytest.fixture
def undone(first_load: object) -> Iterator[None]:
    """What a test changes is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_first_load_adds_all_concepts_and_relations(first_load: dict[str, dict[str, int]]) -> None:
    assert first_load["concepts"]["added"] == 3_007 + 13_896 + 619 + 640
    assert first_load["occupation skills"] | {"left_out": 67} == first_load["occupation skills"]
    assert first_load["occupation skills"]["added"] == 123_855 - 67


def test_a_second_load_changes_nothing_and_is_quick(undone: None) -> None:
    begin = time.monotonic()
    told = json.loads(run("--json"))["sets"]
    assert time.monotonic() - begin < 3
    assert all(item["is_same"] for item in told.values())
    assert told["esco"]["tables"]["concepts"]["unchanged"] == 18_162


def test_a_load_anew_puts_right_what_was_changed_by_hand(undone: None) -> None:
    Label.objects.filter(concept__uri=LAB_ASSISTANT, language="nl").update(text="iets anders")
    told = json.loads(run("--json", "--anew"))["sets"]["esco"]["tables"]
    assert {table: counts["changed"] for table, counts in told.items()} == {
        "concepts": 0, "labels": 1, "occupation skills": 0, "broader": 0,
    }  # fmt: skip


def test_people_read_what_was_loaded(undone: None) -> None:
    assert "esco: concepts: as loaded before, 18,162 rows" in run()


def test_an_occupation_is_called_in_the_language_asked_for(first_load: object) -> None:
    assert queries.concept(LAB_ASSISTANT, "nl").label == "biomedisch laboratoriummedewerker"
    assert queries.concept(LAB_ASSISTANT, "en").label == "medical laboratory assistant"


def test_a_skill_without_a_dutch_label_is_called_in_english_and_says_so(undone: None) -> None:
    dutch = Label.objects.filter(concept__kind="skill", language="nl").values("concept")
    uri = Concept.objects.filter(kind="skill").exclude(id__in=dutch).values_list("uri", flat=True)[0]
    row = queries.concept(uri, "nl")
    assert row.label_language == "en"
    assert row.label == Label.objects.get(concept__uri=uri, language="en").text


def test_our_own_translation_is_told_from_escos(undone: None) -> None:
    skill = queries.essential_skills(LAB_ASSISTANT)[0]
    assert not skill.is_ours
    Label.objects.filter(concept__uri=skill.uri, language="nl").update(source="ours")
    assert queries.concept(skill.uri, "nl").is_ours


def test_essential_skills_are_those_of_the_packaged_data(first_load: object) -> None:
    rows = reference_table("esco", "occupation_skills.parquet").to_pylist()
    expected = {
        row["skill_uri"] for row in rows if row["occupation_uri"] == LAB_ASSISTANT and row["relation"] == "essential"
    }
    found = queries.essential_skills(LAB_ASSISTANT, "nl")
    assert {row.uri for row in found} == expected
    assert [row.label.casefold() for row in found] == sorted(row.label.casefold() for row in found)
    assert not expected & {row.uri for row in queries.optional_skills(LAB_ASSISTANT, "nl")}


def test_a_list_of_concepts_costs_one_query_however_long(first_load: object) -> None:
    uris = list(Concept.objects.values_list("uri", flat=True)[:300])
    for some in (uris[:1], uris):
        with CaptureQueriesContext(connection) as captured:
            assert len(queries.concepts(some, "nl")) == len(some)
        assert len(captured) == 1


@pytest.mark.parametrize("uri", ["http://example.org/none", "", "\0", "'; --", "x" * 100_000])
def test_a_concept_that_does_not_exist_is_left_out(first_load: object, uri: str) -> None:
    assert queries.concepts([uri], "nl") == {}
    assert queries.essential_skills(uri) == queries.optional_skills(uri) == queries.broader(uri) == ()
    with pytest.raises(ConceptNotFoundError):
        queries.concept(uri, "nl")
    with pytest.raises(ConceptNotFoundError):
        queries.description(uri, "nl")


def test_an_occupation_has_a_description_other_names_and_a_broader_group(first_load: object) -> None:
    told = queries.description(LAB_ASSISTANT, "nl")
    assert told.text is not None
    assert told.text.startswith("Biomedisch laboratoriummedewerkers")
    assert "preanalytisch medewerker medisch laboratorium" in told.alternatives
    assert [row.code for row in queries.broader(LAB_ASSISTANT)] == ["3212"]


def test_an_occupation_without_a_dutch_description_is_described_in_english(undone: None) -> None:
    Label.objects.filter(concept__uri=LAB_ASSISTANT, language="nl").update(description=None)
    assert queries.description(LAB_ASSISTANT, "nl").language == "en"


def test_an_obsolete_concept_still_has_its_name_and_says_since_when(undone: None) -> None:
    Concept.objects.filter(uri=LAB_ASSISTANT).update(obsolete_on="2026-11-22")
    assert queries.concept(LAB_ASSISTANT, "nl").obsolete_on is not None


def test_coverage_counts_every_essential_mention_once(first_load: object) -> None:
    counts = queries.label_coverage()
    assert counts.esco + counts.ours + counts.none == OccupationSkill.objects.filter(relation="essential").count()
    assert counts.esco > counts.none


def test_the_database_refuses_what_cannot_be(undone: None) -> None:
    occupation, skill = (Concept.objects.filter(kind=kind)[0] for kind in ("occupation", "skill"))
    wrong = [
        Concept(uri="no address", kind="skill"),
        Concept(uri="http://example.org/a", kind="talent"),
        Concept(uri="http://example.org/a", kind="occupation"),
        Label(concept=skill, language="fr", text="x", source="esco"),
        Label(concept=occupation, language="nl", text="x", source="esco"),
        OccupationSkill(occupation=occupation, skill=skill, relation="nice to have"),
        Broader(concept=skill, broader=skill),
    ]
    for row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
