"""What is known of regions in numbers and documents."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.data import reference_table
from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.rules.figures import Tension, commuting

CODES = reference_table("regions", "regions.csv")["region_code"].to_pylist()
ROUTES = {"learn_work", "carving", "open_hiring", "meeting"}
flows = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD"), st.integers(0, 10_000)),
    unique_by=lambda row: row[:2],
)


def test_every_region_has_the_class_of_the_evaluation_25_very_tight_and_10_tight() -> None:
    counted = Counter(figures.tension(code) for code in CODES)
    assert counted == {Tension.VERY_TIGHT: 25, Tension.TIGHT: 10}
    assert figures.tension("AM05") is Tension.TIGHT
    assert figures.tension("AM04") is None


@given(flows)
def test_jobs_are_counted_once_on_each_side(rows: list[tuple[str, str, int]]) -> None:
    found = commuting("A", rows)
    assert found.of_residents == sum(jobs for home, _, jobs in rows if home == "A")
    assert found.located == sum(jobs for _, work, jobs in rows if work == "A")
    assert 0 <= found.share_within <= 100
    assert [flow.jobs for flow in found.out] == sorted((flow.jobs for flow in found.out), reverse=True)


def test_most_jobs_of_people_from_twente_are_in_twente() -> None:
    found = figures.commuting("AM05")
    assert (found.of_residents, found.share_within) == (263_000, 89)
    assert found.out[0].jobs >= found.out[-1].jobs > 0


@pytest.mark.parametrize("code", CODES)
def test_an_activity_is_told_in_both_languages_with_its_document_and_routes(code: str) -> None:
    for item in figures.activities(code):
        assert all((item.name.nl, item.name.en, item.what.nl, item.what.en))
        assert set(item.routes) <= ROUTES
        assert "(" in item.source


def test_the_nine_case_studies_and_gooi_en_vechtstreek_have_activities() -> None:
    told = {code for code in CODES if figures.activities(code)}
    assert told == {"AM01", "AM05", "AM11", "AM12", "AM14", "AM18", "AM22", "AM27", "AM33", "AM36"}


def test_documents_name_only_regions_that_exist() -> None:
    assert set(figures._activities()) <= set(CODES)
    assert set(figures._tensions()) == set(CODES)
