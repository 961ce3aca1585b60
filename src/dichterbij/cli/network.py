"""`dichterbij network`: forgetting people at work and own words when the term is over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import click

ACTOR = "dichterbij network"
Hold = Callable[[], AbstractContextManager[None]]


@click.group()
def command() -> None:
    """National employers and contact persons of regions. Names are on no command line."""
    import django

    django.setup()


@command.command()
@click.option("--dry-run", is_flag=True, help="Only tell what would be forgotten.")
@click.pass_obj
def forget(hold_database: Hold, dry_run: bool) -> None:
    """Delete contact persons who ended, addresses of mailings and own words when their term is over; prints numbers."""
    from django.utils import timezone

    from dichterbij.domains.network.actions import forget_network

    with hold_database():
        found = forget_network(actor=ACTOR, now=timezone.now(), dry_run=dry_run)
    for kind, numbers in found.rows.items():
        for number in numbers:
            click.echo(f"{kind} {number}")
    click.echo(f"{found.count} {'would be forgotten' if dry_run else 'forgotten'}", err=True)
