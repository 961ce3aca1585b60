"""`dichterbij synth`: invented people and openings, calibrated on public figures."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from dichterbij.synthetic import files

DEFAULT_DATE = "2026-12-01"


def _progress(name: str, done: int, total: int) -> None:
    end = "\r" if done < total and sys.stderr.isatty() else "\n"
    if end == "\n" and done < total:
        return
    click.echo(f"{name}: {done:,} of {total:,}", err=True, nl=False)
    click.echo(end, err=True, nl=False)


def _day(_context: click.Context, _option: click.Parameter, value: datetime) -> date:
    return value.date()


@click.command()
@click.option("--people", type=click.IntRange(0, 9_999_999), default=1_000, show_default=True, help="How many people.")
@click.option(
    "--openings", type=click.IntRange(0, 9_999_999), default=5_000, show_default=True, help="How many openings."
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Same seed, same rows.")
@click.option("--region", default="all", show_default=True, help="A labour-market region (AM01..AM38), or all.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for people.* and openings.*."
)
@click.option("--format", "form", type=click.Choice(files.FORMATS), default="parquet", show_default=True)
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), default=DEFAULT_DATE, show_default=True, callback=_day)
@click.option("--report", is_flag=True, help="Also match them, and tell how near work is and for whom (report.md).")
def command(people: int, openings: int, seed: int, region: str, out: Path, form: str, on: date, report: bool) -> None:
    """Make invented people and openings: real postcodes, occupations and skills; nobody in it exists."""
    if report and not (people and openings):
        raise click.UsageError("--report compares people with openings: ask for at least one of each, or leave it out.")
    order = files.Order(seed=seed, region=region, on=on)
    paths = files.write(out, order, number_of_people=people, number_of_openings=openings, form=form, progress=_progress)
    for path in paths:
        click.echo(path)
    if report:
        _report(*paths, on)


def _report(people: Path, openings: Path, on: date) -> None:
    """Imported here: without --report nobody waits for the engine."""
    from dichterbij.cli.bridge_run import tell_first_time
    from dichterbij.synthetic.report import report

    tell_first_time()
    click.echo("report: matching", err=True)
    path = people.with_name("report.md")
    path.write_text(report(people, openings, on=on), encoding="utf-8")
    click.echo(path)
