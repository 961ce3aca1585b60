"""`dichterbij handovers`: remind and move up what got no answer in time; take over those of an old system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dichterbij.domains.referral.rules.importing import Fault

ACTOR = "dichterbij handovers"
MOST_FAULTS = 500
Hold = Callable[[], AbstractContextManager[None]]


@click.group()
def command() -> None:
    """Hand-overs between desks: watch their terms (run `remind` every working day), take over an old system's."""
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
        post = outbox.send(actor=ACTOR, now=timezone.now(), patient=True)
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


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--organisation", required=True, help="Whose they are: its id or name (`dichterbij account organisations`)."
)
@click.option("--dry-run", is_flag=True, help="Only check every line, and tell what would be made.")
@click.pass_obj
def import_file(hold_database: Hold, file: Path, organisation: str, dry_run: bool) -> None:
    """Take over the hand-overs of an old system from FILE (CSV). Every line is checked before the first is kept.

    Repeatable: a number that is there stays as it is, so a run that was stopped is given once more. No letter leaves.
    """
    from django.utils import timezone

    from dichterbij.cli.bridge_run import Progress
    from dichterbij.cli.handovers_file import organisations_by_name, read_file
    from dichterbij.domains.referral.actions import importing

    now = timezone.now()
    with hold_database():
        named = organisations_by_name()
        mine = named(organisation)
        if mine is None:
            raise click.UsageError(f"{organisation!r} is no organisation here, or more than one has that name.")
        lines, faults = read_file(file, today=timezone.localdate(now))
        placed, wrong = importing.place(lines, organisation=mine.id, named=named)
        _tell_faults(sorted([*faults, *wrong], key=lambda fault: fault.line))
        if dry_run:
            there = importing.there_already(placed, organisation=mine.id)
            click.echo(f"{len(placed) - there} would be made, {there} are there already")
            return
        progress = Progress()
        done = importing.import_handovers(
            placed, organisation=mine.id, actor=ACTOR, now=now, told=lambda n: progress("hand-overs", n, len(placed))
        )
    click.echo(f"{done.made} made, {done.there} were there already")


def _tell_faults(faults: Sequence[Fault]) -> None:
    """Everything that is wrong, and then the end: nothing was kept."""
    for fault in faults[:MOST_FAULTS]:
        click.echo(str(fault))
    if faults:
        more = f" (the first {MOST_FAULTS} are shown)" if len(faults) > MOST_FAULTS else ""
        raise click.ClickException(f"{len(faults)} mistakes{more}. Nothing was made; mend the file and give it again.")
