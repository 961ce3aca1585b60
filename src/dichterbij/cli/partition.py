"""`dichterbij partition`: people as a folder of parts by home, each checked and with its place in the file."""

from datetime import date
from pathlib import Path

import click

from dichterbij import __version__
from dichterbij.cli.bridge_run import Day, Progress, number, say
from dichterbij.cli.inputs import check_input, skipping_mentioned
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import read_people
from dichterbij.engine.partitions.writing import check_folder, rejected_beside, write_parts


@click.command("partition")
@click.option("--people", required=True, type=click.Path(path_type=Path), help="People: .parquet or .jsonl.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to make.")
@click.option("--rows", type=click.IntRange(min=1), default=20_000, show_default=True, help="At most so many a part.")
@click.option("--date", "on", type=Day(), help="The day whose parameters count; today unless given.")
@click.option("--parameters", type=click.Path(path_type=Path), help="A folder with parameters of your own.")
@click.option("--skip-bad-rows", is_flag=True, help="Set rows that cannot be used apart and go on.")
def command(people: Path, out: Path, rows: int, on: date | None, parameters: Path | None, skip_bad_rows: bool) -> None:
    """Cut people into parts of neighbours, for a cluster; every row is checked now."""
    check_input(people, "people")
    check_folder(out, people)
    loaded = load_parameters(on=on or date.today(), directory=parameters)  # noqa: DTZ011 - the user's own day
    progress = Progress()
    with skipping_mentioned(people):
        found = read_people(people, loaded, skip_bad_rows=skip_bad_rows, progress=progress)
    parts = write_parts(out, found, loaded, source=people, rows=rows, version=__version__, rejected=skip_bad_rows)
    if not skip_bad_rows:
        rejected_beside(out).unlink(missing_ok=True)  # of earlier parts under this name
    if found.bad:
        say(
            f"{len(found.bad):,} bad rows are set apart in {rejected_beside(out)}; the first: {found.bad[0].sentence()}"
        )
    say(f"{number(len(found.table), 'person', 'people')} in {number(parts, 'part', 'parts')} in {out}")
