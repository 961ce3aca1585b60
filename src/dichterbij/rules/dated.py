"""Rule data by period: one folder per valid-from date, one YAML file per set of values."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dichterbij.data import read_yaml
from dichterbij.shared.errors import InputError


@dataclass(frozen=True)
class RuleFile:
    """One YAML file of rule data as read: its values, and the digest of its bytes."""

    path: Path
    values: Mapping[str, Any]
    digest: str


def newest_folder(root: Path, *, on: date) -> Path:
    """The folder `<root>/<valid_from>` of this day: the newest not after it. InputError before the first."""
    folders = sorted((date.fromisoformat(path.name), path) for path in root.iterdir() if path.is_dir())
    valid = [path for valid_from, path in folders if valid_from <= on]
    if not valid:
        first = folders[0][0] if folders else "none"
        raise InputError(f"There are no {root.name} parameters for {on}: the first period starts on {first}.")
    return valid[-1]


def read_rule_folder(packaged: Path, *, names: Sequence[str], own: Path | None) -> dict[str, RuleFile]:
    """Each named set, from `own` where it has it, else from the packaged folder. InputError for a stray file."""
    folder = _checked(own, names) if own is not None else None
    files = {}
    for name in names:
        own_path = folder / f"{name}.yaml" if folder else None
        files[name] = _read(own_path if own_path and own_path.exists() else packaged / f"{name}.yaml")
    return files


def _checked(folder: Path, names: Sequence[str]) -> Path:
    try:
        entries = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: this folder of parameters cannot be read ({error.strerror}).") from error
    known = {f"{name}.yaml" for name in names}
    strays = [name for name in entries if name.endswith((".yaml", ".yml")) and name not in known]
    if strays:
        raise InputError(f"{folder / strays[0]}: no such set of parameters; the files are {', '.join(sorted(known))}.")
    return folder


def _read(path: Path) -> RuleFile:
    """A file as it is now; read again only when it changed."""
    try:
        there = path.stat()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    return _read_once(path, there.st_mtime_ns, there.st_size)


@lru_cache(maxsize=64)
def _read_once(path: Path, _changed: int, _size: int) -> RuleFile:
    try:
        values = read_yaml(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise InputError(
            f"{path}: this is not a YAML file that can be read ({' '.join(str(error).split())})."
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    if not isinstance(values, dict):
        raise InputError(f"{path}: expected names with values, found {type(values).__name__}.")
    return RuleFile(path=path, values=values, digest=digest)
