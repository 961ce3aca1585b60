"""A folder that keeps stored lists: what they were at some change, and every change since the index was built.

A change is written, and on disk, before it is made in memory. Each line carries a digest of itself and all lines before
it. A crash may leave the last line cut short, or without what the disk had not written yet: it was never confirmed and
is dropped. Lines before it were confirmed: one that is not what was written there is an error.
"""

import fcntl
import hashlib
import json
import os
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dichterbij.engine.tables import Openings, People, Sets, TaskTable
from dichterbij.shared.errors import InputError
from dichterbij.shared.files import write_whole

CHANGES, STATE = "changes.jsonl", "state.json"
Entry = dict[str, Any]  # {"do": "add", "row"}, {"do": "change", "id", "row"} or {"do": "close", "id"}


@dataclass(frozen=True)
class State:
    """What was kept: of which people, openings and rules, how wide, and after how many changes."""

    of: Mapping[str, Any]
    changes: int
    files: Mapping[str, str]  # digest of each


class Journal:
    """The changes of a folder, open for more. One process at a time."""

    def __init__(self, folder: Path) -> None:
        """InputError when another process has it open, or a line in it is not what was written."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._file = os.open(folder / CHANGES, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self.close = weakref.finalize(self, os.close, self._file)  # lets another process have it
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.close()
            raise InputError(f"{folder} is in use by another process.") from None
        self.entries: list[Entry] = []
        self._digest = ""
        self._read()

    def _read(self) -> None:
        end = 0
        with (self.folder / CHANGES).open("rb") as stream:
            while line := stream.readline():
                if not self._take(line):
                    if stream.readline():
                        self.close()
                        number = len(self.entries) + 1
                        raise InputError(f"Line {number} of {self.folder / CHANGES} is not what was written there.")
                    break  # the last one: it was never confirmed
                end += len(line)
        os.truncate(self._file, end)

    def _take(self, line: bytes) -> bool:
        """Whether this is a whole line as it was written; then its change is one of the entries."""
        digest, _, text = line.removesuffix(b"\n").partition(b" ")
        if not line.endswith(b"\n") or digest != (own := self._next_digest(text)).encode():
            return False
        self._digest = own
        self.entries.append(json.loads(text))
        return True

    def _next_digest(self, text: bytes) -> str:
        return hashlib.sha256(self._digest.encode() + b" " + text).hexdigest()[:32]

    def append(self, entry: Entry) -> None:
        """Write this change down; it is on disk when this returns."""
        text = json.dumps(entry, ensure_ascii=False, default=_as_text).encode()
        digest = self._next_digest(text)
        line, start = f"{digest} ".encode() + text + b"\n", os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
            os.fsync(self._file)
        except OSError:
            os.truncate(self._file, start)
            raise
        if written < len(line):
            os.truncate(self._file, start)
            raise InputError(f"{self.folder} has no room for another change.")
        self._digest = digest
        self.entries.append(entry)


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise InputError(f"An opening cannot hold {value!r}.")


def read_state(folder: Path) -> State:
    """What the folder holds. InputError when it is not such a folder."""
    try:
        return State(**json.loads((folder / STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{folder} holds no stored lists that can be read: {error}") from error


def write_state(folder: Path, of: Mapping[str, Any], changes: int, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Keep these arrays as they are after so many changes; a reader sees all of it or all of what was there before."""
    files = {}
    for name, array in arrays.items():
        file = f"{name}-{changes}.npy"
        write_whole(folder / file, lambda stream, array=array: np.save(stream, array))  # type: ignore[misc]
        files[file] = _digest_of_file(folder / file)
    text = json.dumps({"of": of, "changes": changes, "files": files}, indent=1).encode()
    write_whole(folder / STATE, lambda stream: stream.write(text))
    for old in folder.glob("*.npy"):
        if old.name not in files:
            old.unlink()


def read_array(folder: Path, state: State, name: str) -> npt.NDArray[Any]:
    """One of the arrays kept. InputError when the file is not what was written."""
    file = f"{name}-{state.changes}.npy"
    try:
        if _digest_of_file(folder / file) != state.files.get(file):
            raise InputError(f"{folder / file} is not what was written there.")
        array: npt.NDArray[Any] = np.load(folder / file, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / file} cannot be read: {error}") from error
    return array


def _digest_of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(table: People | Openings | Sets | TaskTable) -> str:
    """A digest of all values of a table."""
    digest = hashlib.sha256()
    for name, value in vars(table).items():
        digest.update(name.encode())
        if isinstance(value, Sets | TaskTable):
            digest.update(digest_of(value).encode())
        elif isinstance(value, np.ndarray):
            digest.update(np.ascontiguousarray(value).tobytes())
        elif isinstance(value, Mapping):
            for key in sorted(value):
                digest.update(key.encode() + np.ascontiguousarray(value[key]).tobytes())
        else:
            texts = value if isinstance(value, tuple) else value.to_pylist()
            digest.update("\0".join(texts).encode())
    return digest.hexdigest()
