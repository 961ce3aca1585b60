"""The bridge kernel: arrays in, bridges out (docs/concepts/bridge.md). No database, no Django."""

from dichterbij.engine.index import Index, build_index
from dichterbij.engine.matching import count, match, people_for
from dichterbij.engine.output.results import COLUMNS, Bridges
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.reading import (
    BadRow,
    Input,
    openings_from_rows,
    people_from_rows,
    read_openings,
    read_people,
)
from dichterbij.engine.tables import Openings, People

__all__ = [
    "COLUMNS",
    "BadRow",
    "Bridges",
    "Index",
    "Input",
    "Openings",
    "Parameters",
    "People",
    "build_index",
    "count",
    "match",
    "openings_from_rows",
    "people_for",
    "people_from_rows",
    "read_openings",
    "read_people",
]
