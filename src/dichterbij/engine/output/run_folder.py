"""What a run has worked out so far, in a folder beside its output, so that an interrupted run goes on from there.

The folder holds the lists (openings of each person), which people are done, and what the lists depend on. The output
grows in it too: only whole files leave it, and all that is left after a power cut stands in one place.
"""

import errno
import fcntl
import json
import mmap
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dichterbij.engine.arrays import I32
from dichterbij.shared.errors import InputError

MANIFEST, LISTS, DONE = "manifest.json", "lists.i32", "done.u8"
OUTPUT = "output."  # what files of the output are called while they grow
SECONDS_BETWEEN_SAVES = 5.0

Facts = Mapping[str, str | int]


def folder_of(out: Path) -> Path:
    """The folder of the run that writes this output."""
    return out.with_name(f"{out.name}.part")


class RunFolder:
    """The lists of a run, kept on disk while they are filled. Made by `run_folder`, in a folder that is empty or holds
    the same run."""

    def __init__(self, path: Path, facts: Facts, people: int, width: int, *, is_resumed: bool) -> None:
        self.path, self.is_resumed = path, is_resumed
        size = _size(people, width)
        with ExitStack() as opened:
            self._lists_file = _open(path / LISTS, opened)
            self._done_file = _open(path / DONE, opened)
            # Room is taken now: a disk that is full later would end the process, for it is written through memory.
            os.posix_fallocate(self._lists_file, 0, size)
            os.posix_fallocate(self._done_file, 0, max(1, people))
            self._pages = mmap.mmap(self._lists_file, size)
            self.lists: I32 = np.frombuffer(self._pages, dtype=np.int32, count=people * width).reshape(people, width)
            done = os.pread(self._done_file, people, 0)
            self.done: npt.NDArray[np.uint8] = np.frombuffer(done, dtype=np.uint8).copy()
            if not is_resumed:
                _write_whole(path / MANIFEST, json.dumps(facts, indent=2))
            self._files = opened.pop_all()
        self._saved = time.monotonic()

    def finish(self, rows: I32) -> None:
        """The lists of these people are filled. They are on disk within seconds."""
        self.done[rows] = 1
        if time.monotonic() - self._saved >= SECONDS_BETWEEN_SAVES:
            self.save()

    def save(self) -> None:
        """Everything finished is on disk: the lists before the word that they are done."""
        os.fdatasync(self._lists_file)
        os.pwrite(self._done_file, self.done.tobytes(), 0)
        os.fdatasync(self._done_file)
        self.forget_pages()
        self._saved = time.monotonic()

    def forget_pages(self) -> None:
        """Give the memory of the lists back to the machine, which has them on disk."""
        self._pages.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Keep what is done for a next run."""
        if self._lists_file < 0:
            return
        try:
            self.save()
        finally:
            self._files.close()
            self._lists_file = -1

    def remove(self) -> None:
        """All is written: nothing is left to go on from."""
        self.close()
        if self.path.is_dir():
            _clear(self.path)
            self.path.rmdir()


@contextmanager
def run_folder(out: Path, facts: Facts, people: int, width: int, *, fresh: bool = False) -> Iterator[RunFolder]:
    """The folder of this run, for this process alone; what an earlier run with the same facts did is in it.

    `facts` say in words what the lists depend on. Kept when the block fails, removed by `RunFolder.remove`. InputError
    when another run is at it, or when it holds a run with other facts and `fresh` is not asked for.
    """
    path = folder_of(out)
    lock = _locked(out, path)
    folder = None
    try:
        if fresh:
            _clear(path)
        folder = _opened(path, facts, people, width)
        yield folder
    finally:
        try:
            if folder is not None and folder.done.any():
                folder.close()
            elif folder is not None:
                folder.remove()
            elif not any(path.iterdir()):  # it could not be made: no room, or not ours
                path.rmdir()
        finally:
            os.close(lock)


def _opened(path: Path, facts: Facts, people: int, width: int) -> RunFolder:
    """The lists of this run, new or as an earlier run left them; when they cannot be had, that run's work stays."""
    is_resumed = _holds(path, facts, _size(people, width))
    if not is_resumed:
        _clear(path)
    try:
        return RunFolder(path, facts, people, width, is_resumed=is_resumed)
    except (OSError, MemoryError) as error:
        if not is_resumed:
            _clear(path)
        if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
            raise
        kept = "; what an interrupted run worked out stays there" if is_resumed else ""
        raise InputError(
            f"{path}: cannot be written ({error.strerror or error}); the lists of this run take "
            f"{people * width * 4 / 1e6:,.0f} MB beside the output{kept}. Make room or choose another --out."
        ) from error


def _size(people: int, width: int) -> int:
    """Bytes of the lists; there is always one."""
    return max(1, people * width * 4)


def _open(path: Path, opened: ExitStack) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    opened.callback(os.close, file)
    return file


def _locked(out: Path, path: Path) -> int:
    """The folder, made when it is not there, and locked until the number returned is closed or the process ends."""
    while True:
        path.mkdir(mode=0o700, exist_ok=True)
        try:
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue  # another run ended and removed it just now
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(lock), path.stat()):
                return lock
            os.close(lock)
        except BlockingIOError:
            os.close(lock)
            raise InputError(
                f"{out}: another run is writing this now; wait until it is done, or choose another --out."
            ) from None


def _holds(path: Path, facts: Facts, size: int) -> bool:
    """The folder holds a run with these facts. InputError when it holds one with others, or something else."""
    try:
        kept: dict[str, Any] = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except ValueError as error:
        raise InputError(f"{path / MANIFEST}: this cannot be read; --fresh throws the folder away.") from error
    other = [_difference(name, kept.get(name), facts.get(name)) for name in {**kept, **facts}]
    other = [text for text in other if text]
    if other:
        raise InputError(
            f"{path} holds an interrupted run that differs in {', '.join(other)}. "
            f"Give the same again to go on with it, or --fresh to throw it away."
        )
    lists = path / LISTS
    return lists.exists() and lists.stat().st_size == size


def _difference(name: str, kept: Any, now: Any) -> str:
    """What differs, in words; digests are not worth reading."""
    if kept == now:
        return ""
    short = all(len(str(value)) <= 20 for value in (kept, now))
    return f"{name} (then {kept}, now {now})" if short else name


def _clear(path: Path) -> None:
    """Remove our files. InputError when there is anything else: it is not ours to remove."""
    for file in path.iterdir():
        if file.name not in (MANIFEST, LISTS, DONE) and not file.name.startswith(OUTPUT):
            raise InputError(f"{file}: this is no part of a run; move it elsewhere, or choose another --out.")
    # The manifest goes first: without it the rest means nothing.
    for file in sorted(path.iterdir(), key=lambda file: file.name != MANIFEST):
        file.unlink()


def _write_whole(path: Path, text: str) -> None:
    """The file with this text, or no file."""
    part = path.with_name(f"{OUTPUT}{path.name}")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
