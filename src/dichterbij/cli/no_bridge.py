"""`dichterbij no-bridge`: who gets no bridge at all, and by which rule."""

import dataclasses
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.cli.bridge_run import PAIRS, Progress, bridge_options, read_run
from dichterbij.domains.matching.queries import NoBridge, OpeningIndex, without_bridge
from dichterbij.engine import build_index
from dichterbij.engine.partitions.reading import ROW, read_manifest


@click.command("no-bridge")
@bridge_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a person.")
def command(
    people: Path, openings: Path, on: date | None, parameters: Path | None, skip_bad_rows: bool, as_json: bool
) -> None:
    """Who gets no bridge at all, and which rule, lifted alone, would give one."""
    progress = Progress()
    run = read_run(
        people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=progress, compiled=PAIRS
    )
    good = set(run.people.ids.to_pylist())
    index = OpeningIndex(build_index(run.openings, run.parameters, seed=0))
    rows = _first_of_each(_rows(people), good)
    found = without_bridge(people=rows, index=index, parameters=run.parameters, on=run.on)
    click.echo(_as_json(found) if as_json else _table(found, len(rows)))


def _first_of_each(rows: list[dict[str, Any]], good: set[str]) -> list[dict[str, Any]]:
    """The first row of every good id; a later one with the same id was set apart as bad."""
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        identity = row.get("person_id")
        if isinstance(identity, str) and identity in good:
            first.setdefault(identity, row)
    return list(first.values())


def _rows(path: Path) -> list[dict[str, Any]]:
    """The rows again as they stand in the file or its parts; they were checked before."""
    if path.is_dir():
        parts = [pq.read_table(path / part.file) for part in read_manifest(path).parts]
        return pa.concat_tables(parts).sort_by(ROW).to_pylist() if parts else []
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    return [row for line in path.read_bytes().split(b"\n") if isinstance(row := _parsed(line), dict)]


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _as_json(found: list[NoBridge]) -> str:
    return "\n".join(json.dumps(dataclasses.asdict(item)) for item in found)


def _table(found: list[NoBridge], total: int) -> str:
    counted = Counter(item.rule for item in found)
    lines = [f"{len(found):,} of {total:,} people get no bridge. By the first rule that, lifted alone, gives one:"]
    return "\n".join([*lines, *(f"  {rule:12} {number:6,}" for rule, number in counted.most_common())])
