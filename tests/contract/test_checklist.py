"""The checklist of the contract's sentences names tests that are there."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent


def test_every_test_that_the_checklist_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (FOLDER / "README.md").read_text(encoding="utf-8")))
    files = list(FOLDER.glob("test_*.py"))
    there = {path.stem for path in files}
    for path in files:
        there |= set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert named - there == set()
