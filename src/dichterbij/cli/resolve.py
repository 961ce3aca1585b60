"""`dichterbij resolve`: the full output of a compact one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import numpy as np
import pyarrow as pa

from dichterbij.cli.bridge_run import PAIRS, Progress, Run, cores, enough_memory, number, read_run, say, threads_option
from dichterbij.engine import COLUMNS, build_index
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.columns import Contract
from dichterbij.engine.output.compact import CompactFile
from dichterbij.engine.output.filling import blocks_of
from dichterbij.engine.output.groups import Made, groups_of
from dichterbij.engine.output.writing import check_output, output

_FILE = click.Path(path_type=Path)


@click.command("resolve")
@click.argument("compact", type=_FILE)
@click.option("--people", required=True, type=_FILE, help="The people of that run.")
@click.option("--openings", required=True, type=_FILE, help="The openings of that run.")
@click.option("--out", required=True, type=_FILE, help="Result: .parquet or .jsonl.")
@click.option("--parameters", type=_FILE, help="The folder with parameters of that run, if it had its own.")
@click.option("--skip-bad-rows", is_flag=True, help="When that run set bad rows apart.")
@threads_option
@enough_memory()
def command(
    compact: Path,
    people: Path,
    openings: Path,
    out: Path,
    parameters: Path | None,
    skip_bad_rows: bool,
    threads: int | None,
) -> None:
    """The output that `match` without --compact would have written for the run of COMPACT."""
    check_output(out, [compact, people, openings, *([parameters] if parameters else [])])
    file, progress = CompactFile.of(compact), Progress()
    on, seed = date.fromisoformat(file.about["date"]), int(file.about["seed"])
    run = read_run(
        people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=progress, compiled=PAIRS
    )
    check_inputs(file, run)
    matcher = Matcher(run.people, build_index(run.openings, run.parameters, seed=seed), on, threads or cores())
    lists = file.lists(run.people, matcher)
    progress.begin("writing people", len(run.people))
    with output(out) as files:
        with run.timed("writing"):
            if out.suffix.lower() == ".parquet":
                files.write_groups(_watched(groups_of(matcher, lists, Contract()), progress), Contract.schema, {})
            else:
                files.write_bridges(blocks_of(matcher, lists), COLUMNS)
        counts = {
            "rows": int((lists >= 0).sum()),
            "people_without_bridge": int((np.max(lists, axis=1, initial=-1) < 0).sum()),
        }
        files.write_run(run.record("resolve", seed, counts, top=file.about["top"], compact=str(compact)))
    say(f"{number(counts['rows'], 'bridge', 'bridges')} in {out}")


def check_inputs(file: CompactFile, run: Run) -> None:
    """InputError when the run of the file had other inputs."""
    file.check(
        people=run.people_sha256,
        openings=run.openings_sha256,
        parameters=run.parameters.digest,
        reference_data=run.parameters.reference_digest,
    )


def _watched(made: Iterator[Made], progress: Progress) -> Iterator[pa.RecordBatch]:
    """The row groups, reported while they pass."""
    for group, passed in made:
        yield group
        progress("writing people", passed.until)
