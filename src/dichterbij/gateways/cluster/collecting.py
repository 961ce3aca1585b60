"""Takes in what workers finished: lists to their rows, and which tasks of the run that completes."""

import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from dichterbij.engine.arrays import I32
from dichterbij.engine.output.filling import Finished
from dichterbij.gateways.cluster.kept import BEGIN_AGAIN, found, load
from dichterbij.gateways.cluster.tasks import SHARED, Done
from dichterbij.gateways.cluster.work import Work
from dichterbij.shared.errors import InputError

LOOK_EVERY = 0.5
SEEN_WITHIN = 30.0  # a network file system may show a new file late


class Intake:
    """Lists being filled with what workers finished, and what is still to be done."""

    def __init__(self, work: Work, parts: Mapping[int, int], lists: I32, tasks: Mapping[int, I32]) -> None:
        self.work, self.lists = work, lists
        self.missing = dict(parts)  # rows of each part
        self.task_of = np.full(len(lists), -1, dtype=np.int64)
        for number, rows in tasks.items():
            self.task_of[rows] = number
        self.left = {number: len(rows) for number, rows in tasks.items()}
        self.filled = np.zeros(len(lists), dtype=np.bool_)
        self.done: list[Done] = []
        self.last = time.monotonic()

    @property
    def waited(self) -> float:
        """Seconds since a part was finished, or since the beginning."""
        return time.monotonic() - self.last

    @property
    def so_far(self) -> str:
        """What is done, and how to go on."""
        return (
            f"{int(self.filled.sum()):,} of {len(self.lists):,} people are done and kept in {self.work.kept}. "
            "Mend the cluster and give the same command again: it goes on from there."
        )

    def take_kept(self, finished: Finished) -> None:
        """Take in what earlier runs, or workers that are gone, left finished."""
        for part, digest in found(Path(self.work.kept)).items():
            if part in self.missing:
                self._take(part, digest, finished)

    def take(self, done: Done, finished: Finished) -> None:
        """Take in a part that a worker finished. InputError when its file is not to be seen here."""
        until = time.monotonic() + SEEN_WITHIN
        while done.part in self.missing and not self._take(done.part, done.digest, finished):
            if time.monotonic() > until:
                raise InputError(f"Worker {done.worker} kept part {done.part}, but not in {self.work.kept}. {SHARED}")
            time.sleep(LOOK_EVERY)
        self.done.append(done)
        self.last = time.monotonic()

    def _take(self, part: int, digest: str, finished: Finished) -> bool:
        loaded = _loaded(Path(self.work.kept), part, digest)
        if loaded is None:
            return False
        rows, lists = loaded
        fits = len(rows) == self.missing[part] and lists.shape[1] == self.lists.shape[1]
        if not fits or rows.min() < 0 or rows.max() >= len(self.lists) or self.filled[rows].any():
            raise InputError(f"{self.work.kept}: part {part} is of other parts; {BEGIN_AGAIN}")
        self.lists[rows], self.filled[rows] = lists, True
        del self.missing[part]
        numbers, counts = np.unique(self.task_of[rows], return_counts=True)
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            if number >= 0:
                self.left[number] -= count
                if not self.left[number]:
                    finished(number)
        return True


def _loaded(folder: Path, part: int, digest: str) -> tuple[I32, I32] | None:
    try:
        return load(folder, part, digest)
    except OSError as error:  # ours to mend, not a lost connection
        raise InputError(f"{folder}: finished part {part} cannot be read ({error.strerror or error}).") from error
