"""The demo's openings: the whole country, invented, and those of the story; loaded once, then left alone.

Or those of a file, also invented: to see the site with as many as the country has.
"""

import hashlib
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
from django.utils import timezone

from dichterbij import __version__
from dichterbij.domains.openings import actions, queries, rules
from dichterbij.synthetic import openings, story
from dichterbij.synthetic.assumptions import FOLDER

ORIGIN = "demo"
SEED = 2026
OPENINGS = 30_000
BLOCK = 15_000


def build(*, on: date, rows: int = OPENINGS) -> pa.Table:
    """The story's openings and `rows` more over all regions, in `rules.COLUMNS`; dates count from `on`."""
    blocks = [
        openings.block(SEED, number, first, min(BLOCK, rows - first), region="all", on=on, prefix="demo-")
        for number, first in enumerate(range(0, rows, BLOCK))
    ]
    return pa.concat_tables([story.openings_table(on), *(rules.whole_table(block) for block in blocks)])


def edition(*, on: date) -> str:
    """Names what `build` makes: another month, assumption, story or version is another edition."""
    digest = hashlib.sha256(f"{__version__} {SEED} {OPENINGS}".encode())
    for path in (*sorted(FOLDER.rglob("*.yaml")), story.FOLDER / "story.yaml"):
        digest.update(path.read_bytes())
    return f"{on} {digest.hexdigest()[:16]}"


def load_demo(*, now: datetime, keep_file: bool = False) -> actions.Delivery | None:
    """Put the demo's openings into the database; None, at once, when this month's are there already.

    `keep_file`: also None when those of a file are there.
    """
    if keep_file and file_loaded():
        return None
    on = timezone.localdate(now).replace(day=1)
    made = edition(on=on)
    if queries.latest_edition(origin=ORIGIN) == made:
        return None
    return actions.load_openings(actor="demo", openings=build(on=on), origin=ORIGIN, now=now, edition=made)


def load_file(path: Path, *, now: datetime) -> actions.Delivery | None:
    """Put a file's invented openings into the database in place of the demo's; None, at once, when they are there.

    InputError when one of them is not invented: real ones do not belong in a demo.
    """
    made = f"{path.name} {_digest(path)}"
    if queries.latest_edition(origin=ORIGIN) == made:
        return None
    return actions.load_openings(actor="demo", openings=path, origin=ORIGIN, now=now, edition=made, only_invented=True)


def file_loaded() -> str | None:
    """Name of the file whose openings are there in place of the demo's own."""
    name, _, _ = (queries.latest_edition(origin=ORIGIN) or "").rpartition(" ")
    return name if Path(name).suffix else None  # an edition of our own begins with a day


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
