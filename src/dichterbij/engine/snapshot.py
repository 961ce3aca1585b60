"""Openings made ready, kept in a folder: every process maps the same files, so that they share one copy in memory.

A folder appears whole or not at all, and belongs to one text of the engine, one set of parameters and one delivery.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import typing
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.digest import engine_digest
from dichterbij.engine.index import Index
from dichterbij.engine.parameters import Parameters
from dichterbij.shared.errors import InputError
from dichterbij.shared.files import sync_folder

FORMAT = 1
MANIFEST, LOCK = "manifest.json", "making.lock"
UNFINISHED = ".unfinished-"
GIVEN = "parameters"  # the one part of an index that is not in the folder: whoever loads it has them

Arrays = Mapping[str, npt.NDArray[Any]]


class SnapshotError(InputError):
    """A folder that cannot be used: not there, not whole, or of other parameters or another engine."""

    code = "snapshot"


class Hold:
    """Says that a folder is in use, until let go or forgotten; others see it, also from another process."""

    def __init__(self, folder: Path) -> None:
        file = os.open(folder / MANIFEST, os.O_RDONLY)
        self.let_go = weakref.finalize(self, os.close, file)
        fcntl.flock(file, fcntl.LOCK_SH)


@dataclass(frozen=True)
class Snapshot:
    """A folder's openings and the arrays kept beside them; the folder stays as long as this is held."""

    index: Index
    beside: Arrays
    stamp: str
    held: Hold


def name_of(parameters: Parameters, *, stamp: str, seed: int = 0) -> str:
    """The name of the folder for these openings, under this engine and these parameters. `stamp` names a delivery."""
    made_of = [engine_digest(), parameters.digest, parameters.reference_digest, stamp, str(seed)]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:24]


def save(index: Index, folder: Path, *, beside: Arrays | None = None, stamp: str = "") -> None:
    """Write the openings to `folder`, which appears whole. One that is there already stays as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f"{UNFINISHED}{folder.name}-{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        written = {"index": _write(index, draft, "index"), "beside": _write(dict(beside or {}), draft, "beside")}
        sizes = {path.name: path.stat().st_size for path in sorted(draft.iterdir())}
        manifest = _identity(index.parameters) | {"stamp": stamp, "sizes": sizes, **written}
        (draft / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        sync_folder(draft)  # after a power cut it is whole or not there
        with contextlib.suppress(FileExistsError):
            _move(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def load(folder: Path, parameters: Parameters) -> Snapshot:
    """The openings of a folder, mapped and not read: takes milliseconds. SnapshotError when it cannot be used."""
    try:
        held = Hold(folder)
    except OSError as error:
        raise SnapshotError(f"{folder}: there are no openings ready here ({error}).") from error
    try:
        return _loaded(folder, parameters, held)
    except SnapshotError:
        held.let_go()
        raise
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        held.let_go()
        raise SnapshotError(f"{folder}: damaged; make it again ({error}).") from error


def is_ready(folder: Path, parameters: Parameters) -> bool:
    """Whether a folder can be loaded."""
    try:
        load(folder, parameters).held.let_go()
    except SnapshotError:
        return False
    return True


@contextlib.contextmanager
def in_turn(parent: Path, name: str) -> Iterator[None]:
    """Wait until nobody else has the lock `name` of `parent`, and keep others waiting."""
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def alone(parent: Path) -> Iterator[None]:
    """Wait until nobody else makes a folder in `parent`, and keep others waiting; what they left half done goes."""
    with in_turn(parent, LOCK):
        for left in parent.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def remove_unused(parent: Path, *, but: Path) -> None:
    """Remove every folder of `parent` that nobody has loaded, except one. Files that are mapped stay readable.

    Only inside `alone`: a folder without a manifest is one that was damaged, and goes.
    """
    for folder in parent.iterdir():
        if folder == but or not folder.is_dir():
            continue
        with contextlib.suppress(OSError), contextlib.ExitStack() as held:
            if (folder / MANIFEST).exists():
                manifest = held.enter_context((folder / MANIFEST).open())
                fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(folder)


def remove(folder: Path) -> None:
    """Remove a folder, if it is there, at once for others: none of them finds half of it."""
    gone = folder.with_name(f"{UNFINISHED}{folder.name}-gone")
    with contextlib.suppress(FileNotFoundError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _loaded(folder: Path, parameters: Parameters, held: Hold) -> Snapshot:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    _check(folder, manifest, parameters)
    classes = {kind.__name__: kind for kind in _kinds(Index)}
    index, beside = (_read(manifest[part], folder, parameters, classes) for part in ("index", "beside"))
    return Snapshot(index, beside, manifest["stamp"], held)


def _identity(parameters: Parameters) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "engine": engine_digest(),
        "parameters": parameters.digest,
        "reference": parameters.reference_digest,
    }


def _check(folder: Path, manifest: Mapping[str, Any], parameters: Parameters) -> None:
    for name, wanted in _identity(parameters).items():
        if manifest.get(name) != wanted:
            raise SnapshotError(f"{folder}: made with another {name}; make it again.")
    for name, size in manifest["sizes"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise SnapshotError(f"{folder}: {name} is missing or not whole; make it again.")


def _write(value: Any, folder: Path, name: str) -> Any:
    """Write a value's arrays and texts; what the manifest says of it."""
    if isinstance(value, Parameters):
        return {"kind": GIVEN}
    if isinstance(value, np.ndarray):
        np.save(folder / f"{name}.npy", value, allow_pickle=False)
        return {"kind": "array", "is_empty": value.size == 0, "is_aligned": value.dtype.isalignedstruct}
    if isinstance(value, pa.Array):
        with pa.ipc.new_file(folder / f"{name}.arrow", pa.schema([("values", value.type)])) as writer:
            writer.write_batch(pa.record_batch([value], ["values"]))
        return {"kind": "arrow"}
    if _is_record(value):
        names = value._fields if hasattr(value, "_fields") else [field.name for field in fields(value)]
        parts = {part: _write(getattr(value, part), folder, f"{name}.{part}") for part in names}
        return {"kind": "record", "of": type(value).__name__, "parts": parts}
    if isinstance(value, Mapping):
        return {"kind": "mapping", "parts": {key: _write(item, folder, f"{name}.{key}") for key, item in value.items()}}
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
        return {"kind": "texts"}
    if value is None or isinstance(value, (bool, int, float, str)):
        return {"kind": "plain", "value": value}
    raise TypeError(f"{name}: cannot be kept in a snapshot: {type(value)}")


def _read(node: Mapping[str, Any], folder: Path, parameters: Parameters, classes: Mapping[str, type]) -> Any:
    return _Reader(folder, parameters, classes).read(node, "index" if node.get("of") == "Index" else "beside")


@dataclass(frozen=True)
class _Reader:
    """Makes values of what a manifest says of them."""

    folder: Path
    parameters: Parameters
    classes: Mapping[str, type]

    def read(self, node: Mapping[str, Any], name: str) -> Any:
        """One value; arrays are mapped."""
        kind = node["kind"]
        if kind == "array":
            array = self._array(name, is_empty=node["is_empty"])
            return array.view(_aligned(array.dtype)) if node["is_aligned"] else array
        if kind == "arrow":
            source = pa.memory_map(str(self.folder / f"{name}.arrow"))
            return pa.ipc.open_file(source).get_batch(0).column(0)
        if kind == "texts":
            return tuple(json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8")))
        if kind == GIVEN:
            return self.parameters
        if kind == "plain":
            return node["value"]
        parts = {part: self.read(item, f"{name}.{part}") for part, item in node["parts"].items()}
        return parts if kind == "mapping" else self.classes[node["of"]](**parts)

    def _array(self, name: str, *, is_empty: bool) -> npt.NDArray[Any]:
        """Copy-on-write rather than read-only: to compiled functions a read-only array is another type, and compiling
        everything once more takes half a minute. Nothing is written, so nothing is copied."""
        path = self.folder / f"{name}.npy"
        return np.asarray(np.load(path, mmap_mode=None if is_empty else "c", allow_pickle=False))


def _aligned(kind: np.dtype[Any]) -> np.dtype[Any]:
    """The same records known to be aligned, which the file does not say: else they are another type to compile for."""
    names = list(kind.names or ())
    parts: Any = {"names": names, "formats": [kind[name] for name in names], "itemsize": kind.itemsize}
    known: Any = kind.fields
    parts["offsets"] = [known[name][1] for name in names]
    return cast("np.dtype[Any]", np.dtype(parts, align=True))


def _is_record(value: Any) -> bool:
    return is_dataclass(value) or (isinstance(value, tuple) and hasattr(value, "_fields"))


def _kinds(kind: Any) -> Iterator[type]:
    """This type and every dataclass and named tuple inside it."""
    for part in typing.get_args(kind):
        yield from _kinds(part)
    if isinstance(kind, type) and kind is not Parameters and (is_dataclass(kind) or hasattr(kind, "_fields")):
        yield kind
        for hint in typing.get_type_hints(kind).values():
            yield from _kinds(hint)


def _move(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError as error:
        if folder.exists():
            raise FileExistsError(folder) from error
        raise
