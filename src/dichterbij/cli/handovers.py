"""`dichterbij handovers`: remind and move up what got no answer in time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import click

ACTOR = "dichterbij handovers"
Hold = Callable[[], AbstractContextManager[None]]


@click.group()
def command() -> None:
    """Hand-overs between desks: watch their terms. Run `remind` every working day."""
    import django

    django.setup()


@command.command("remind")
@click.pass_obj
def remind(hold_database: Hold) -> None:
    """Remind who must answer by tomorrow, move up what got no answer, and send the letters. Repeatable.

    Ends with 1 when one could not be moved; the others were.
    """
    from django.utils import timezone

    from dichterbij.domains.referral.actions import watch_terms
    from dichterbij.gateways import outbox

    with hold_database():
        done = watch_terms(now=timezone.now())
        post = outbox.send(actor=ACTOR, now=timezone.now())
    for what, references in (("reminded", done.reminded), ("moved up", done.escalated), ("dead end", done.dead_ends),
                             ("not moved: see the log", done.failed)):  # fmt: skip
        for reference in references:
            click.echo(f"{reference}  {what}")
    click.echo(
        f"{len(done.reminded)} reminded, {len(done.escalated)} moved up, {len(done.dead_ends)} dead ends; "
        f"{post.sent} letters sent, {post.waiting} still waiting",
        err=True,
    )
    if done.failed:
        raise SystemExit(1)
