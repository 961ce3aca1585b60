"""`dichterbij people`: forgetting people when the term is over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import click

ACTOR = "dichterbij people"
Hold = Callable[[], AbstractContextManager[None]]


@click.group()
def command() -> None:
    """People looking for work. Names are on no command line: pages show them to whoever may see them."""
    import django

    django.setup()


@command.command()
@click.option("--dry-run", is_flag=True, help="Only tell who would be forgotten.")
@click.pass_obj
def forget(hold_database: Hold, dry_run: bool) -> None:
    """Delete people whom no organisation may see any more, when the term after that is over; prints their numbers."""
    from django.utils import timezone

    from dichterbij.domains.people.actions import forget_people

    with hold_database():
        found = forget_people(actor=ACTOR, now=timezone.now(), dry_run=dry_run)
    for person in found.people:
        click.echo(str(person))
    click.echo(f"{len(found.people)} {'would be forgotten' if dry_run else 'forgotten'}", err=True)
