"""Filling the lists of a run: what an earlier run left is used, and looked at before compiled code follows it."""

from pathlib import Path

import numpy as np
import pytest

from dichterbij.engine import build_index, openings_from_rows, people_from_rows
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.filling import fill_run, with_threads
from dichterbij.engine.output.run_folder import LISTS, folder_of, run_folder
from dichterbij.shared.errors import InputError
from engine.rows import TODAY, Invented, packaged

FACTS = {"seed": 0}
PEOPLE, OPENINGS, TOP = 30, 20, 5


@pytest.fixture
def matcher() -> Matcher:
    """Some people and openings."""
    invented = Invented(4)
    openings = openings_from_rows(invented.openings(OPENINGS), packaged())
    people = people_from_rows(invented.people(PEOPLE), packaged())
    return Matcher(people, build_index(openings, packaged(), seed=0), TODAY, 1)


def filled(matcher: Matcher, out: Path) -> tuple[tuple[int, int], list[list[int]]]:
    """Tasks and how many were done before, and the lists."""
    with run_folder(out, FACTS, PEOPLE, TOP) as folder:
        return fill_run(matcher, folder, with_threads, lambda *_: None), folder.lists.tolist()


def test_a_run_that_was_done_is_not_done_again(matcher: Matcher, tmp_path: Path) -> None:
    (count, before), lists = filled(matcher, tmp_path / "m")
    assert before == 0
    assert filled(matcher, tmp_path / "m") == ((count, count), lists)


@pytest.mark.parametrize("value", [OPENINGS, -2, 1 << 30])
def test_lists_with_openings_that_there_are_not_are_refused(value: int, matcher: Matcher, tmp_path: Path) -> None:
    filled(matcher, tmp_path / "m")
    kept = np.memmap(folder_of(tmp_path / "m") / LISTS, dtype=np.int32)
    kept[7] = value
    kept.flush()
    with pytest.raises(InputError, match="damaged; --fresh"):
        filled(matcher, tmp_path / "m")
