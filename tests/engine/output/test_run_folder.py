"""What an interrupted run leaves: used by the same run, refused by another, and never anybody else's files."""

import json
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from dichterbij.engine.output.run_folder import MANIFEST, folder_of, run_folder
from dichterbij.shared.errors import InputError

FACTS = {"people": "a" * 64, "date": "2026-12-01", "seed": 0}


def interrupted(out: Path, rows: list[int], facts: dict[str, str | int] = FACTS) -> Path:
    """A run of 10 people that ends when these are done."""
    with run_folder(out, facts, 10, 3) as folder:
        folder.lists[rows] = 7
        folder.finish(np.array(rows, dtype=np.int32))
    return folder_of(out)


def test_a_next_run_has_what_was_done(tmp_path: Path) -> None:
    out = tmp_path / "m.parquet"
    interrupted(out, [2, 5])
    with run_folder(out, FACTS, 10, 3) as folder:
        assert folder.is_resumed
        assert np.flatnonzero(folder.done).tolist() == [2, 5]
        assert folder.lists[[2, 5]].tolist() == [[7] * 3] * 2
        folder.remove()
    assert list(tmp_path.iterdir()) == []


def test_pages_that_are_forgotten_come_back_from_disk(tmp_path: Path) -> None:
    with run_folder(tmp_path / "m", FACTS, 10, 3) as folder:
        folder.lists[4] = 9
        folder.forget_pages()
        assert folder.lists[4].tolist() == [9, 9, 9]


def test_a_run_that_did_nothing_leaves_nothing(tmp_path: Path) -> None:
    interrupted(tmp_path / "m", [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"date": "2026-12-02"}, r"date \(then 2026-12-01, now 2026-12-02\)"),
        ({"people": "b" * 64}, "differs in people. "),
        ({"people": "b" * 64, "seed": 3}, r"people, seed \(then 0, now 3\)"),
    ],
)
def test_another_run_is_told_what_differs(other: dict[str, str | int], told: str, tmp_path: Path) -> None:
    out = tmp_path / "m"
    interrupted(out, [1])
    with pytest.raises(InputError, match=told) as error, run_folder(out, {**FACTS, **other}, 10, 3):
        pass
    assert "--fresh" in str(error.value)
    with run_folder(out, FACTS, 10, 3) as folder:
        assert folder.done.sum() == 1


def test_fresh_throws_it_away(tmp_path: Path) -> None:
    interrupted(tmp_path / "m", [1])
    with run_folder(tmp_path / "m", {**FACTS, "seed": 8}, 10, 3, fresh=True) as folder:
        assert not folder.is_resumed
        assert not folder.done.any()


def test_two_at_once_is_an_error_of_the_second(tmp_path: Path) -> None:
    with run_folder(tmp_path / "m", FACTS, 10, 3) as folder:
        with (
            pytest.raises(InputError, match="another run is writing this now"),
            run_folder(tmp_path / "m", FACTS, 10, 3),
        ):
            pass
        with pytest.raises(InputError, match="another"), run_folder(tmp_path / "m", FACTS, 10, 3, fresh=True):
            pass
        assert (folder.path / MANIFEST).exists()


@pytest.mark.parametrize("fresh", [False, True])
def test_files_of_others_stay(fresh: bool, tmp_path: Path) -> None:
    theirs = folder_of(tmp_path / "m") / "thesis.txt"
    theirs.parent.mkdir()
    theirs.write_text("mine")
    with pytest.raises(InputError, match="no part of a run"), run_folder(tmp_path / "m", FACTS, 10, 3, fresh=fresh):
        pass
    assert theirs.read_text() == "mine"


@pytest.mark.parametrize("broken", ["manifest", "lists", "done", "half an output"])
def test_a_folder_that_broke_is_never_trusted(broken: str, tmp_path: Path) -> None:
    out = tmp_path / "m"
    path = interrupted(out, [1])
    if broken == "manifest":
        (path / MANIFEST).unlink()
    elif broken == "lists":
        os.truncate(path / "lists.i32", 8)
    elif broken == "done":
        (path / "done.u8").unlink()
    else:
        (path / "output.m").write_text("half")
    with run_folder(out, FACTS, 10, 3) as folder:
        assert folder.done.any() == (broken == "half an output")


def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = interrupted(tmp_path / "m", [1])
    (path / MANIFEST).write_text(json.dumps(FACTS)[:9])
    with pytest.raises(InputError, match="--fresh"), run_folder(tmp_path / "m", FACTS, 10, 3):
        pass


def test_no_room_for_the_lists_is_told_before_the_work(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(InputError, match="take 20 MB"), run_folder(tmp_path / "m", FACTS, 100_000, 50):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def little_memory(room: int) -> Iterator[None]:
    """This process gets so many bytes more and no others."""
    taken = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmSize"))
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (int(taken.split()[1]) * 1024 + room, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)


def open_files() -> int:
    """Files that this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("resumed", [True, False])
def test_too_little_memory_takes_no_finished_work_away(resumed: bool, tmp_path: Path) -> None:
    out, people, width = tmp_path / "m", 250_000, 100
    if resumed:
        with run_folder(out, FACTS, people, width) as folder:
            folder.finish(np.array([3, 4], dtype=np.int32))
    before = open_files()
    with little_memory(40 << 20), pytest.raises(OSError, match="memory"), run_folder(out, FACTS, people, width):
        pass
    assert open_files() == before
    assert folder_of(out).exists() == resumed
    if resumed:
        with run_folder(out, FACTS, people, width) as folder:
            assert np.flatnonzero(folder.done).tolist() == [3, 4]
            folder.remove()


def test_a_disk_that_refuses_keeps_an_interrupted_run_and_says_so(tmp_path: Path) -> None:
    out, limits = tmp_path / "m", resource.getrlimit(resource.RLIMIT_FSIZE)
    path = interrupted(out, [1])
    os.truncate(path / "done.u8", 0)  # so that there is something to make room for
    resource.setrlimit(resource.RLIMIT_FSIZE, (5, limits[1]))
    try:
        with pytest.raises(InputError, match="worked out stays there"), run_folder(out, FACTS, 10, 3):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (path / MANIFEST).exists()
