"""The security page says what is true: every test it names is there, and every row of its table can be read."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "security.md").read_text(encoding="utf-8")
STATES = {"met", "partly", "not yet", "does not apply"}


def requirements() -> list[list[str]]:
    """The rows of the table of ASVS: number, asked, state, guard, proof."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("|")]
    return [row for row in rows if re.fullmatch(r"\d+\.\d+\.\d+", row[0])]


def test_every_test_that_the_security_page_names_is_there() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^(?:    )?def (test_\w+)\(", texts, re.MULTILINE))
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 80
    assert named - there == set()


def test_every_requirement_stands_once_in_order_with_a_state() -> None:
    numbers = [[int(part) for part in row[0].split(".")] for row in requirements()]
    assert numbers == sorted(numbers)
    assert len({tuple(number) for number in numbers}) == len(numbers) > 60
    assert {row[2] for row in requirements()} <= STATES


def test_what_is_said_to_be_met_names_its_proof() -> None:
    assert [row[0] for row in requirements() if row[2] == "met" and "`test_" not in row[4]] == []
    assert [row[0] for row in requirements() if row[4] == "none" and row[2] not in ("partly", "not yet")] == []
