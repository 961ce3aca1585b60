"""`dichterbij exposure`: how often each opening of a run is shown, which nobody sees, and why."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from dichterbij.cli.bridge_run import Day, Progress, read_run
from dichterbij.cli.exposure_files import exposure_of_file, write
from dichterbij.cli.exposure_labels import labels_of
from dichterbij.cli.exposure_table import lines
from dichterbij.cli.inputs import check_input, skipping_mentioned
from dichterbij.cli.run_record import RunRecord
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import Openings, read_openings
from dichterbij.engine.exposure.counting import Exposure, exposure_of, summary
from dichterbij.engine.exposure.reasons import SAMPLE, Reason, columns_of, counted, reasons
from dichterbij.engine.matching import matcher_of
from dichterbij.engine.output.writing import check_output, output

DEFAULT_TOP = 50
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("exposure")
@click.option("--matches", type=FILE, help="Output of `match`: .parquet or .jsonl; without it the lists are made now.")
@click.option("--openings", required=True, type=FILE, help="The openings of the lists.")
@click.option("--people", type=click.Path(path_type=Path, exists=True),
              help="The people, a file or a folder of parts: then also why nobody sees an opening.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="A row an opening: .parquet or .jsonl.")
@click.option("--date", "on", type=Day(), help="The day of the run; as its run.json says unless given.")
@click.option("--top", type=click.IntRange(min=1), help="Openings a person; likewise.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Draws the openings looked at.")
@click.option("--sample", type=click.IntRange(min=0), default=SAMPLE, show_default=True,
              help="Openings that nobody sees of which the reason is looked for.")  # fmt: skip
@click.option("--parameters", type=click.Path(path_type=Path), help="A folder with parameters of your own.")
@click.option("--skip-bad-rows", is_flag=True, help="Leave rows out that cannot be used.")
@click.option("--json", "as_json", is_flag=True, help="The numbers as JSON.")
def command(
    matches: Path | None,
    openings: Path,
    people: Path | None,
    out: Path | None,
    on: date | None,
    top: int | None,
    seed: int,
    sample: int,
    parameters: Path | None,
    skip_bad_rows: bool,
    as_json: bool,
) -> None:
    """How often each opening stands on a list: per route, sector and region; which nobody sees, and why."""
    if matches is None and people is None:
        raise click.UsageError("Give --matches (lists that were made), --people (to make them now), or both.")
    if out:
        check_output(out, [path for path in (matches, openings, people, parameters) if path])
    said = RunRecord.of(matches) if matches else None
    if said:
        on, top = on or said.on, top or said.top
    top = top or DEFAULT_TOP
    found: list[Reason] = []
    if people:
        progress = Progress()
        run = read_run(people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=progress)
        if said:
            said.check(people=run.people_sha256, openings=run.openings_sha256)
        matcher = matcher_of(run.people, run.openings, run.parameters, on=run.on, seed=seed, threads=None)
        table = run.openings
        if matches:
            exposure = exposure_of_file(matches, table, run.people, top=top)
        else:
            total = len(run.people)
            exposure = exposure_of(matcher, top=top, progress=lambda done: progress("matching people", done, total))
        found = reasons(matcher, exposure, seed=seed, sample=sample)
    elif matches and said:
        loaded = load_parameters(on=on or date.today(), directory=parameters)  # noqa: DTZ011 - the user's own day
        check_input(openings, "openings")
        with skipping_mentioned(openings):
            offered = read_openings(openings, loaded, skip_bad_rows=skip_bad_rows)
        said.check(openings=offered.digest)
        table = offered.table
        exposure = exposure_of_file(matches, table, None, top=top)
    labels = labels_of(openings, table)
    told = summary(exposure, table, labels)
    if out:
        _write(out, table, exposure, labels, found if people else None)
    record = told.record() | ({"unseen": counted(found)} if people else {})
    click.echo(json.dumps(record, indent=2) if as_json else "\n".join(lines(told, found if people else None)))


def _write(
    out: Path, openings: Openings, exposure: Exposure, labels: Mapping[str, Any], found: list[Reason] | None
) -> None:
    table = exposure.table(openings.ids, labels)
    for name, values in columns_of(found, openings).items() if found is not None else ():
        table = table.append_column(name, values)
    with output(out) as files:
        write(files.path(out), table, as_parquet=out.suffix.lower() == ".parquet")
