"""People in parts by home, as `dichterbij partition` wrote them: every part checked against the manifest."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.engine.arrays import I32
from dichterbij.engine.memory import release_memory
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.reading import read_people
from dichterbij.engine.reading.files import Progress
from dichterbij.engine.tables import PEOPLE_LISTS, People, PeopleBuilder, Sets, narrowest
from dichterbij.shared.errors import InputError

MANIFEST, KIND = "manifest.json", "people in parts by home"
ROW = "row"  # column of a part: the place of the person among all people, from 0
SOURCE_KEY = b"dichterbij.source_sha256"
PARTS_BETWEEN_RELEASES = 10
AGAIN = "Make the parts again with `dichterbij partition`."


@dataclass(frozen=True)
class Part:
    """One file with people who live near each other; `pc4` are their home postcodes."""

    number: int
    file: str
    rows: int
    pc4: tuple[int, ...]
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The parts of one file of people; `source` is its name and digest, `rows` how many people the parts hold."""

    version: str
    source: str
    source_sha256: str
    rows: int
    bad_rows: int
    parts: tuple[Part, ...]


def read_manifest(folder: Path) -> Manifest:
    """What stands in the folder. InputError when a file is missing or is too many, or when this is no such folder."""
    path = folder / MANIFEST
    try:
        manifest = _manifest(json.loads(path.read_text(encoding="utf-8")))
        found = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Is this a folder of parts? {AGAIN}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: this is no manifest of people in parts. {AGAIN}") from error
    wanted = {MANIFEST, *(part.file for part in manifest.parts)}
    for name in sorted(wanted - found):
        raise InputError(f"{folder / name}: this part is missing. Put it back, or: {AGAIN}")
    for name in sorted(found - wanted):
        raise InputError(f"{folder / name}: {path} does not name this file. Move it elsewhere, or: {AGAIN}")
    return manifest


def _manifest(found: Mapping[str, Any]) -> Manifest:
    if found["kind"] != KIND:
        raise ValueError
    parts = tuple(
        Part(number, part["file"], int(part["rows"]), tuple(part["pc4"]), int(part["bytes"]), part["sha256"])
        for number, part in enumerate(found["parts"])
    )
    rows = int(found["people"])
    if sum(part.rows for part in parts) != rows or any(part.file != file_of(part.number) for part in parts):
        raise ValueError
    source = found["source"]
    return Manifest(found["version"], source["file"], source["sha256"], rows, int(source["bad_rows"]), parts)


def file_of(number: int) -> str:
    """Name of the file of a part."""
    return f"part-{number:05}.parquet"


def read_part(folder: Path, number: int, parameters: Parameters) -> tuple[People, I32]:
    """People of a part and the place of each among all people. InputError for a part that is missing or changed."""
    return people_of(folder, read_manifest(folder), number, parameters)


def people_of(folder: Path, manifest: Manifest, number: int, parameters: Parameters) -> tuple[People, I32]:
    """As read_part, with the manifest at hand."""
    if not 0 <= number < len(manifest.parts):
        raise InputError(f"{folder}: there is no part {number}; the parts are 0 to {len(manifest.parts) - 1}.")
    part = manifest.parts[number]
    path = folder / part.file
    try:
        with path.open("rb") as stream, pq.ParquetFile(stream) as file:
            source = (file.schema_arrow.metadata or {}).get(SOURCE_KEY, b"").decode()
            rows = file.read([ROW]).column(0).to_numpy()
    except (OSError, pa.ArrowException, IndexError) as error:
        raise InputError(f"{path}: this part cannot be read ({' '.join(str(error).split())}). {AGAIN}") from error
    if source != manifest.source_sha256:
        raise InputError(f"{path}: this part was made from another file than {manifest.source}. {AGAIN}")
    found = read_people(path, parameters)
    if found.digest != part.sha256 or len(rows) != len(found.table):
        raise InputError(f"{path}: this part has changed since it was made. Put the right one back, or: {AGAIN}")
    return found.table, np.asarray(rows, dtype=np.int32)


def read_parts(folder: Path, parameters: Parameters, *, progress: Progress | None = None) -> tuple[People, Manifest]:
    """All people, in the order of the file that the parts were made from. InputError as read_part."""
    manifest = read_manifest(folder)
    columns: dict[str, list[Any]] = {}
    rows = [np.zeros(0, dtype=np.int32)]
    for part in manifest.parts:
        people, own = people_of(folder, manifest, part.number, parameters)
        rows.append(own)
        named = {name: getattr(people, name) for name in ("ids", *PEOPLE_LISTS)}
        for name, values in {**named, **people.numbers}.items():
            columns.setdefault(name, []).append(values)
        if part.number % PARTS_BETWEEN_RELEASES == 0:
            release_memory()
        if progress:
            progress(f"reading {folder}", sum(map(len, rows)))
    places = np.concatenate(rows)
    if not np.array_equal(np.sort(places), np.arange(manifest.rows)):
        raise InputError(f"{folder / MANIFEST}: the parts do not hold every row once. {AGAIN}")
    return _joined(columns, np.argsort(places)) if columns else PeopleBuilder(parameters).build(), manifest


def _joined(columns: dict[str, list[Any]], order: Any) -> People:
    """The people of the parts, in this order of their places end to end; each column of the parts is let go."""
    ids = pa.concat_arrays(columns.pop("ids")).take(pa.array(order))
    licences, legal, skills = (_sets(columns.pop(name), order) for name in PEOPLE_LISTS)
    numbers = {name: np.concatenate(columns.pop(name))[order] for name in list(columns)}
    release_memory()
    return People(ids, numbers, licences, legal, skills)


def _sets(parts: Sequence[Sets], order: Any) -> Sets:
    """The sets of the parts, in this order and in one numbering."""
    number: dict[str, int] = {}
    renumber = [np.array([number.setdefault(word, len(number)) for word in part.words]) for part in parts]
    kind = narrowest(0, len(number))
    texts = np.concatenate(
        [own.astype(kind)[part.ids] if len(own) else part.ids for own, part in zip(renumber, parts, strict=True)]
    )
    lengths = np.concatenate([np.diff(part.start) for part in parts])
    before = np.cumsum(lengths) - lengths
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths[order])])
    ids = np.empty(len(texts), dtype=kind)
    for first in range(0, len(order), 100_000):  # in pieces: places of texts take four times what texts take
        own = order[first : first + 100_000]
        from_, to = start[first], start[first + len(own)]
        source = np.repeat(before[own] - start[first : first + len(own)] + from_, lengths[own]) + np.arange(to - from_)
        ids[from_:to] = texts[source]
    return Sets(start, ids, tuple(number))
