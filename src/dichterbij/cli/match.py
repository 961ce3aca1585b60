"""`dichterbij match`: the nearest openings of each person, with every step of the bridge."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import numpy as np

from dichterbij.cli.bridge_run import Progress, bridge_options, output_options, read_run, say
from dichterbij.engine import COLUMNS, Bridges, match
from dichterbij.engine.arrays import ROUTES
from dichterbij.engine.writing import check_output, output


class Tally:
    """Counts bridges while they pass."""

    def __init__(self) -> None:
        self.rows = 0
        self.people = 0
        self.routes = Counter(dict.fromkeys(ROUTES, 0))

    def watch(self, blocks: Iterator[Bridges]) -> Iterator[Bridges]:
        """The same blocks, counted."""
        for block in blocks:
            self.rows += len(block)
            self.people += len(np.unique(block.person))
            self.routes.update(block.route_counts())
            yield block


@click.command("match")
@bridge_options
@output_options
@click.option("--top", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many a person.")
def command(
    people: Path,
    openings: Path,
    out: Path,
    top: int,
    on: date | None,
    seed: int,
    parameters: Path | None,
    skip_bad_rows: bool,
) -> None:
    """For each person the openings that are nearest: the route, the steps, and how long they take."""
    check_output(out, [people, openings])
    progress, tally = Progress(), Tally()
    run = read_run(people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=progress)
    with output(out) as files:
        with run.timed("matching_and_writing"):
            total = len(run.people)
            blocks = match(
                run.people, run.openings, run.parameters, on=run.on, top=top, seed=seed,
                progress=lambda done: progress("matching people", done, total),
            )  # fmt: skip
            files.write_bridges(tally.watch(blocks), COLUMNS)
        counts = {
            "people_without_bridge": total - tally.people,
            "rows": tally.rows,
            "rows_per_route": dict(tally.routes),
        }
        if skip_bad_rows:
            files.write_rejected(run.bad)
        files.write_run(run.record("match", seed, counts, top=top))
    if progress.shown:
        say(f"{tally.rows:,} bridges of {tally.people:,} people in {out}")
