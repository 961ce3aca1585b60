"""Random instances on the edges of the rules: the product and the reference give the same rows."""

import random
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.comparing import (
    assert_same_match,
    assert_same_rejected,
    files,
    product_match,
    reference_match,
    reference_people_for,
    reference_rejected,
)
from contract.door import OPENING_TYPES, PEOPLE_TYPES, Rows, exactly, read_jsonl, run, write_jsonl, write_parquet
from contract.pools import Drawing
from contract.spoiling import spoiled

FEW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
SETS = st.tuples(st.randoms(use_true_random=False), st.integers(1, 5), st.integers(1, 8))


def written(folder: Path, people: Rows, openings: Rows) -> tuple[Path, Path]:
    """The instance as JSON Lines."""
    return write_jsonl(folder / "people.jsonl", people), write_jsonl(folder / "openings.jsonl", openings)


@FEW
@given(SETS, st.integers(1, 9), st.integers(0, 2**70))
def test_match_of_small_instances_agrees(drawn: tuple[random.Random, int, int], top: int, seed: int) -> None:
    rng, people, openings = drawn
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), *Drawing(rng).instance(people, openings))
        assert_same_match(*paths, Path(folder) / "out.jsonl", top=top, seed=seed)


@FEW
@given(SETS, st.integers(0, 30), st.integers(0, 6), st.integers(0, 2**70))
def test_people_for_of_small_instances_agrees(
    drawn: tuple[random.Random, int, int], weeks: int, steps: int, seed: int
) -> None:
    rng, people, openings = drawn
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), *Drawing(rng).instance(5 * people, openings))
        assert_same_people_for("o0", *paths, Path(folder) / "out.jsonl", weeks, steps, seed)


def assert_same_people_for(
    opening_id: str, people: Path, openings: Path, out: Path, weeks: int, steps: int, seed: int
) -> None:
    """Product and reference give the same set of people."""
    limits = ("--within-weeks", weeks, "--within-steps", steps, "--seed", seed)
    answer = run("people-for", opening_id, *files(people, openings), "--out", out, *limits)
    assert answer.code == 0, answer.err
    expected = reference_people_for(opening_id, people, openings, seed=seed, within_weeks=weeks, within_steps=steps)
    assert exactly(read_jsonl(out)) == exactly(expected)


@pytest.mark.parametrize("number", range(4))
def test_a_middling_instance_agrees_in_both_kinds_of_file(number: int, tmp_path: Path) -> None:
    people, openings = Drawing(random.Random(number)).instance(40, 150)
    expected = assert_same_match(*written(tmp_path, people, openings), tmp_path / "out.jsonl", top=20)
    of_parquet = product_match(
        write_parquet(tmp_path / "people.parquet", people, PEOPLE_TYPES),
        write_parquet(tmp_path / "openings.parquet", openings, OPENING_TYPES),
        tmp_path / "from_parquet.jsonl", "--top", 20,
    )  # fmt: skip
    assert exactly(of_parquet) == exactly(expected)


def test_every_route_step_and_question_occurs_in_the_middling_instances(tmp_path: Path) -> None:
    rows: Rows = []
    for number in range(4):
        paths = written(tmp_path, *Drawing(random.Random(number)).instance(40, 150))
        rows += reference_match(*paths, top=20)
    assert {row["route"] for row in rows} == {"direct", "open_hiring", "learn_work", "carving"}
    steps = {code.split(":")[0] for row in rows for code in row["step_codes"]}
    assert steps == {"ebike", "licence", "childcare", "dutch", "adaptation", "onboarding", "learn_work", "carving"}
    assert {name for row in rows for name in row["to_ask"]} == {
        "modes", "queue", "dutch", "level", "licences", "legal", "skills", "available_from", "essential",
    }  # fmt: skip
    assert {row["mode"] for row in rows} == {"walk", "bike", "ebike", "moped", "public_transport", "car"}


@pytest.mark.parametrize("number", range(3))
def test_a_middling_instance_with_bad_rows_agrees(number: int, tmp_path: Path) -> None:
    assert_agrees_with_bad_rows(number, 40, 120, tmp_path)


def test_many_tasks_licences_and_skills_agree(tmp_path: Path) -> None:
    rng = random.Random(5)
    drawing = Drawing(rng)
    skills = [f"https://example.org/skill/{number}" for number in range(90)]
    codes = [f"code{number}" for number in range(130)]
    people, openings = drawing.instance(12, 12)
    for opening in openings:
        count = rng.choice([1, 63, 64, 65, 130])
        opening |= {
            "hours_max": 60,
            "essential": skills,
            "demands": ["pace", "phone"],
            "dayparts": ["weekday", "night"],
        }
        opening |= {"carvable": True, "carve_min_hours": 1, "carve_max_share": 1000, "open_hiring": False}
        opening |= {"agreement": "job", "licences": [], "legal": codes[: rng.choice([0, 0, 1, 64, 130])]}
        opening["tasks"] = [
            {
                "hours": 1,
                "essential": drawing.some(skills, 1),
                "demands": drawing.some(["pace", "phone"], 1),
                "dayparts": ["weekday", "night"][: rng.randint(0, 2)],
            }
            for _ in range(count)
        ]
    for person in people:
        person |= {"skills": rng.sample(skills, rng.choice([45, 70, 85, 90])), "agreements": None, "hours_min": 1}
        person |= {"legal": drawing.maybe(0.5, codes), "licences": codes, "dayparts": ["weekday"]}
    rows = assert_same_match(*written(tmp_path, people, openings), tmp_path / "out.jsonl")
    assert {"carving", "direct"} <= {row["route"] for row in rows}


@pytest.mark.long
@pytest.mark.parametrize("number", range(100, 106))
def test_a_large_instance_with_bad_rows_agrees(number: int, tmp_path: Path) -> None:
    assert_agrees_with_bad_rows(number, 300, 3000, tmp_path)


def assert_agrees_with_bad_rows(number: int, people_count: int, openings_count: int, tmp_path: Path) -> None:
    """Rows, rejected rows, and the good rows once more from Parquet to Parquet."""
    rng = random.Random(number)
    people, openings = Drawing(rng).instance(people_count, openings_count)
    paths = written(tmp_path, spoiled(people, "people", rng), spoiled(openings, "openings", rng))
    out = tmp_path / "out.jsonl"
    told = product_match(*paths, out, "--skip-bad-rows", "--seed", number)
    assert exactly(told) == exactly(reference_match(*paths, seed=number))
    assert_same_rejected(out, reference_rejected(*paths))
    assert_parquet_gives_the_same(*paths, told, number)


def assert_parquet_gives_the_same(people: Path, openings: Path, told: Rows, number: int) -> None:
    """The good rows alone, from Parquet to Parquet."""
    out = people.parent / "out.parquet"
    bad = {(row["file"], row["row"]) for row in reference_rejected(people, openings)}
    tables = []
    for path, types in ((people, PEOPLE_TYPES), (openings, OPENING_TYPES)):
        lines = path.read_text(encoding="utf-8").split("\n")
        good = [line for row, line in enumerate(lines, 1) if line.strip() and (path.name, row) not in bad]
        copy = write_jsonl(people.parent / f"good_{path.name}", good)
        tables.append(write_parquet(copy.with_suffix(".parquet"), read_jsonl(copy), types))
    answer = run("match", *files(*tables), "--out", out, "--seed", number)
    assert answer.code == 0, answer.err
    assert exactly(pq.read_table(out).to_pylist()) == exactly(told)
