"""Openings kept in a folder: the same answers, one copy for all, and never half a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from dichterbij.domains.matching.queries import OpeningIndex, openings_near, routes_near
from dichterbij.engine import snapshot
from dichterbij.engine.snapshot import (
    Snapshot,
    SnapshotError,
    alone,
    is_ready,
    load,
    name_of,
    remove,
    remove_unused,
    save,
)
from engine.rows import TODAY, Invented, packaged

MADE = OpeningIndex.of(Invented(31).openings(80), packaged())


@pytest.fixture
def kept(tmp_path: Path) -> Snapshot:
    """Some openings, saved and loaded."""
    save(MADE.index, tmp_path / "one", beside={"sector": np.arange(80, dtype=np.int8)}, stamp="delivery 1")
    return load(tmp_path / "one", packaged())


def arrays_of(value: object) -> Iterator[np.ndarray]:
    """All arrays in an index."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from arrays_of(item)
    elif hasattr(value, "_fields") or hasattr(value, "__dataclass_fields__"):
        names = value._fields if hasattr(value, "_fields") else value.__dataclass_fields__
        for name in names:
            if name != "parameters":
                yield from arrays_of(getattr(value, name))


def is_mapped(array: np.ndarray) -> bool:
    """Whether an array, or what it is a view of, is a file."""
    return isinstance(array, np.memmap) or (isinstance(array.base, np.ndarray) and is_mapped(array.base))


def test_what_is_loaded_gives_the_same_answers(kept: Snapshot) -> None:
    for person in Invented(32).people(10):
        asked = {"person": person, "parameters": packaged(), "on": TODAY}
        assert routes_near(index=OpeningIndex(kept.index), **asked) == routes_near(index=MADE, **asked)
        assert openings_near(index=OpeningIndex(kept.index), **asked) == openings_near(index=MADE, **asked)
    assert kept.stamp == "delivery 1"
    assert kept.beside["sector"].tolist() == list(range(80))


def test_every_array_is_the_same_and_is_mapped(kept: Snapshot) -> None:
    pairs = list(zip(arrays_of(MADE.index), arrays_of(kept.index), strict=True))
    assert len(pairs) > 40
    for made, loaded in pairs:
        assert (made.dtype, made.dtype.isalignedstruct) == (loaded.dtype, loaded.dtype.isalignedstruct)
        assert np.array_equal(made, loaded)
        assert is_mapped(loaded) or loaded.size == 0


def test_writing_to_what_is_loaded_changes_nothing_for_others(kept: Snapshot, tmp_path: Path) -> None:
    kept.index.row_of[:] = 0
    assert np.array_equal(load(tmp_path / "one", packaged()).index.row_of, MADE.index.row_of)


def test_no_openings_at_all_can_be_kept(tmp_path: Path) -> None:
    save(OpeningIndex.of([], packaged()).index, tmp_path / "none")
    assert len(load(tmp_path / "none", packaged()).index) == 0


@pytest.mark.parametrize("harm", ["missing", "cut", "manifest", "empty", "engine"])
def test_a_folder_that_is_not_whole_or_of_another_engine_is_refused(
    tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(MADE.index, tmp_path / "one")
    file = tmp_path / "one" / "index.records.npy"
    if harm == "missing":
        file.unlink()
    elif harm == "cut":
        os.truncate(file, 100)
    elif harm == "manifest":
        (tmp_path / "one" / "manifest.json").write_text("{")
    elif harm == "empty":
        (tmp_path / "one" / "manifest.json").write_text("[]")
    else:
        monkeypatch.setattr(snapshot, "engine_digest", lambda: "another")
    assert not is_ready(tmp_path / "one", packaged())
    with pytest.raises(SnapshotError, match="one"):
        load(tmp_path / "one", packaged())


def test_the_name_changes_with_what_it_is_made_of() -> None:
    names = {name_of(packaged(), stamp=stamp, seed=seed) for stamp in ("a", "b") for seed in (0, 1)}
    assert len(names) == 4


def test_a_folder_that_stopped_half_way_is_not_there_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(MADE.index, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / ".unfinished-killed-1").mkdir()
    with alone(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == ["making.lock"]


def test_a_folder_stays_while_somebody_has_it_loaded(kept: Snapshot, tmp_path: Path) -> None:
    save(MADE.index, tmp_path / "two")
    remove_unused(tmp_path, but=tmp_path / "two")
    assert (tmp_path / "one").exists()
    kept.held.let_go()
    remove_unused(tmp_path, but=tmp_path / "two")
    assert not (tmp_path / "one").exists()
    assert kept.index.records["rank"].sum() == MADE.index.records["rank"].sum()


def test_a_folder_without_a_manifest_goes_but_files_beside_folders_stay(tmp_path: Path) -> None:
    save(MADE.index, tmp_path / "damaged")
    (tmp_path / "damaged" / "manifest.json").unlink()
    with alone(tmp_path):
        remove_unused(tmp_path, but=tmp_path / "none")
    assert [path.name for path in tmp_path.iterdir()] == ["making.lock"]


def test_what_is_removed_can_be_saved_again(tmp_path: Path) -> None:
    remove(tmp_path / "one")
    save(MADE.index, tmp_path / "one")
    (tmp_path / "one" / "index.records.npy").unlink()
    remove(tmp_path / "one")
    save(MADE.index, tmp_path / "one")
    assert is_ready(tmp_path / "one", packaged())


def test_of_two_that_save_at_once_one_stays(kept: Snapshot, tmp_path: Path) -> None:
    before = (tmp_path / "one" / "manifest.json").stat().st_ino
    save(MADE.index, tmp_path / "one", stamp="the same")
    assert (tmp_path / "one" / "manifest.json").stat().st_ino == before
    assert not list(tmp_path.glob(".unfinished*"))


def mapped(folder: Path) -> dict[str, int]:
    """Kilobytes of this folder's files in the memory of this process, and how many of those are copies of its own."""
    found = {"Rss": 0, "Private_Dirty": 0}
    is_ours = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if line.split()[0].endswith(":"):
            name = line.partition(":")[0]
            if is_ours and name in found:
                found[name] += int(line.split()[1])
        else:
            is_ours = str(folder) in line
    return found


def test_reading_copies_nothing_so_processes_share_one_copy(kept: Snapshot, tmp_path: Path) -> None:
    total = sum(int(array.view(np.uint8).sum()) for array in arrays_of(kept.index) if array.size)
    list(OpeningIndex(kept.index).index.openings.ids)
    in_memory = mapped(tmp_path / "one")
    assert total > 0
    assert in_memory["Rss"] > 100
    assert in_memory["Private_Dirty"] == 0
