"""`dichterbij messages`: what employers sent, where its letters are, and forgetting who sent it after the term."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dichterbij.domains.openings.queries import MessageRow

ACTOR = "dichterbij messages"
Hold = Callable[[], AbstractContextManager[None]]


@click.group()
def command() -> None:
    """Messages of employers about an opening: list them, forget who sent them."""
    import django

    django.setup()


@command.command("list")
@click.argument("reference", required=False)
@click.option("--waiting", is_flag=True, help="Only those with mail that did not leave yet.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many, newest first.")
@click.pass_obj
def list_messages(hold_database: Hold, reference: str | None, waiting: bool, limit: int) -> None:
    """Messages with their state, newest first, or the one with this REFERENCE. Never shows who sent them."""
    from dichterbij.domains.openings.queries import latest_messages
    from dichterbij.domains.openings.rules import read_reference

    wanted = read_reference(reference) if reference else None
    if reference and not wanted:
        raise click.UsageError(f"{reference} is no reference; they look like DB-7K4M-2Q, and one letter is wrong here.")
    with hold_database():
        rows = latest_messages(limit=limit, only_waiting=waiting, reference=wanted)
    for row in rows:
        click.echo(_line(row))
    click.echo(f"{len(rows)} messages", err=True)


@command.command("forget")
@click.option("--dry-run", is_flag=True, help="Only tell whose term is over.")
@click.pass_obj
def forget(hold_database: Hold, dry_run: bool) -> None:
    """Delete who sent a message, and what they wrote in their own words, when its term is over."""
    from django.utils import timezone

    from dichterbij.domains.openings.actions import forget_senders

    with hold_database():
        found = forget_senders(actor=ACTOR, now=timezone.now(), dry_run=dry_run)
    for reference in found.references:
        click.echo(reference)
    click.echo(f"{len(found.references)} {'would be forgotten' if dry_run else 'forgotten'}", err=True)


@command.command("desks")
@click.pass_obj
def desks(hold_database: Hold) -> None:
    """Regions of which the desk for employers takes no hand-overs here: what employers send there goes by mail."""
    from django.utils import timezone

    from dichterbij.domains.referral.queries.employers import regions_without_desk

    with hold_database():
        without = regions_without_desk(on=timezone.localdate())
    for code in without:
        click.echo(code)
    click.echo(f"{len(without)} regions without a desk here", err=True)


def _line(row: MessageRow) -> str:
    state = "withdrawn" if row.withdrawn_at else f"to the desk: {row.letter('desk')}, copy: {row.letter('copy')}"
    return f"{row.reference}  {row.placed_at:%Y-%m-%d %H:%M}  {row.region_code}  {state}  {row.title}"
