"""`dichterbij access`: programs that prove who they are with a key, to do more in the API than anybody may."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from uuid import UUID

import click

Hold = Callable[[], AbstractContextManager[None]]
DAY = click.DateTime(["%Y-%m-%d"])
until = click.option("--until", type=DAY, required=True, help="The first day on which the key works no more.")


@contextmanager
def _database(hold: Hold) -> Iterator[None]:
    import django

    django.setup()
    with hold():
        yield


@click.group("access")
def command() -> None:
    """Programs with a key. A key is shown once: put it where only that program reads it."""


@command.command()
@click.option("--name", required=True, help="Which program it is, as the list shows it.")
@click.option("--organisation", required=True, help="Whose it is: an id or a name; see `account organisations`.")
@click.option("--right", "rights", multiple=True, required=True, help="What it may do; give it again for another.")
@until
@click.pass_obj
def add(hold: Hold, name: str, organisation: str, rights: tuple[str, ...], until: datetime) -> None:
    """Give a program a key; prints its id and the key. Rights: carry_out_scheme, audit_money."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.cli.accounts import organisation_of
        from dichterbij.domains.accounts import actions

        made = actions.add_program(
            name=name.strip(), organisation=organisation_of(organisation), rights=rights, ends_on=until.date(),
            now=timezone.now(),
        )  # fmt: skip
    _show(made.program, made.key)


@command.command("list")
@click.pass_obj
def list_programs(hold: Hold) -> None:
    """Every program, as JSON Lines; never a key."""
    with _database(hold):
        from dichterbij.domains.accounts import queries

        for row in queries.programs():
            told = {"id": str(row.id), "name": row.name, "organisation": row.organisation, "rights": row.rights,
                    "until": f"{row.ends_on}", "ended": row.ended_at and f"{row.ended_at:%Y-%m-%d}"}  # fmt: skip
            click.echo(json.dumps(told, ensure_ascii=False))


@command.command()
@click.argument("program", type=click.UUID)
@until
@click.pass_obj
def renew(hold: Hold, program: UUID, until: datetime) -> None:
    """Give a program a new key with a new end; its former key works no more."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.accounts import actions

        made = actions.renew_program(program=program, ends_on=until.date(), now=timezone.now())
    _show(made.program, made.key)


@command.command()
@click.argument("program", type=click.UUID)
@click.pass_obj
def end(hold: Hold, program: UUID) -> None:
    """End a program: its key works no more, from now on."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.accounts import actions

        actions.end_program(program=program, now=timezone.now())
    click.echo("It is ended.", err=True)


def _show(program: UUID, key: str) -> None:
    click.echo("Keep the key now: it is shown this once.", err=True)
    click.echo(f"{program} {key}")
