"""`dichterbij people-for`: the people within reach of one opening, grouped by what is needed and never ranked."""

from datetime import date
from pathlib import Path

import click

from dichterbij.cli.bridge_run import PAIRS, Progress, bridge_options, number, output_options, read_run, say
from dichterbij.engine import people_for
from dichterbij.engine.output.writing import check_output, output


@click.command("people-for")
@click.argument("opening_id")
@bridge_options
@output_options
@click.option(
    "--within-weeks", type=click.IntRange(min=0), default=4, show_default=True, help="Weeks before the start."
)
@click.option(
    "--within-steps", type=click.IntRange(min=0), default=2, show_default=True, help="Steps before the start."
)
def command(
    opening_id: str,
    people: Path,
    openings: Path,
    out: Path,
    within_weeks: int,
    within_steps: int,
    on: date | None,
    seed: int,
    parameters: Path | None,
    skip_bad_rows: bool,
) -> None:
    """Everybody whose bridge to OPENING_ID is within the limits, by number of steps and at random within that."""
    check_output(out, [people, openings, *([parameters] if parameters else [])])
    progress = Progress()
    run = read_run(
        people, openings, on=on, parameters=parameters, skip_bad_rows=skip_bad_rows, progress=progress, compiled=PAIRS
    )
    with run.timed("matching"):
        found, without = people_for(
            opening_id, run.people, run.openings, run.parameters,
            on=run.on, within_weeks=within_weeks, within_steps=within_steps, seed=seed,
        )  # fmt: skip
    with output(out) as files:
        with run.timed("writing"):
            files.write_bridges([found], found.columns())
        counts = {"people_without_bridge": without, "rows": len(found), "rows_per_route": found.route_counts()}
        if skip_bad_rows:
            files.write_rejected(run.bad)
        files.write_run(
            run.record(
                "people-for",
                seed,
                counts,
                opening_id=opening_id,
                within_weeks=within_weeks,
                within_steps=within_steps,
            )
        )
    say(f"{number(len(found), 'person', 'people')} in {out}")
