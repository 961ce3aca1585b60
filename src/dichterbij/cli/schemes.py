"""`dichterbij schemes`: schemes as data, opening a round, deciding in order, deciding it all again, and trying out."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dichterbij.cli import schemes_draws, schemes_interviews, schemes_work

if TYPE_CHECKING:
    from dichterbij.domains.schemes.queries import ReceiptRow, RoundRow

ACTOR = "dichterbij schemes"
Hold = Callable[[], AbstractContextManager[None]]
DAY = click.DateTime(["%Y-%m-%d"])
MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"])
at_moment = click.option("--at", type=MOMENT, help="In the round that took applications at this moment (Dutch time).")
with_choices = click.option(
    "--choice", "choices", type=(str, str), multiple=True, metavar="QUESTION ANSWER",
    help="Another answer to a question that the documents leave open, such as: order draw.",
)  # fmt: skip
as_json = click.option("--json", "is_json", is_flag=True, help="For machines: one JSON value per line.")


@click.group()
def command() -> None:
    """Scarce money. A timer runs `work` every minute while a round is open, and `forget` every night."""


command.add_command(schemes_work.work)
command.add_command(schemes_work.forget)
command.add_command(schemes_interviews.interviews)
for _one in (schemes_draws.score, schemes_draws.publish_list, schemes_draws.draw, schemes_draws.ranking):
    command.add_command(_one)


def _setup() -> None:
    import django

    django.setup()


@command.command("list")
@as_json
@click.pass_obj
def list_schemes(hold_database: Hold, is_json: bool) -> None:
    """Every scheme as it is today, and the rounds that were opened."""
    _setup()
    from dichterbij.domains.schemes import queries
    from dichterbij.domains.schemes.rules import schemes

    with hold_database():
        rounds = queries.rounds()
    for one in schemes(_today()):
        told = {"scheme": one.slug, "version": one.version.isoformat(), "title": one.title.en}
        click.echo(json.dumps(told) if is_json else f"{one.slug:<34} {one.version}  {one.title.en}")
    for row in rounds:
        click.echo(_json(row) if is_json else _line(row))


@command.command("show")
@click.argument("scheme")
@as_json
@click.pass_obj
def show(hold_database: Hold, scheme: str, is_json: bool) -> None:
    """The rounds of SCHEME: what is granted, what is left, and how many got which reason."""
    _setup()
    from dichterbij.domains.schemes import queries

    with hold_database():
        rows = queries.rounds(scheme=scheme)
    if not rows:
        raise click.UsageError(f"{scheme} has no round. `dichterbij schemes open` opens one.")
    for row in rows:
        click.echo(_json(row) if is_json else _line(row))
        for reason, count in () if is_json else row.reasons.items():
            click.echo(f"  {reason:<28} {count:>9,}")


@command.command("open")
@click.argument("scheme")
@click.option("--source", required=True, metavar="ACCOUNT", help="Where the money is now, such as free:ddd:2026.")
@click.option("--account", required=True, metavar="ACCOUNT", help="Where it is reserved: reserved:ddd:2026::SCHEME.")
@click.option("--ceiling-cents", type=click.IntRange(1), help="In place of the ceiling that the scheme names.")
@click.option("--objections-cents", type=click.IntRange(0), default=0, help="Held back beside it for won objections.")
@click.option("--on", type=DAY, help="The version that holds on this day; today unless given.")
@click.option("--exercise", type=MOMENT, nargs=2, help="Open it as an exercise between these moments (Dutch time).")
@with_choices
@click.option("--posting", type=click.UUID, help="A UUID of your own: the same one again opens nothing new.")
@click.pass_obj
def open_round(
    hold_database: Hold, scheme: str, source: str, account: str, ceiling_cents: int | None, objections_cents: int,
    on: datetime | None, exercise: tuple[datetime, datetime] | None, choices: tuple[tuple[str, str], ...],
    posting: object,
) -> None:  # fmt: skip
    """Open a round of SCHEME: its version is kept with it, its ceiling is reserved on the ledger."""
    _setup()
    from uuid import UUID, uuid4

    from django.utils import timezone

    from dichterbij.domains.budget.rules import read_account
    from dichterbij.domains.schemes import actions
    from dichterbij.domains.schemes.rules import scheme as read
    from dichterbij.domains.schemes.rules.files import ROOT

    version = read(scheme, on.date() if on else _today())
    text = (ROOT / scheme / f"{version.version}.yaml").read_text(encoding="utf-8")
    moments = tuple(timezone.make_aware(moment) for moment in exercise) if exercise else None
    with hold_database():
        done = actions.open_round(
            definition=text, source=read_account(source), account=account, actor=ACTOR, now=timezone.now(),
            posting=posting if isinstance(posting, UUID) else uuid4(), ceiling_cents=ceiling_cents,
            choices=dict(choices), objections_cents=objections_cents,
            exercise=(moments[0], moments[1]) if moments else None,
        )  # fmt: skip
    click.echo(f"{scheme} of {version.version}: {_euros(done.ceiling_cents)} reserved, digest {done.digest.hex()}")


@command.command("decide")
@click.argument("scheme")
@click.option("--batch", type=click.IntRange(1, 20_000), default=5_000, show_default=True, help="Decisions at once.")
@at_moment
@click.pass_obj
def decide(hold_database: Hold, scheme: str, batch: int, at: datetime | None) -> None:
    """Decide every application of SCHEME that is complete now, in order, in each round that has work.

    Repeatable; a second one at once waits not.
    """
    _setup()
    from django.utils import timezone

    from dichterbij.domains.schemes import actions, queries

    with hold_database():
        done = actions.decide(scheme=scheme, actor=ACTOR, now=timezone.now(), most=batch, at=_aware(at))
        later = not done.decisions and queries.hears_after(scheme=scheme, at=_aware(at))
    click.echo(
        f"{done.decisions:,} decided, {done.grants:,} granted, {done.moved_up:,} moved up, "
        f"{_euros(done.cents)} in {done.batches} batches"
    )
    if later:
        told = "is shared out after the window closes, lots and scores with a list and a draw first"
        click.echo(f"{scheme} {told}: {later:%Y-%m-%d %H:%M:%S}")


@command.command("replay")
@click.argument("scheme")
@at_moment
@click.pass_obj
def replay(hold_database: Hold, scheme: str, at: datetime | None) -> None:
    """Decide a round of SCHEME again from its receipts; ends with 1 when one byte differs. Writes nothing.

    The round that opened last, unless --at names another.
    """
    _setup()
    from dichterbij.domains.schemes import queries

    with hold_database():
        found = queries.replay(scheme=scheme, at=_aware(at))
    for one in found.differences:
        click.echo(f"batch {one.batch}, place {one.place}: {one.what}")
    click.echo(f"{found.decisions:,} decisions in {found.batches:,} batches, {_euros(found.granted_cents)}", err=True)
    click.echo(found.digest)
    if found.differences:
        raise SystemExit(1)


@command.command("receipts")
@click.argument("scheme")
@click.option("--after", metavar="NUMBER", help="Only what came after this one.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@as_json
@click.pass_obj
def receipts(hold_database: Hold, scheme: str, after: str | None, limit: int, is_json: bool) -> None:
    """Applications of SCHEME with their last decision; --json gives all of it, and the line that its proof is over."""
    _setup()
    from dichterbij.domains.schemes import queries

    with hold_database():
        for row in queries.receipts(scheme=scheme, after=after, limit=limit):
            click.echo(_json(row) if is_json else _receipt(row))


@command.command("restored")
@click.pass_obj
def restored(hold_database: Hold) -> None:
    """Right after `dichterbij restore`: numbers that were given since that backup go to nobody else."""
    _setup()
    from django.utils import timezone

    from dichterbij.domains.schemes import actions

    with hold_database():
        click.echo(f"The next number is {actions.skip_numbers(actor=ACTOR, now=timezone.now())}")


@command.command("compare-payments")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--none", "is_none", is_flag=True, help="No payment file left since the backup; the bank says so too.")
@click.option("--by", required=True, help="Who compared them.")
@click.pass_obj
def compare_payments(hold_database: Hold, files: tuple[Path, ...], is_none: bool, by: str) -> None:
    """After `restored`: give every payment file that went to the bank since the backup. Then payments go on."""
    if bool(files) == is_none:
        raise click.UsageError("Give the payment files that left since the backup, or --none when there was none.")
    _setup()
    from django.utils import timezone

    from dichterbij.domains.schemes.actions import cases
    from dichterbij.gateways.payments import read_order

    with hold_database():
        orders = [read_order(path.read_bytes()) for path in files]
        done = cases.compare_payments(orders=orders, actor=by, now=timezone.now())
    click.echo(f"{done.known} payments are here. Payments go on.")
    for told, numbers in (
        ("paid in the lost time, wait for a person", done.in_doubt),
        ("paid, and there is no such application here", done.not_here),
        ("left, and not released here: release them, and carry them nowhere", done.unreleased),
    ):
        if numbers:
            click.echo(f"{len(numbers)} {told}: {', '.join(numbers)}")


@command.command("simulate")
@click.argument("scheme")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--people", type=click.IntRange(1, 5_000_000), default=300_000, show_default=True,
              help="Without FILE: how many invented applications.")  # fmt: skip
@click.option("--employers", type=click.IntRange(1), default=60_000, show_default=True, help="Of so many employers.")
@click.option("--ceiling-cents", type=click.IntRange(1), help="In place of the ceiling that the scheme names.")
@click.option("--seed", default="1", show_default=True, help="Of the invented applications, and of a draw.")
@click.option("--on", type=DAY, help="The version that holds on this day; today unless given.")
@with_choices
@as_json
def simulate(
    scheme: str, file: Path | None, people: int, employers: int, ceiling_cents: int | None, seed: str,
    on: datetime | None, choices: tuple[tuple[str, str], ...], is_json: bool,
) -> None:  # fmt: skip
    """What SCHEME would give for applications in FILE (CSV or Parquet), or for invented ones: an exercise on paper.

    Nothing is kept and no database is needed. Columns of FILE: complete_at (with time zone), applicant, and where the
    scheme asks for them employer, person, group, category, quantity, cost_cents, own_cents, start, met (with spaces
    between), score.
    """
    from dichterbij.cli.schemes_simulation import run

    found = run(scheme, file, people, employers, ceiling_cents, seed, on.date() if on else _today(), dict(choices))
    if is_json:
        click.echo(json.dumps(found))
        return
    for reason, count in found["reasons"].items():
        click.echo(f"{reason:<28} {count:>9,}")
    left = "" if found["left_cents"] is None else f", {_euros(found['left_cents'])} left"
    click.echo(f"{found['grants']:,} granted: {_euros(found['cents'])}{left}; invented or from a file, nothing is kept")


def _aware(moment: datetime | None) -> datetime | None:
    from django.utils import timezone

    return None if moment is None else timezone.make_aware(moment)


def _today() -> date:
    from dichterbij.domains.schemes.rules.moments import AMSTERDAM

    return datetime.now(AMSTERDAM).date()


def _line(row: RoundRow) -> str:
    kind = " (exercise)" if row.is_exercise else ""
    return (
        f"{row.scheme}{kind}: open {row.opens_at:%Y-%m-%d %H:%M} to {row.closes_at:%Y-%m-%d %H:%M}, "
        f"{row.received:,} received, {row.complete:,} complete, {row.decided:,} decided, "
        f"{_euros(row.granted_cents)} granted, {_euros(row.left_cents)} left of {_euros(row.ceiling_cents)}"
    )


def _receipt(row: ReceiptRow) -> str:
    last = row.decisions[-1] if row.decisions else None
    told = f"{last.reason}, {_euros(last.cents)}" if last else "not decided" if row.complete_at else "not complete"
    return f"{row.number}  {row.received_at:%Y-%m-%d %H:%M:%S.%f}  {told}"


def _euros(cents: int) -> str:
    return f"{cents // 100:,}.{cents % 100:02d} euros"


def _json(row: RoundRow | ReceiptRow) -> str:
    return json.dumps(asdict(row), default=str)
