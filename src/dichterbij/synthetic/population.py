"""The invented people whom an opening is counted against: the whole country, one seed, the same every time."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij import __version__
from dichterbij.synthetic import people
from dichterbij.synthetic.assumptions import FOLDER

SEED = 2026
PEOPLE = 60_000
BLOCK = 20_000


def day_of(on: date) -> date:
    """The day from which their dates count: the first of the month, so that a month's counts stay the same."""
    return on.replace(day=1)


def people_table(*, on: date, rows: int = PEOPLE) -> pa.Table:
    """The people of this month, in the columns of the bridge. Takes seconds."""
    blocks = [
        people.block(SEED, number, first, min(BLOCK, rows - first), region="all", on=day_of(on))
        for number, first in enumerate(range(0, rows, BLOCK))
    ]
    return pa.concat_tables(blocks)


def kept_people_table(folder: Path, *, on: date, rows: int = PEOPLE) -> pa.Table:
    """As `people_table`, kept in `folder` for the next process; a file that cannot be read is made again."""
    path = folder / f"people-{_edition(on, rows)}.parquet"
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowException):
        table = people_table(on=on, rows=rows)
        _keep(table, path)
        return table


def _edition(on: date, rows: int) -> str:
    """Names what is made: another month, version or assumption is another file."""
    digest = hashlib.sha256(f"{__version__} {SEED} {rows} {day_of(on)}".encode())
    for path in sorted(FOLDER.rglob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _keep(table: pa.Table, path: Path) -> None:
    """Under another name first, so that a file with its own name is a whole one; those of other months go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(table, draft, compression="zstd")
    draft.replace(path)
    for other in path.parent.glob("people-*.parquet"):
        if other != path:
            other.unlink(missing_ok=True)
