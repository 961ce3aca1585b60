"""Cuts people into parts by home, in the order of their postcodes; the folder appears whole or not at all."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.engine.arrays import ALWAYS
from dichterbij.engine.columns import Column, Kind, people_table
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.partitions.reading import KIND, MANIFEST, ROW, SOURCE_KEY, file_of
from dichterbij.engine.reading import BadRow, Input
from dichterbij.engine.reading.files import file_digest
from dichterbij.engine.tables import PEOPLE_LISTS, People, Sets
from dichterbij.shared.errors import InputError
from dichterbij.shared.files import sync, sync_folder

NULL = {"max_distance_km": -1, "modes": -1, "dutch": 0, "level": 0, "available_from": ALWAYS}


def check_folder(out: Path, people: Path) -> None:
    """InputError when a folder of parts cannot be made here."""
    if not out.name:
        raise InputError(f"{out}: name a folder to make.")
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise InputError(f"{out}: exists already; name a folder that does not, or remove it first.")
    if not out.parent.is_dir():
        raise InputError(f"{out}: the folder {out.parent} does not exist; make it first.")
    if not os.access(out.parent, os.W_OK):
        raise InputError(f"{out}: no permission to write in {out.parent}.")
    rejected = rejected_beside(out)
    if rejected.is_dir() or (rejected.exists() and people.exists() and rejected.samefile(people)):
        raise InputError(f"{rejected}: this is an input or a folder; choose another folder to write to.")


def rejected_beside(out: Path) -> Path:
    """Where the bad rows go."""
    return out.with_name(f"{out.name}.rejected.jsonl")


def write_parts(
    out: Path, found: Input[People], parameters: Parameters, *, source: Path, rows: int, version: str, rejected: bool
) -> int:
    """Write the parts, of at most so many rows, and with `rejected` the bad rows beside them; how many parts."""
    people = found.table
    order = np.argsort(people.numbers["pc4"], kind="stable").astype(np.int32)
    parts = np.array_split(order, -(-len(order) // rows)) if len(order) else []
    with _folder(out, found.bad if rejected else None) as folder:
        writer = _Writer(people, parameters, found.digest)
        listed = [writer.write(folder, number, part) for number, part in enumerate(parts)]
        manifest = {
            "kind": KIND,
            "product": "dichterbij",
            "version": version,
            "source": {"file": str(source), "sha256": found.digest, "rows": found.rows, "bad_rows": len(found.bad)},
            "people": len(people),
            "parts": listed,
        }
        (folder / MANIFEST).write_text(_as_text(manifest), encoding="utf-8")
    return len(parts)


def _as_text(manifest: dict[str, Any]) -> str:
    """The manifest as JSON, a line for each part."""
    head, parts = dict(manifest), manifest["parts"]
    head["parts"] = []
    lines = ",\n".join(f"  {json.dumps(part, ensure_ascii=False)}" for part in parts)
    return json.dumps(head, ensure_ascii=False, indent=1).replace('"parts": []', f'"parts": [\n{lines}\n ]') + "\n"


@contextmanager
def _folder(out: Path, bad: Sequence[BadRow] | None) -> Iterator[Path]:
    """A folder under a temporary name, given its own when all went well, else removed. InputError for a full disk."""
    temporary = out.with_name(f".{out.name}.{os.getpid()}.part")
    lines = rejected_beside(temporary)
    try:
        temporary.mkdir()
        yield temporary
        sync_folder(temporary)  # so that also after a power cut the name stands for all of it
        if bad is not None:
            written = (f"{json.dumps(row._asdict(), ensure_ascii=False)}\n" for row in bad)
            with lines.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(written)
            sync(lines)
            lines.replace(rejected_beside(out))
        temporary.replace(out)
        sync(out.absolute().parent)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror or error}); nothing was kept.") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        lines.unlink(missing_ok=True)


class _Writer:
    """Writes parts of these people: the columns of the contract, null where nothing is known, and the row of each."""

    def __init__(self, people: People, parameters: Parameters, digest: str) -> None:
        self.people = people
        self.columns = people_table(parameters).columns
        self.words = {name: pa.array(getattr(people, name).words, pa.string()) for name in PEOPLE_LISTS}
        self.metadata = {SOURCE_KEY: digest.encode()}

    def write(self, folder: Path, number: int, rows: npt.NDArray[np.int32]) -> dict[str, Any]:
        """One part; what the manifest says of it."""
        path = folder / file_of(number)
        arrays = {column.name: self._column(column, rows) for column in self.columns}
        arrays["person_id"] = self.people.ids.take(pa.array(rows))
        table = pa.table(arrays | {ROW: pa.array(rows)}).replace_schema_metadata(self.metadata)
        pq.write_table(table, path, compression="zstd", row_group_size=len(rows), write_page_checksum=True)
        return {
            "file": path.name,
            "rows": len(rows),
            "pc4": np.unique(self.people.numbers["pc4"][rows]).tolist(),
            "bytes": path.stat().st_size,
            "sha256": file_digest(path),
        }

    def _column(self, column: Column, rows: npt.NDArray[np.int32]) -> pa.Array:
        if column.name in PEOPLE_LISTS:
            known = self.people.numbers[f"{column.name}_known"][rows] == 1
            return _texts(getattr(self.people, column.name), self.words[column.name], rows, known)
        if column.kind is Kind.TEXT:
            return pa.nulls(len(rows))
        values = self.people.numbers[column.name][rows]
        null = values == NULL[column.name] if column.name in NULL else np.zeros(len(rows), dtype=np.bool_)
        if column.kind is Kind.LIST:
            return _codes(values, null, column.codes or ())
        if column.kind is Kind.FLAG:
            return pa.array(values == 1)
        if column.kind is Kind.DAY:
            return pa.array(np.where(null, 0, values).astype(np.int32), pa.int32(), mask=null).cast(pa.date32())
        return pa.array(values.astype(np.int32), mask=null)


def _codes(masks: Any, null: Any, codes: Sequence[str]) -> pa.Array:
    """Masks as lists of codes."""
    is_set = (np.where(null, 0, masks).astype(np.int64)[:, None] >> np.arange(len(codes))) & 1
    return _lists(np.nonzero(is_set)[1], is_set.sum(axis=1), null, pa.array(codes, pa.string()))


def _texts(sets: Sets, words: pa.StringArray, rows: Any, known: Any) -> pa.Array:
    """The sets of these rows as lists of texts."""
    lengths = np.diff(sets.start)[rows]
    end = np.cumsum(lengths)
    source = np.repeat(sets.start[rows] - end + lengths, lengths) + np.arange(end[-1])
    return _lists(sets.ids[source], lengths, ~known, words)


def _lists(at: Any, lengths: Any, null: Any, words: pa.StringArray) -> pa.Array:
    """Lists of these words, null where so marked."""
    used, places = np.unique(at, return_inverse=True)
    start = np.concatenate([np.zeros(1, dtype=np.int32), np.cumsum(lengths).astype(np.int32)])
    texts = pa.DictionaryArray.from_arrays(
        pa.array(places.astype(np.int32)), words.take(pa.array(used.astype(np.int32)))
    )
    return pa.ListArray.from_arrays(pa.array(start), texts.dictionary_decode(), mask=pa.array(null))
