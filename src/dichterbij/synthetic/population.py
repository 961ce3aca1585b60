"""The invented people whom an opening is counted against: the whole country, one seed, the same every time."""

from datetime import date

import pyarrow as pa

from dichterbij.synthetic import people

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
