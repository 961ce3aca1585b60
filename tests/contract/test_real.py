"""Real occupations' skills on real postcodes: the lists that openings and people are filled from."""

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from contract.comparing import assert_same_match, packaged_world
from contract.door import Rows, write_jsonl
from contract.pools import Drawing
from dichterbij.data import REFERENCE


@pytest.fixture(scope="module")
def occupations() -> list[tuple[list[str], list[str]]]:
    """Essential and optional skills of ESCO's occupations, by occupation."""
    table = pq.read_table(REFERENCE / "esco" / "occupation_skills.parquet")
    skills: dict[str, tuple[list[str], list[str]]] = {}
    columns = [table[name].to_pylist() for name in ("occupation_uri", "skill_uri", "relation")]
    for occupation, skill, relation in zip(*columns, strict=True):
        both = skills.setdefault(occupation, ([], []))
        both[0 if relation == "essential" else 1].append(skill)
    return [skills[occupation] for occupation in sorted(skills)]


def real_instance(
    number: int, occupations: list[tuple[list[str], list[str]]], people: int, openings: int
) -> tuple[Rows, Rows]:
    """Work around one real municipality and its neighbours, of a few occupations with all their skills."""
    rng = random.Random(number)
    drawing = Drawing(rng)
    postcodes = sorted(packaged_world().postcodes)
    start = rng.randrange(len(postcodes) - 60)
    places = postcodes[start : start + 60]
    few = rng.sample(occupations, 8)
    openings_made = []
    for at in range(openings):
        essential, optional = rng.choice(few)
        skills = {"essential": essential, "optional": optional}
        opening = {**drawing.opening(at, places, essential or optional or [""]), **skills}
        opening["tasks"] = drawing.tasks(opening)
        openings_made.append(opening)
    people_made = []
    for at in range(people):
        person = drawing.person(at, places, ["https://example.org/skill/own"])
        held = [skill for essential, optional in rng.sample(few, 2) for skill in essential + optional[:5]]
        if person.get("skills") is not None:
            person["skills"] = rng.sample(held, rng.randint(len(held) // 2, len(held)))
        people_made.append(person)
    return people_made, openings_made


@pytest.mark.parametrize("number", range(3))
def test_real_occupations_on_real_postcodes_agree(
    number: int, occupations: list[tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    people, openings = real_instance(number, occupations, 30, 150)
    rows = assert_same_match(
        write_jsonl(tmp_path / "p.jsonl", people), write_jsonl(tmp_path / "o.jsonl", openings), tmp_path / "out.jsonl"
    )
    assert len(rows) > 30


@pytest.mark.long
@pytest.mark.parametrize("number", range(100, 104))
def test_many_real_occupations_on_real_postcodes_agree(
    number: int, occupations: list[tuple[list[str], list[str]]], tmp_path: Path
) -> None:
    people, openings = real_instance(number, occupations, 200, 2000)
    assert_same_match(
        write_jsonl(tmp_path / "p.jsonl", people),
        write_jsonl(tmp_path / "o.jsonl", openings),
        tmp_path / "out.jsonl",
        top=100,
    )


@pytest.mark.parametrize("number", range(2))
def test_the_whole_country_at_once_agrees(number: int, tmp_path: Path) -> None:
    rng = random.Random(number)
    places = rng.sample(sorted(packaged_world().postcodes), 400)
    drawing = Drawing(rng)
    skills = ["https://example.org/skill/own"]
    people = [drawing.person(at, places, skills) | {"max_travel_minutes": 600} for at in range(25)]
    openings = [drawing.opening(at, places, skills) for at in range(400)]
    assert_same_match(
        write_jsonl(tmp_path / "p.jsonl", people),
        write_jsonl(tmp_path / "o.jsonl", openings),
        tmp_path / "out.jsonl",
        top=400,
    )
