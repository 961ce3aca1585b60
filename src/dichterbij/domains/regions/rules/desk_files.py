"""The packaged desks: one file per region that the region keeps itself, and NL.yaml with the national ones."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from dichterbij.data import REFERENCE, read_yaml
from dichterbij.domains.regions.rules.desk_kinds import Desk
from dichterbij.domains.regions.rules.desk_records import read_desk
from dichterbij.shared.errors import InputError

DESKS = REFERENCE / "desks"


def read_desks(folder: Path = DESKS) -> tuple[Desk, ...]:
    """All desks of the folder, by id. Raises InputError naming the file and what is wrong in it."""
    desks = sorted((desk for path in desk_files(folder) for desk in _in_file(path)), key=lambda desk: desk.desk_id)
    for one, next_one in pairwise(desks):
        if one.desk_id == next_one.desk_id:
            raise InputError(f"{folder}: two desks are called {one.desk_id}; give each its own id")
    return tuple(desks)


def desk_files(folder: Path = DESKS) -> tuple[Path, ...]:
    """The desks files of the folder, by name."""
    return tuple(sorted(path for path in folder.glob("*.yaml") if path.name != "source.yaml"))


def _in_file(path: Path) -> Iterator[Desk]:
    content = read_yaml(path)
    if not isinstance(content, dict) or set(content) != {"region", "desks"} or not isinstance(content["desks"], list):
        raise InputError(f"{path.name}: a desks file holds region and desks")
    region = content["region"]
    if (region or "NL") != path.stem:
        raise InputError(f"{path.name}: this file is of region {path.stem}, but says {region!r}")
    for record in content["desks"]:
        yield read_desk(record, region_code=region, where=path.name)
