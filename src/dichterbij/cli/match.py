"""`dichterbij match`: the nearest openings of each person, with every step of the bridge."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np

from dichterbij import __version__
from dichterbij.cli.bridge_run import Progress, Run, bridge_options, output_options, read_run, say
from dichterbij.cli.exposure_files import write_beside
from dichterbij.engine import COLUMNS, Bridges, build_index
from dichterbij.engine.arrays import ROUTES
from dichterbij.engine.exposure import Exposure
from dichterbij.engine.filling import Fill, blocks_of, fill_run, with_threads
from dichterbij.engine.matching import Matcher
from dichterbij.engine.run_folder import RunFolder, engine_digest, run_folder
from dichterbij.engine.writing import check_output, output


class Tally:
    """Counts bridges while they pass."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.rows = 0
        self.people = 0
        self.routes = Counter(dict.fromkeys(ROUTES, 0))
        self.total, self.progress = total, progress

    def watch(self, blocks: Iterator[Bridges]) -> Iterator[Bridges]:
        """The same blocks, counted."""
        for block in blocks:
            self.rows += len(block)
            self.people += len(np.unique(block.person))
            self.routes.update(block.route_counts())
            yield block
            if len(block):
                self.progress("writing people", int(block.person[-1]) + 1, self.total)

    def counts(self) -> dict[str, Any]:
        """What the record of the run says about the result."""
        return {
            "people_without_bridge": self.total - self.people,
            "rows": self.rows,
            "rows_per_route": dict(self.routes),
        }


@click.command("match")
@bridge_options
@output_options
@click.option("--top", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many a person.")
@click.option("--threads", type=click.IntRange(min=1), help="Threads to work with; one a core unless given.")
@click.option("--fresh", is_flag=True, help="Throw away what an interrupted run left, and begin again.")
def command(
    people: Path,
    openings: Path,
    out: Path,
    top: int,
    on: date | None,
    seed: int,
    parameters: Path | None,
    skip_bad_rows: bool,
    threads: int | None,
    fresh: bool,
) -> None:
    """For each person the openings that are nearest: the route, the steps, and how long they take.

    A run that was stopped goes on where it was when the same command is given again.
    """
    check_output(out, [people, openings])
    progress = Progress()
    run = read_run(people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=progress)
    with run.timed("index"):
        index = build_index(run.openings, run.parameters, seed=seed)
        matcher = Matcher(run.people, index, run.on, threads or len(os.sched_getaffinity(0)))
    facts, width = facts_of(run, seed, top), min(top, len(index))
    with run_folder(out, facts, len(run.people), width, fresh=fresh) as folder, told_when_stopped(folder):
        tasks = _fill(run, matcher, folder, with_threads, progress)
        with output(out, folder.path) as files:
            with run.timed("writing"):
                tally = Tally(len(run.people), progress)
                exposure = Exposure(len(index), 0, top=top)
                files.write_bridges(tally.watch(exposure.watch(blocks_of(matcher, folder))), COLUMNS)
                shown = write_beside(files, exposure, run.openings, openings)
            if skip_bad_rows:
                files.write_rejected(run.bad)
            counts = tally.counts() | {"exposure": shown}
            files.write_run(run.record("match", seed, counts, top=top, threads=matcher.threads, **tasks))
        folder.remove()
    if progress.shown:
        say(f"{tally.rows:,} bridges of {tally.people:,} people in {out}")


def facts_of(run: Run, seed: int, top: int) -> dict[str, str | int]:
    """What the lists depend on; lists of another run are used only when all of it is the same."""
    return {
        "people": run.people_sha256,
        "openings": run.openings_sha256,
        "parameters": run.parameters.digest,
        "reference data": run.parameters.reference_digest,
        "date": run.on.isoformat(),
        "seed": seed,
        "top": top,
        "rows": len(run.people),
        "version": __version__,
        "engine": engine_digest(),
    }


def _fill(run: Run, matcher: Matcher, folder: RunFolder, fill: Fill, progress: Progress) -> dict[str, Any]:
    """Fill the lists of the folder; what the record says about it."""
    before = int(folder.done.sum())
    if before:
        say(f"Going on with an interrupted run: {before:,} of {len(folder.done):,} people were done.")
    progress.begin("matching people")
    with run.timed("matching"):
        count, done = fill_run(
            matcher, folder, fill, lambda done, total, share: progress("matching people", done, total, share)
        )
    return {"tasks": {"total": count, "resumed": done}, "resumed": before > 0}


@contextmanager
def told_when_stopped(folder: RunFolder) -> Iterator[None]:
    """Say where the work is kept when it is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        if folder.done.any():
            say(f"What was worked out is kept in {folder.path}; the same command goes on from there.")
        raise
