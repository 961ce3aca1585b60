"""Files that are whole or not there, also after a power cut."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO


def sync(path: Path) -> None:
    """What was written to this file is on disk; of a folder, which names stand in it."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def sync_folder(folder: Path) -> None:
    """The files of this folder are on disk, and their names; for before it gets the name that others look for."""
    for path in folder.iterdir():
        sync(path)
    sync(folder)


def write_whole(path: Path, fill: Callable[[BinaryIO], Any]) -> None:
    """A file with what `fill` writes; before all of it is on disk the name stands for what stood there before."""
    beside = path.with_name(f"{path.name}.partial")
    with beside.open("wb") as stream:
        fill(stream)
    sync(beside)
    beside.replace(path)
    sync(path.parent)
