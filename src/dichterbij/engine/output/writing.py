"""Writes bridges beside their run's record; nothing half-written ever stands under the name that was asked for."""

import errno
import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.engine.output.results import Bridges, schema
from dichterbij.engine.output.run_folder import OUTPUT, folder_of
from dichterbij.engine.reading import BadRow
from dichterbij.shared.errors import InputError

ENDINGS = (".parquet", ".jsonl", ".ndjson")
PARQUET: Mapping[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "max_rows_per_page": 1 << 20,  # the usual 20,000 make files a twentieth larger
    "write_batch_size": 1 << 14,  # a tenth of the time of writing less than with the usual 1,024
    "store_schema": False,  # nothing that only Arrow would understand; it would call texts dictionaries
    "write_statistics": False,
    "write_page_checksum": True,  # damage is seen, by readers that look
}
REJECTED, RUN = "rejected.jsonl", "run.json"
Item = TypeVar("Item")


def beside(out: Path, ending: str) -> Path:
    """A file that goes with the output."""
    return out.with_name(f"{out.name}.{ending}")


def check_output(path: Path, inputs: Iterable[Path], *more: str) -> None:
    """InputError when this cannot be written: ending, folder, or what would be written is an input or inside one.

    `more` are endings of what goes with this output only.
    """
    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"{path}: expected an output that ends in .parquet or .jsonl.")
    if not path.parent.is_dir():
        raise InputError(f"{path}: the folder {path.parent} does not exist; make it first.")
    sources = [source for source in inputs if source.exists()]
    for file in (path, *(beside(path, ending) for ending in (REJECTED, RUN, *more))):
        if file.is_dir():
            raise InputError(f"{file}: this is a folder; name another file to write to.")
        if any(file.exists() and file.samefile(source) for source in sources):
            raise InputError(f"{file}: this is an input; choose another file to write to.")
    for source in sources:
        if path.parent.resolve().is_relative_to(source.resolve()):
            raise InputError(f"{path}: the folder {source} is an input; choose a file outside it to write to.")
    if not os.access(path.parent, os.W_OK):
        raise InputError(f"{path}: no permission to write in {path.parent}.")


def check_free(out: Path) -> None:
    """InputError when a run writes this output now: told before anything is read. The run itself looks once more."""
    try:
        folder = os.open(folder_of(out), os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return  # no run, or something that the run will tell about
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(
            f"{out}: another run is writing this now; wait until it is done, or choose another --out."
        ) from None
    finally:
        os.close(folder)


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, the next one worked out in another thread while one is used."""
    source, end = iter(items), object()
    with ThreadPoolExecutor(1) as pool:
        coming: Future[Item | object] = pool.submit(next, source, end)
        while (item := coming.result()) is not end:
            coming = pool.submit(next, source, end)
            yield cast(Item, item)


class Output:
    """Files written under temporary names and given their own names together, when all is done."""

    def __init__(self, out: Path, folder: Path | None = None) -> None:
        self.out = out
        self.folder = folder
        self.temporary: dict[Path, Path] = {}

    def path(self, final: Path) -> Path:
        """The temporary name of a file."""
        hidden = final.with_name(f".{final.name}.{os.getpid()}.part")
        growing = self.folder / f"{OUTPUT}{final.name}" if self.folder else hidden
        return self.temporary.setdefault(final, growing)

    def write_bridges(self, blocks: Iterable[Bridges], columns: tuple[str, ...]) -> None:
        """The bridges, Parquet or JSON Lines by the ending."""
        if self.out.suffix.lower() == ".parquet":
            self.write_groups(ahead(block.table() for block in blocks), schema(columns), {})
        else:
            with self.path(self.out).open("w", encoding="utf-8", newline="\n") as stream:
                for block in ahead(blocks):
                    stream.writelines(block.json_lines())

    def write_groups(
        self, groups: Iterable[pa.Table | pa.RecordBatch], columns: pa.Schema, about: Mapping[str, str]
    ) -> None:
        """Parquet, a row group of each; `about` is written in the file.

        Texts may be dictionaries, another in each: Parquet keeps one a row group, and they read back as texts.
        """
        with (
            self.path(self.out).open("wb") as stream,  # whose errors say what the disk said
            pq.ParquetWriter(stream, columns, **PARQUET) as writer,
        ):
            writer.add_key_value_metadata(about)  # metadata of a schema is lost unless the schema is stored
            for group in groups:
                if len(group):
                    writer.write(group)

    def write_rejected(self, rows: Iterable[BadRow]) -> None:
        """One line a bad row, in the order in which they were met."""
        self._write(REJECTED, (f"{json.dumps(row._asdict(), ensure_ascii=False)}\n" for row in rows))

    def write_run(self, record: Mapping[str, Any]) -> None:
        """The record of the run."""
        self._write(RUN, [json.dumps(record, ensure_ascii=False, indent=2), "\n"])

    def _write(self, ending: str, lines: Iterable[str]) -> None:
        with self.path(beside(self.out, ending)).open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(lines)

    def keep(self) -> None:
        """Give every file its own name, the bridges last: they never stand there without their run's record.

        Bad rows of an earlier run under this name go with its result.
        """
        if beside(self.out, REJECTED) not in self.temporary:
            beside(self.out, REJECTED).unlink(missing_ok=True)
        for final, temporary in reversed(self.temporary.items()):
            if self.folder:
                _sync(temporary)  # so that also after a power cut the name stands for the whole file
            temporary.replace(final)
        self.temporary = {}

    def drop(self) -> None:
        """Remove what was written."""
        for temporary in self.temporary.values():
            temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


@contextmanager
def output(out: Path, folder: Path | None = None) -> Iterator[Output]:
    """Write files; kept when all went well, removed otherwise. InputError for a full disk and the like.

    They grow in the folder when one is given, which then holds what is needed to write them again.
    """
    files = Output(out, folder)
    try:
        yield files
        files.keep()
    except OSError as error:
        if error.errno == errno.ENOMEM:
            raise
        again = f"; {folder} keeps what was worked out: the same command goes on from there" if folder else ""
        raise InputError(
            f"{out}: cannot be written ({error.strerror or error}); nothing half-written was kept{again}."
        ) from error
    finally:
        files.drop()
