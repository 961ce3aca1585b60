"""`dichterbij handovers`: remind and move up what got no answer in time, and send letters that wait."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import click

ACTOR = "dichterbij handovers"
Hold = Callable[[], AbstractContextManager[None]]


@click.group()
def command() -> None:
    """Hand-overs between desks: watch their terms, send mail that waits. Run `remind` every working day."""
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

    with hold_database():
        done = watch_terms(now=timezone.now())
        sent, waiting = _send()
    for what, references in (("reminded", done.reminded), ("moved up", done.escalated), ("dead end", done.dead_ends),
                             ("not moved: see the log", done.failed)):  # fmt: skip
        for reference in references:
            click.echo(f"{reference}  {what}")
    click.echo(
        f"{len(done.reminded)} reminded, {len(done.escalated)} moved up, {len(done.dead_ends)} dead ends; "
        f"{sent} letters sent, {waiting} still waiting",
        err=True,
    )
    if done.failed:
        raise SystemExit(1)


@command.command("send")
@click.pass_obj
def send(hold_database: Hold) -> None:
    """Try every letter that did not leave yet. Repeatable: what left never leaves again."""
    with hold_database():
        sent, waiting = _send()
    click.echo(f"{sent} sent, {waiting} still waiting")


def _send() -> tuple[int, int]:
    from django.core.mail import EmailMessage
    from django.utils import timezone

    from dichterbij.domains.referral.actions import send_letters

    def transport(recipient: str, subject: str, text: str) -> None:
        EmailMessage(subject=" ".join(subject.split()), body=text, to=[recipient]).send()

    found = send_letters(actor=ACTOR, transport=transport, now=timezone.now())
    return found.sent, found.waiting
