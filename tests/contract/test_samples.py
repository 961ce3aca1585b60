"""The samples that came with the contract."""

from pathlib import Path

from contract.comparing import DATE, files, product_match, reference_match, reference_people_for
from contract.door import exactly, read_jsonl, run

SAMPLES = Path(__file__).parent / "samples"
PEOPLE, OPENINGS = SAMPLES / "people.jsonl", SAMPLES / "openings.jsonl"
MATCH, PEOPLE_FOR = SAMPLES / "match.jsonl", SAMPLES / "people_for.jsonl"


def test_reference_gives_the_sample_of_match() -> None:
    assert exactly(reference_match(PEOPLE, OPENINGS, top=10)) == exactly(read_jsonl(MATCH))


def test_reference_gives_the_sample_of_people_for() -> None:
    assert exactly(reference_people_for("o000010", PEOPLE, OPENINGS)) == exactly(read_jsonl(PEOPLE_FOR))


def test_product_gives_the_sample_of_match(tmp_path: Path) -> None:
    told = product_match(PEOPLE, OPENINGS, tmp_path / "match.jsonl", "--top", 10, "--seed", 0)
    assert exactly(told) == exactly(read_jsonl(MATCH))


def test_product_gives_the_sample_of_people_for(tmp_path: Path) -> None:
    out = tmp_path / "people_for.jsonl"
    answer = run("people-for", "o000010", *files(PEOPLE, OPENINGS), "--out", out, "--seed", 0)
    assert answer.code == 0, answer.err
    assert exactly(read_jsonl(out)) == exactly(read_jsonl(PEOPLE_FOR))


def test_the_date_of_the_sample_is_the_date_of_the_tests() -> None:
    assert DATE == "2026-12-01"
