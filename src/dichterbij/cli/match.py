"""`dichterbij match`: the nearest openings of each person, with every step of the bridge."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np
import pyarrow as pa

from dichterbij import __version__
from dichterbij.cli.bridge_run import (
    Progress,
    Run,
    bridge_options,
    cores,
    enough_memory,
    number,
    output_options,
    read_run,
    say,
    threads_option,
)
from dichterbij.cli.exposure_files import ending, write_beside
from dichterbij.engine import COLUMNS, Bridges, build_index
from dichterbij.engine.arrays import ROUTES
from dichterbij.engine.digest import engine_digest
from dichterbij.engine.exposure.counting import Exposure
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.block import step_columns
from dichterbij.engine.output.columns import Compact, Contract, Layout
from dichterbij.engine.output.compact import about_run
from dichterbij.engine.output.filling import Fill, blocks_of, fill_run, with_threads
from dichterbij.engine.output.groups import Made, Passed, groups_of
from dichterbij.engine.output.run_folder import RunFolder, run_folder
from dichterbij.engine.output.writing import Output, check_free, check_output, output
from dichterbij.engine.partitions.reading import read_manifest
from dichterbij.gateways.cluster.options import Cluster, cluster_options
from dichterbij.shared.errors import InputError


class Tally:
    """Counts bridges while they pass."""

    def __init__(self, total: int, exposure: Exposure, progress: Progress) -> None:
        self.rows = 0
        self.people = 0
        self.routes = np.zeros(len(ROUTES), dtype=np.int64)
        self.total, self.exposure, self.progress = total, exposure, progress

    def count(self, passed: Passed) -> None:
        """Count some people's bridges."""
        self.rows += len(passed.opening)
        self.people += passed.people
        self.routes += np.bincount(passed.route, minlength=len(ROUTES))
        self.exposure.add(passed.opening, passed.route, passed.position)
        self.progress("writing people", passed.until, self.total)

    def groups(self, made: Iterator[Made]) -> Iterator[pa.RecordBatch]:
        """The same row groups, counted."""
        for group, passed in made:
            yield group
            self.count(passed)

    def blocks(self, blocks: Iterator[Bridges]) -> Iterator[Bridges]:
        """The same blocks, counted."""
        for block in blocks:
            yield block
            if block.position is not None and len(block):
                people, opening = len(np.unique(block.person)), block.index.row_of[block.opening]
                self.count(Passed(int(block.person[-1]) + 1, people, opening, block.routes, block.position))

    def counts(self) -> dict[str, Any]:
        """What the record of the run says about the result."""
        return {
            "people_without_bridge": self.total - self.people,
            "rows": self.rows,
            "rows_per_route": dict(zip(ROUTES, self.routes.tolist(), strict=True)),
        }


@click.command("match")
@bridge_options
@output_options
@click.option("--top", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many a person.")
@threads_option
@click.option("--fresh", is_flag=True, help="Throw away what an interrupted run left, and begin again.")
@click.option("--compact", is_flag=True, help="Ids and numbers only, a Parquet file; `resolve` makes words of it.")
@cluster_options
@enough_memory()
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
    compact: bool,
    cluster: Cluster | None,
) -> None:
    """For each person the openings that are nearest: the route, the steps, and how long they take.

    A run that was stopped goes on where it was when the same command is given again.
    """
    folders = [folder for folder in (parameters, cluster and cluster.parts) if folder]
    check_output(out, [people, openings, *folders], ending(out))
    check_free(out)
    if cluster:
        read_manifest(cluster.parts)
    if compact and out.suffix.lower() != ".parquet":
        raise InputError(f"{out}: compact output is Parquet; name a file that ends in .parquet.")
    progress = Progress()
    run = read_run(people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=progress)
    with run.timed("index"):
        index = build_index(run.openings, run.parameters, seed=seed)
        matcher = Matcher(run.people, index, run.on, threads or cores())
    facts, width = facts_of(run, seed, top), min(top, len(index))
    with run_folder(out, facts, len(run.people), width, fresh=fresh) as folder, told_when_stopped(folder):
        fill = _on_cluster(cluster, run, parameters, seed, skip_bad_rows) if cluster else with_threads
        tasks = _fill(run, matcher, folder, fill, progress)
        with output(out, folder.path) as files:
            with run.timed("writing"):
                progress.begin("writing people", len(run.people))
                tally = Tally(len(run.people), Exposure(len(index), 0, top=top), progress)
                about = about_run(run.record("match", seed, {}, top=top), matcher)
                write_lists(files, matcher, folder, tally, about if compact else None)
                shown = write_beside(files, tally.exposure, run.openings, openings)
            if skip_bad_rows:
                files.write_rejected(run.bad)
            counts = tally.counts() | {"exposure": shown}
            engine = "dask" if cluster else "local"
            options = {"top": top, "compact": compact, "engine": engine, "threads": matcher.threads, **tasks}
            files.write_run(run.record("match", seed, counts, **options))
        folder.remove()
    say(_closing(tally, out))


def _closing(tally: Tally, out: Path) -> str:
    bridges, people = number(tally.rows, "bridge", "bridges"), number(tally.people, "person", "people")
    without = tally.total - tally.people
    return f"{bridges} of {people} in {out}" + (f"; {without:,} without any" if without else "")


def write_lists(
    files: Output, matcher: Matcher, folder: RunFolder, tally: Tally, about: Mapping[str, str] | None
) -> None:
    """The bridges of all lists, Parquet or JSON Lines by the ending; compact when `about` is given."""
    if files.out.suffix.lower() != ".parquet":
        files.write_bridges(tally.blocks(blocks_of(matcher, folder.lists, folder.forget_pages)), COLUMNS)
        return
    layout: Layout = Contract() if about is None else Compact(step_columns(matcher.index.parameters))
    made = groups_of(matcher, folder.lists, layout, folder.forget_pages)
    files.write_groups(tally.groups(made), layout.schema, about or {})


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
        "program": engine_digest(),
    }


def _on_cluster(cluster: Cluster, run: Run, own_parameters: Path | None, seed: int, skip_bad_rows: bool) -> Fill:
    """Who fills the lists on a Dask cluster, an extra."""
    from dichterbij.gateways.cluster.filling import on_cluster

    return on_cluster(
        cluster, run.parameters, own_parameters=own_parameters, openings=run.openings_path,
        openings_sha256=run.openings_sha256, people_sha256=run.people_sha256, on=run.on, seed=seed,
        skip_bad_rows=skip_bad_rows,
    )  # fmt: skip


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
    except (KeyboardInterrupt, MemoryError):
        if folder.done.any():
            say(f"What was worked out is kept in {folder.path}; the same command goes on from there.")
        raise
