"""What holds invented people back in each region, and what would help: the bridge asked for each of them.

`python -m dichterbij.synthetic.region_pictures` writes the packaged set `region_pictures` again: same code, same bytes.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml

from dichterbij.data import REFERENCE, reference_table
from dichterbij.data.build_files import write_rows
from dichterbij.domains.matching.queries import OpeningIndex, what_brings_more, without_bridge
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine.arrays import UNDESCRIBED
from dichterbij.engine.matching import match
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.reading import people_from_rows
from dichterbij.synthetic import people

SEED = 2026
PEOPLE = 1_000
ON = date(2026, 11, 1)
COLUMNS = ("region_code", "picture", "code", "people", "median_openings")
# Pictures: a step that alone lies in between, a rule without which there would be a bridge, a change that brings most.
STEP, NO_BRIDGE, LIFT = "step", "no_bridge", "lift"
NONE = "none"
FOLDER = REFERENCE / "region_pictures"
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Row:
    """So many invented people of a region; `median_openings` is what lies behind it for half of them, None for none."""

    region_code: str
    picture: str
    code: str
    people: int
    median_openings: int | None


@dataclass(frozen=True)
class Market:
    """The openings that all people are held against."""

    index: OpeningIndex
    parameters: Parameters

    @classmethod
    def of(cls, openings: pa.Table) -> "Market":
        """From openings with the columns of the bridge."""
        parameters = load_parameters(on=ON)
        return cls(OpeningIndex.of(openings, parameters), parameters)


def pictures(region_code: str, market: Market) -> list[Row]:
    """The three pictures of a region, each counting every one of PEOPLE invented people once, the most people first."""
    table = people.block(SEED, 0, 0, PEOPLE, region=region_code, on=ON)
    rows = table.to_pylist()
    blocked = {found.person_id: found.rule for found in _without_bridge(rows, market)}
    has_bridge = np.array([row["person_id"] not in blocked for row in rows])
    drawn = {
        STEP: _steps(table, has_bridge, market),
        NO_BRIDGE: [(rule, 0) for rule in blocked.values()],
        LIFT: [_lift(row, market) for row in rows],
    }
    return [row for picture, found in drawn.items() for row in _counted(region_code, picture, found)]


def _without_bridge(rows: list[dict[str, Any]], market: Market) -> Any:
    return without_bridge(people=rows, index=market.index, parameters=market.parameters, on=ON)


def _steps(table: pa.Table, has_bridge: Any, market: Market) -> list[tuple[str, int]]:
    """For each person with a bridge the step that most often lies in between alone, and at how many openings."""
    counts, words = _alone(table, market)
    most = counts.argmax(axis=1)
    many = counts[np.arange(len(counts)), most]
    return [
        (words[code] if number else NONE, int(number))
        for code, number, has in zip(most, many, has_bridge, strict=True)
        if has
    ]


def _alone(table: pa.Table, market: Market) -> tuple[Ints, tuple[str, ...]]:
    """At how many openings each step (columns, in alphabetical order) alone lies before each person (rows)."""
    index, counts = market.index.index, None
    words: tuple[str, ...] = ()
    found = match(people_from_rows(table, market.parameters), index, market.parameters, on=ON, top=len(market.index))
    for block in found:
        words = block.step_words
        counts = np.zeros((table.num_rows, len(words)), np.int64) if counts is None else counts
        alone = (block.steps.counts == 1) & (block.numbers[:, UNDESCRIBED] == 0)
        np.add.at(counts, (block.person[alone], block.steps.values[block.steps.start[:-1][alone]]), 1)
    return (np.zeros((table.num_rows, 1), np.int64), (NONE,)) if counts is None else (counts, words)


def _lift(row: dict[str, Any], market: Market) -> tuple[str, int]:
    """The one change that brings this person most, and how many openings more."""
    lifts = what_brings_more(person=row, index=market.index, parameters=market.parameters, on=ON)
    return (lifts[0].code, lifts[0].more_openings) if lifts else (NONE, 0)


def _counted(region_code: str, picture: str, found: list[tuple[str, int]]) -> Iterator[Row]:
    by_code: dict[str, list[int]] = {}
    for code, number in found:
        by_code.setdefault(code, []).append(number)
    for code, numbers in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0])):
        has_median = picture != NO_BRIDGE and code != NONE
        yield Row(region_code, picture, code, len(numbers), int(np.median(numbers)) if has_median else None)


def region_codes() -> list[str]:
    """Every region, in the order of the file."""
    codes: list[str] = reference_table("regions", "regions.csv")["region_code"].to_pylist()
    return codes


def write(folder: Path, market: Market) -> None:
    """`pictures.csv` and `run.yaml` in `folder`, which must exist."""
    rows: list[Row] = []
    for number, code in enumerate(region_codes(), start=1):
        rows += pictures(code, market)
        print(f"\r{number} of 35 regions", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    cells = ([row.region_code, row.picture, row.code, row.people, row.median_openings] for row in rows)
    write_rows(folder / "pictures.csv", list(COLUMNS), cells)
    (folder / "run.yaml").write_text(yaml.safe_dump(run(market), sort_keys=False), encoding="utf-8")


def run(market: Market) -> dict[str, Any]:
    """What is needed to draw the same pictures again."""
    return {
        "date": ON,
        "seed": SEED,
        "people_per_region": PEOPLE,
        "openings": len(market.index),
        "parameters": market.parameters.digest,
    }


def demo_market() -> Market:
    """The openings of the demo, as they are made for ON."""
    from dichterbij.synthetic.demo import build  # needs Django to be set up, which drawing does not

    return Market.of(build(on=ON))


def main() -> None:
    """Command line of the drawing."""
    import django

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files go (default: the package)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")
    os.environ.setdefault("DICHTERBIJ_DEMO", "1")
    django.setup()
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.folder, demo_market())


if __name__ == "__main__":
    main()
