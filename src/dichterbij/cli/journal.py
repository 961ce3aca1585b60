"""`dichterbij journal`: is the log still as it was written, and what of it is past its term?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dichterbij.domains.journal.queries import Fault

Hold = Callable[[], AbstractContextManager[None]]
ACTOR = "dichterbij journal"
WORDS = {
    "changed": "event {event} (place {place}) was changed after it was written",
    "removed": "event {event} (place {place}) was removed",
    "gap": "places before {place} were removed from the chain",
    "loose": "event {event} has no place in the chain",
    "other_head": "the chain does not hold the head you kept (place {place}): it was cut off or made anew",
}


@click.group()
def command() -> None:
    """The log of what happened: every event is tied to the one before it."""
    import django

    django.setup()


@command.command()
@click.option("--head", "kept", help="A head this command printed before, kept elsewhere: it must still be there.")
@click.pass_obj
def verify(hold_database: Hold, kept: str | None) -> None:
    """Look through the whole log; prints its head, to keep elsewhere. Exit code 1 when something was changed."""
    from dichterbij.domains.journal import queries

    head = queries.read_head(kept) if kept else None
    with hold_database():
        found = queries.verify(kept=head)
    for fault in found.faults:
        click.echo(_told(fault), err=True)
    click.echo(str(found.head or "0:"))
    click.echo(f"{found.links} events, {'all' if not found.faults else 'NOT'} as they were written", err=True)
    if found.faults:
        sys.exit(1)


@command.command()
@click.option("--dry-run", is_flag=True, help="Only tell how many would be forgotten.")
@click.pass_obj
def forget(hold_database: Hold, dry_run: bool) -> None:
    """Delete lines of whose data were used when their term is over; prints how many. What was done stays."""
    from django.utils import timezone

    from dichterbij.domains.journal.actions import forget_uses

    with hold_database():
        found = forget_uses(actor=ACTOR, now=timezone.now(), dry_run=dry_run)
    click.echo(str(found.count))
    done = "would be forgotten" if dry_run else "forgotten"
    click.echo(f"{found.count} uses of data of before {found.before} {done}", err=True)


def _told(fault: Fault) -> str:
    return WORDS[fault.kind.value].format(place=fault.place, event=fault.event)
