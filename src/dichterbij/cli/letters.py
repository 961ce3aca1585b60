"""`dichterbij letters`: mail and SMS that wait, that left perhaps, and sending them. Never shows an address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dichterbij.domains.post.queries import LetterRow

ACTOR = "dichterbij letters"
Hold = Callable[[], AbstractContextManager[None]]


@click.group()
def command() -> None:
    """Letters by mail and SMS: send what waits, and see what did not leave. Run `send` every quarter of an hour."""
    import django

    django.setup()


@command.command("send")
@click.pass_obj
def send(hold_database: Hold) -> None:
    """Try every letter that waits. Repeatable: what left never leaves again, also when two run at once."""
    from django.utils import timezone

    from dichterbij.gateways import outbox

    with hold_database():
        found = outbox.send(actor=ACTOR, now=timezone.now(), patient=True)
    unsure = f", {found.unsure} perhaps (see `dichterbij letters list`)" if found.unsure else ""
    refused = f", {found.refused} given up (see `dichterbij letters list --refused`)" if found.refused else ""
    click.echo(f"{found.sent} sent, {found.waiting} still waiting{unsure}{refused}")


@command.command("list")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many, oldest first.")
@click.option("--late", type=click.IntRange(1), metavar="MINUTES",
              help="End with 1 when a letter waits longer than this, or perhaps left: for a monitor.")  # fmt: skip
@click.option("--refused", is_flag=True, help="What was given up instead, newest first: it never leaves.")
@click.pass_obj
def list_letters(hold_database: Hold, limit: int, late: int | None, refused: bool) -> None:
    """What did not leave, oldest first; "unsure": whoever was sending it stopped, so it may have left."""
    from django.utils import timezone

    from dichterbij.domains.post.queries import given_up, left_behind, outbox

    now = timezone.now()
    with hold_database():
        found, rows = outbox(now=now), (given_up if refused else left_behind)(now=now, limit=limit)
    for row in rows:
        click.echo(_line(row))
    oldest = f", the oldest since {found.oldest:%Y-%m-%d %H:%M}" if found.oldest else ""
    click.echo(f"{found.waiting} waiting, {found.unsure} unsure{oldest}", err=True)
    is_late = found.oldest is not None and late is not None and found.oldest < now - timedelta(minutes=late)
    if late is not None and (is_late or found.unsure):
        raise SystemExit(1)


@command.command("again")
@click.argument("reference")
@click.pass_obj
def again(hold_database: Hold, reference: str) -> None:
    """Send the unsure letters about REFERENCE, knowing that whoever gets one may get it a second time."""
    from django.utils import timezone

    from dichterbij.domains.post.actions import send_again
    from dichterbij.gateways import outbox

    now = timezone.now()
    with hold_database():
        if not send_again(about=reference, actor=ACTOR, now=now):
            raise _nothing(reference)
        found = outbox.send(actor=ACTOR, now=now, about=reference, patient=True)
    click.echo(f"{found.sent} sent, {found.waiting} still waiting")


@command.command("left")
@click.argument("reference")
@click.pass_obj
def left(hold_database: Hold, reference: str) -> None:
    """Say that the unsure letters about REFERENCE did leave, as the mail server's log tells: they go nowhere again."""
    from django.utils import timezone

    from dichterbij.domains.post.actions import settle

    with hold_database():
        count = settle(about=reference, actor=ACTOR, now=timezone.now())
    if not count:
        raise _nothing(reference)
    click.echo(f"{count} kept as sent")


@command.command("drop")
@click.argument("reference")
@click.pass_obj
def drop(hold_database: Hold, reference: str) -> None:
    """End the letters about REFERENCE that wait: they never leave, and their address and text are gone."""
    from django.utils import timezone

    from dichterbij.domains.post import actions

    with hold_database():
        count = actions.drop(about=reference, actor=ACTOR, now=timezone.now())
    if not count:
        raise click.UsageError(f"{reference} has no letter that waits. `dichterbij letters list` shows what does.")
    click.echo(f"{count} given up")


def _line(row: LetterRow) -> str:
    step, since = f"{row.kind} {row.number}", f"{row.created_at:%Y-%m-%d %H:%M}"
    return f"{row.about}  {step:<14}  {row.channel}  {row.state:<8}  {since}  {row.tries} tries"


def _nothing(reference: str) -> click.UsageError:
    return click.UsageError(
        f"{reference} has no letter of which nobody knows whether it left. `dichterbij letters list` shows them; one "
        "that is being sent at this moment is not among them."
    )
