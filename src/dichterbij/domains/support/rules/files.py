"""The packaged menukaart, and what a region adds to it in a file of its own."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from dichterbij.data import REFERENCE, read_yaml
from dichterbij.domains.support.rules.kinds import Support
from dichterbij.domains.support.rules.records import read_support
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

MENUKAART = REFERENCE / "support"
NATIONAL = "menukaart.yaml"


def read_menukaart(folder: Path = MENUKAART) -> tuple[Support, ...]:
    """The items of every region first, then those that single regions add. Raises InputError naming the mistake."""
    regional = sorted(path for path in folder.glob("*.yaml") if path.name not in (NATIONAL, "source.yaml"))
    supports = [support for path in (folder / NATIONAL, *regional) for support in _in_file(path)]
    for one, other in pairwise(sorted(support.support_id for support in supports)):
        if one == other:
            raise InputError(f"{folder.name}: two items are called {one}; a region adds items and replaces none")
    return tuple(supports)


def looked_up_on(folder: Path = MENUKAART) -> date:
    """The day on which the documents of the menukaart were looked up."""
    found: date = read_yaml(folder / "source.yaml")["retrieved"]
    return found


def _in_file(path: Path) -> Iterator[Support]:
    record = Record.of(read_yaml(path), at=path.name, required=("sources", "items"), optional=("region",))
    region = record.fields.get("region")
    if (region or Path(NATIONAL).stem) != path.stem:
        raise InputError(f"{path.name}: this file is of {path.stem}, but says region {region!r}")
    sources = _sources(record)
    for value in record.several("items"):
        yield read_support(value, region_code=region, sources=sources, where=path.name)


def _sources(record: Record) -> Mapping[str, str]:
    sources = record.fields["sources"]
    if not isinstance(sources, Mapping):
        raise InputError(f"{record.at}: sources gives each document a short name and a title")
    return {str(name): str(title) for name, title in sources.items()}
