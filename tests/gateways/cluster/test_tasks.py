"""A task on a worker, called here in this process: repeatable, and refused where anything differs."""

import fcntl
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine.partitions.reading import MANIFEST
from dichterbij.engine.reading.files import file_digest
from dichterbij.gateways.cluster.kept import LOCK, found, held, keep, load
from dichterbij.gateways.cluster.tasks import do_part, prepare
from dichterbij.gateways.cluster.work import Work
from dichterbij.shared.errors import InputError
from gateways.cluster.conftest import World

ON = date(2026, 12, 1)


@pytest.fixture
def work(world: World, tmp_path: Path) -> Work:
    """The run of the test's files."""
    parameters, parts, openings = load_parameters(on=ON), world.folder / "parts", world.folder / "openings.jsonl"
    return Work(
        parts=str(parts),
        parts_sha256=file_digest(parts / MANIFEST),
        openings=str(openings),
        openings_sha256=file_digest(openings),
        own_parameters=None,
        parameters_sha256=parameters.digest,
        reference_sha256=parameters.reference_digest,
        on=ON.isoformat(),
        seed=0,
        top=5,
        skip_bad_rows=False,
        kept=str(tmp_path),
    )


def test_a_part_done_twice_is_one_file(work: Work, tmp_path: Path) -> None:
    first, second = do_part(work.told(), 3), do_part(work.told(), 3)
    assert (first.part, first.rows, first.digest) == (second.part, second.rows, second.digest)
    assert found(tmp_path) == {3: first.digest}
    assert len(list(tmp_path.iterdir())) == 1


def test_places_do_not_change_what_a_run_is_and_all_else_does(work: Work) -> None:
    assert replace(work, parts="/elsewhere", openings="/elsewhere", kept="/elsewhere").digest == work.digest
    others = [{"seed": 1}, {"top": 6}, {"on": "2026-12-02"}, {"openings_sha256": ""}, {"version": "9"}, {"engine": "x"}]
    assert len({work.digest, *(replace(work, **other).digest for other in others)}) == len(others) + 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"version": "0.0.1"}, "differs in the version of dichterbij"),
        ({"engine": "0" * 64}, "differs in the engine of dichterbij"),
        ({"parameters_sha256": "0" * 64}, "differs in the parameters"),
        ({"openings_sha256": "0" * 64}, "openings.jsonl: "),
        ({"parts_sha256": "0" * 64}, "parts: "),
        ({"openings": "/nowhere/openings.jsonl"}, "/nowhere/openings.jsonl is not there. Parts, openings"),
    ],
)
def test_a_worker_that_differs_says_who_it_is_and_in_what(work: Work, changed: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        prepare(replace(work, **changed, seed=7).told())
    assert refused.value.message.startswith("Worker ")
    assert said in refused.value.message


def test_a_worker_of_an_older_version_is_told_so_whatever_else_it_is_told(work: Work) -> None:
    with pytest.raises(InputError, match=r"differs in the version of dichterbij"):
        do_part({**work.told(), "version": "99.0", "something": "new"}, 0)


def test_a_folder_that_cannot_be_written_to_is_named(work: Work) -> None:
    with pytest.raises(InputError, match=r"Worker .*/nowhere.*every worker sees"):
        do_part(replace(work, kept="/nowhere").told(), 0)


class TestKept:
    """Finished parts on disk."""

    rows, lists = np.array([4, 2], dtype=np.int32), np.array([[7, -1], [8, 9]], dtype=np.int32)

    def test_what_is_kept_is_read_back(self, tmp_path: Path) -> None:
        loaded = load(tmp_path, 3, keep(tmp_path, 3, self.rows, self.lists))
        assert loaded is not None
        assert loaded[0].tolist() == [4, 2]
        assert loaded[1].tolist() == [[7, -1], [8, 9]]

    def test_a_damaged_part_is_thrown_away(self, tmp_path: Path) -> None:
        digest = keep(tmp_path, 3, self.rows, self.lists)
        next(tmp_path.iterdir()).write_bytes(b"half")
        assert load(tmp_path, 3, digest) is None
        assert not found(tmp_path)

    def test_two_answers_to_one_part_are_an_error(self, tmp_path: Path) -> None:
        keep(tmp_path, 3, self.rows, self.lists)
        keep(tmp_path, 3, self.rows, self.lists + 1)
        with pytest.raises(InputError, match=r"part 3 has two answers that differ"):
            found(tmp_path)

    def test_a_folder_is_for_one_run_at_a_time_and_empty_after_it(self, tmp_path: Path) -> None:
        folder = tmp_path / "kept" / "run"
        with held(folder):
            keep(folder, 3, self.rows, self.lists)
            with pytest.raises(InputError, match=r"the same run is being done now"), held(folder):
                pass
            assert found(folder)
        assert not folder.parent.exists()

    def test_a_folder_that_was_given_back_while_we_waited_for_it_is_ours_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lock, given_back = fcntl.flock, iter([True])

        def slow(file: int, how: int) -> None:
            if next(given_back, False):  # the run that made this lock ends between our opening it and locking it
                (tmp_path / LOCK).unlink()
            lock(file, how)

        monkeypatch.setattr(fcntl, "flock", slow)
        with held(tmp_path), pytest.raises(InputError, match=r"the same run is being done now"), held(tmp_path):
            pass

    def test_a_run_that_fails_keeps_what_is_finished(self, tmp_path: Path) -> None:
        keep(tmp_path, 3, self.rows, self.lists)
        with pytest.raises(KeyboardInterrupt), held(tmp_path):
            raise KeyboardInterrupt
        assert list(found(tmp_path)) == [3]
