"""`dichterbij schemes work` and `forget`: what a timer does for schemes, so that nobody has to press anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dichterbij.domains.schemes.actions import Worked

ACTOR = "dichterbij schemes"
Hold = Callable[[], AbstractContextManager[None]]


def turn() -> Worked:
    """One turn: decide what waits, bring it to the officers, send letters, do checks that were asked."""
    from django.utils import timezone

    from dichterbij.domains.post.queries import about_waiting
    from dichterbij.domains.schemes import actions
    from dichterbij.domains.schemes.actions import cases
    from dichterbij.gateways import outbox

    now = timezone.now()
    done = actions.work(actor=ACTOR, now=now)
    if any(about.startswith("AV-") for about in about_waiting()):
        outbox.send(actor=ACTOR, now=now, patient=True)
    cases.look_where_asked(actor=ACTOR, now=now)
    return done


@click.command("work")
@click.option("--every", type=click.IntRange(1, 3600), metavar="SECONDS", help="Go on, with so long between two turns.")
@click.pass_obj
def work(hold_database: Hold, every: int | None) -> None:
    """Decide every round in which somebody waits, and bring new applications and decisions to the officers.

    From a timer every minute, or once with --every. Repeatable; beside another one it does nothing twice.
    """
    import django

    django.setup()
    with hold_database():
        _tell(turn())
        while every:
            time.sleep(every)
            _tell(turn())


@click.command("forget")
@click.pass_obj
def forget(hold_database: Hold) -> None:
    """Delete addresses, account numbers and documents of who applied, when their term is over. Run it every night."""
    import django

    django.setup()
    from django.utils import timezone

    from dichterbij.domains.schemes.actions import cases, forget_contacts

    with hold_database():
        now = timezone.now()
        click.echo(f"{forget_contacts(actor=ACTOR, now=now) + cases.forget_documents(actor=ACTOR, now=now)} forgotten")


def _tell(done: Worked) -> None:
    for scheme, reason in done.left:
        click.echo(f"{scheme}: {reason}", err=True)
    taken = done.taken_in
    if taken.stuck:
        click.echo(f"no case yet, see the log: {', '.join(taken.stuck)}", err=True)
    if done.decided.decisions or done.decided.moved_up or taken.numbers or taken.proposals:
        click.echo(
            f"{done.decided.decisions:,} decided, {done.decided.grants:,} granted, {done.decided.moved_up:,} moved up; "
            f"{len(taken.numbers):,} new cases, {taken.proposals:,} proposals"
        )
