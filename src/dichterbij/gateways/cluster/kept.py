"""Finished parts on the shared file system: a file a part, its name says what is in it, so that it can be trusted."""

import fcntl
import hashlib
import io
import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from dichterbij.engine.arrays import I32
from dichterbij.shared.errors import InputError

BEGIN_AGAIN = "remove the folder and run again."
NAME = re.compile(r"part-(\d{6})-([0-9a-f]{64})\.npy")
TEMPORARY, LOCK = ".tmp", "lock"


def keep(folder: Path, part: int, rows: I32, lists: I32) -> str:
    """Write a part's lists, first in each line the person's row; the digest of what was written.

    A second time writes the same file again. The file is whole or not there.
    """
    stream = io.BytesIO()
    np.save(stream, np.column_stack([rows, lists]).astype("<i4"), allow_pickle=False)
    content = stream.getbuffer()
    digest = hashlib.sha256(content).hexdigest()
    own = f"{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}"
    temporary = folder / f".part-{part:06d}-{own}{TEMPORARY}"
    try:
        temporary.write_bytes(content)
        temporary.replace(folder / _name(part, digest))
    finally:
        temporary.unlink(missing_ok=True)
    return digest


def found(folder: Path) -> dict[int, str]:
    """Digest of each finished part. InputError when a part has two different answers."""
    digests: dict[int, str] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        named = NAME.fullmatch(path.name)
        if named and digests.setdefault(int(named[1]), named[2]) != named[2]:
            raise InputError(f"{folder}: part {int(named[1])} has two answers that differ; {BEGIN_AGAIN}")
    return digests


def load(folder: Path, part: int, digest: str) -> tuple[I32, I32] | None:
    """Rows of people and their lists; None, and the file removed, when its content is not what its name says."""
    path = folder / _name(part, digest)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    if hashlib.sha256(content).hexdigest() != digest:
        path.unlink(missing_ok=True)
        return None
    both = np.load(io.BytesIO(content), allow_pickle=False).astype(np.int32, copy=False)
    return both[:, 0], both[:, 1:]


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The folder, for this run alone. Emptied when all goes well; what is finished is kept when it does not."""
    lock = _locked(folder)
    try:
        yield
        _clear(folder)
    finally:
        os.close(lock)


def _locked(folder: Path) -> int:
    """The lock of the folder, until the number returned is closed or the process ends."""
    while True:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue  # another run ended and removed the folder just now
        except OSError as error:
            raise InputError(f"{folder}: finished parts cannot be kept here ({error.strerror}).") from error
        try:
            _lock(lock, folder)
            if _is_at(lock, folder / LOCK):
                return lock
        except InputError:
            os.close(lock)
            raise
        os.close(lock)  # that of a run that has ended; who comes now would make and hold another


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _lock(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise InputError(f"{folder}: the same run is being done now; wait for it, or choose another --kept.") from error
    except OSError:  # a file system without locks: two runs at a time would only be slower, never wrong
        return


def _clear(folder: Path) -> None:
    """Remove our files, the lock last: from then on the folder is of whoever comes next."""
    for path in folder.iterdir():
        if NAME.fullmatch(path.name) or path.suffix == TEMPORARY:
            path.unlink(missing_ok=True)
    (folder / LOCK).unlink(missing_ok=True)
    with suppress(OSError):  # something else is in it, or beside it
        folder.rmdir()
        folder.parent.rmdir()


def _name(part: int, digest: str) -> str:
    return f"part-{part:06d}-{digest}.npy"
