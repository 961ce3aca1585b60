"""The `dichterbij` command: the command line plus the commands that only the composition root can offer."""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dichterbij import cli
from dichterbij.bootstrap import stopping

if TYPE_CHECKING:
    from dichterbij.domains.openings.actions import Delivery


def main() -> None:
    """Entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")
    for command in (migrate, load_demo, demo, backup, restore):
        cli.group.add_command(command)
    stopping.once()
    cli.main(_database)


def _database() -> AbstractContextManager[None]:
    from dichterbij.bootstrap import database, settings

    return database.available(settings.HOME)


def _setup() -> None:
    import django

    django.setup()


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date (embedded server, or DATABASE_URL)."""
    from django.core.management import call_command

    from dichterbij.bootstrap import database, settings

    _setup()
    with database.available(settings.HOME):
        call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)


@click.command("load-demo")
@click.option(
    "--openings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Invented openings of this file in place of the demo's own, as `dichterbij synth` makes them.",
)
def load_demo(openings: Path | None) -> None:
    """Put invented openings into the database, and make them ready for the site (does nothing when they are there).

    Without --openings the demo's own, also in place of those of a file; `demo` leaves those of a file as they are.
    """
    if openings:
        from dichterbij.cli.inputs import check_input

        check_input(openings, "openings")
    from dichterbij.bootstrap import database, settings

    _setup()
    from dichterbij.bootstrap.demo import load_data

    with database.available(settings.HOME):
        done = load_data(openings)
    click.echo(_told(done) if done else "These openings were there already; nothing was changed.", err=True)


def _told(done: "Delivery") -> str:
    new = f"{done.added:,} openings added, {done.changed:,} changed"
    return f"{new}, {done.unchanged:,} as they were, {done.closed:,} closed"


@click.command("demo")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), envvar="PORT")
def demo(port: int) -> None:
    """Set up everything that is missing and show the site on this machine."""
    os.environ["DICHTERBIJ_DEMO"] = "1"
    from dichterbij.bootstrap.demo import run

    run(port=port)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the whole database to a new FILE. It holds personal data: keep it where few can read it."""
    from dichterbij.bootstrap import backup as copying
    from dichterbij.bootstrap import database, settings

    with database.available(settings.HOME):
        size = copying.back_up(database.url(settings.HOME), file)
    click.echo(f"{file}: {size / 1e6:.1f} MB", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database from FILE of `dichterbij backup`, and look through the log of what happened."""
    from dichterbij.bootstrap import backup as copying
    from dichterbij.bootstrap import database, settings

    _setup()
    from dichterbij.domains.journal.queries import verify

    with database.available(settings.HOME):
        address = database.url(settings.HOME)
        copying.put_back(address, file)
        rows = copying.rows_per_table(address)
        chain = verify()
    click.echo(f"{len(rows)} tables, {sum(rows.values())} rows, {chain.links} events in the log", err=True)
    click.echo(str(chain.head or "0:"))
    if chain.faults:
        click.echo("The log is NOT as it was written: `dichterbij journal verify` says where.", err=True)
        sys.exit(1)
