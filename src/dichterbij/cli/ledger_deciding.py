"""`dichterbij ledger`: what a body decides about money, and what stands where at the end of a year."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID, uuid4, uuid5

import click

Hold = Callable[[], AbstractContextManager[None]]
DAY = click.DateTime(["%Y-%m-%d"])
said_by = click.option("--by", "by", required=True, help="Who says so.")
of_region = click.option("--region", default="", help="Only of this region.")


@click.command("term")
@click.argument("fund")
@click.option("--tranche", default="", help="Only of this tranche.")
@click.option("--region", default="", help="Only in this region.")
@click.option("--ends", type=DAY, help="The last day on which it may be used; leave it out when no end is known.")
@click.option("--source", required=True, help="Where that stands: a law, a letter, a decision.")
@said_by
@click.pass_obj
def term(hold: Hold, fund: str, tranche: str, region: str, ends: datetime | None, source: str, by: str) -> None:
    """Say until when money of FUND may be used. The newest counts."""
    from django.utils import timezone

    from dichterbij.domains.budget import actions

    last = ends.date() if ends else None
    with hold():
        actions.set_term(
            fund=fund, tranche=tranche, region=region, ends_on=last, source=source, actor=by, now=timezone.now()
        )
    click.echo(f"{fund} {tranche} {region}".rstrip() + f": {last or 'no end known'}")


@click.command("after")
@click.argument("activity")
@click.option("--region", required=True, help="The region whose activity it is.")
@click.option("--what", type=click.Choice(["stop", "extend", "embed"]), required=True, help="What happens to it.")
@click.option("--on", "day", type=DAY, help="The day it was decided (today).")
@click.option("--words", default="", help="Why, or where it goes.")
@said_by
@click.pass_obj
def after(hold: Hold, activity: str, region: str, what: str, day: datetime | None, words: str, by: str) -> None:
    """Say what happens to ACTIVITY when its temporary money ends. The newest counts."""
    from django.utils import timezone

    from dichterbij.domains.budget import actions
    from dichterbij.domains.budget.rules.lapsing import After

    decided = day.date() if day else timezone.localdate()
    with hold():
        actions.decide_after(
            activity=activity, region=region, what=After(what), on=decided, words=words, actor=by, now=timezone.now()
        )
    click.echo(f"{region}  {activity}: {what} ({decided})")


@click.command("propose")
@click.option("--title", required=True, help="What it is called.")
@click.option("--from", "source", required=True, help="The account the money would leave.")
@click.option("--line", "lines", type=(str, str), multiple=True, required=True, metavar="ACCOUNT EUROS",
              help="At most so much to this account; give it again for each kind of costs.")  # fmt: skip
@click.option("--id", "proposal", type=click.UUID, help="The id of this proposal; give it again when you are not sure.")
@said_by
@click.pass_obj
def propose(
    hold: Hold, title: str, source: str, lines: tuple[tuple[str, str], ...], proposal: UUID | None, by: str
) -> None:
    """Ask for money of an account. Nothing moves before somebody else wrote down the decision. Prints its id."""
    from django.utils import timezone

    from dichterbij.cli.ledger import read_euros
    from dichterbij.domains.budget import actions
    from dichterbij.domains.budget.rules import read_account

    name = proposal or uuid4()
    asked = {read_account(account): read_euros(euros) for account, euros in lines}
    with hold():
        actions.propose(
            proposal=name, title=title, source=read_account(source), lines=asked, actor=by, now=timezone.now()
        )
    click.echo(str(name))


@click.command("decide")
@click.argument("proposal", type=click.UUID)
@click.option("--approve/--reject", "approved", required=True, help="What was decided.")
@click.option("--body", required=True, help="Which body decided.")
@click.option("--on", "day", type=DAY, help="The day it was decided (today).")
@said_by
@click.pass_obj
def decide(hold: Hold, proposal: UUID, approved: bool, body: str, day: datetime | None, by: str) -> None:
    """Write down what a body decided about PROPOSAL: once, by somebody else than who proposed it."""
    from django.utils import timezone

    from dichterbij.domains.budget import actions

    on = day.date() if day else timezone.localdate()
    with hold():
        actions.decide(proposal=proposal, approved=approved, body=body, on=on, actor=by, now=timezone.now())
    click.echo(f"{'approved' if approved else 'rejected'} by {body} on {on}")


@click.command("carry-out")
@click.argument("proposal", type=click.UUID)
@said_by
@click.pass_obj
def carry_out(hold: Hold, proposal: UUID, by: str) -> None:
    """Move what an approved PROPOSAL says; before it is approved the money stays. Repeatable."""
    from django.utils import timezone

    from dichterbij.domains.budget import actions

    with hold():
        done = actions.carry_out(proposal=proposal, posting=uuid5(proposal, "carried-out"), actor=by,
                                 now=timezone.now())  # fmt: skip
    click.echo(f"{done.posting} {done.place}{'' if done.is_new else ' (was there already)'}")


@click.command("proposals")
@of_region
@click.pass_obj
def proposals(hold: Hold, region: str) -> None:
    """Every proposal: what it asks for which costs, what was decided, and how much moved."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules import euros

    with hold():
        rows = queries.proposals(region=region)
    for one in rows:
        verdict = {None: "NOT DECIDED", True: "approved", False: "rejected"}[one.is_approved]
        told = f"{verdict} by {one.body} on {one.decided_on}" if one.decided_on else verdict
        click.echo(f"{one.id}  {one.made_on}  {one.title}: {told}")
        for line in one.lines:
            click.echo(f"{euros(line.cents):>20}  {line.target.short}  (moved {euros(line.moved_cents)})")


@click.command("carried-over")
@click.argument("year", type=click.IntRange(2000, 2100))
@of_region
@click.pass_obj
def carried_over(hold: Hold, year: int, region: str) -> None:
    """What of each earmark still stood there at the end of YEAR, and so went on into the next."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules import euros

    with hold():
        rows = queries.carried_over(year, **({"region": region} if region else {}))
    for one in rows:
        place = ":".join((one.fund, one.tranche, one.region)).rstrip(":")
        click.echo(f"{euros(one.cents):>20}  {place}  {one.purpose}  ({year} to {year + 1})")


@click.command("routes")
@of_region
@click.pass_obj
def routes(hold: Hold, region: str) -> None:
    """Per route what a region set aside and what it promised or paid; above it is a warning, nothing is stopped."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules import euros

    with hold():
        rows = queries.route_reserves(**({"region": region} if region else {}))
    for one in rows:
        over = f"  WARNING: {euros(one.over_cents)} above it" if one.set_aside_cents and one.over_cents else ""
        click.echo(f"{one.region:5} {one.route:20} set aside {euros(one.set_aside_cents):>15}"
                   f"  used {euros(one.used_cents):>15}{over}")  # fmt: skip


@click.command("per-region")
@click.option("--fund", help="Only of this source.")
@of_region
@click.pass_obj
def per_region(hold: Hold, fund: str | None, region: str) -> None:
    """Payments per region and source, and what is left there: never less than nothing."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules import euros

    only = {part: value for part, value in (("fund", fund), ("region", region)) if value}
    with hold():
        rows = queries.by_region(**only)
    for one in rows:
        source = f"{one.fund}:{one.tranche}".rstrip(":")
        click.echo(f"{one.region:5} {source:28} paid {euros(one.paid_cents):>16}  left {euros(one.left_cents):>16}")


@click.command("spending")
@click.option("--by", "part", type=click.Choice(["purpose", "activity", "route", "scheme", "region"]),
              default="purpose", show_default=True, help="By what it is divided.")  # fmt: skip
@click.option("--fund", help="Only of this fund.")
@of_region
@click.pass_obj
def spending(hold: Hold, part: str, fund: str | None, region: str) -> None:
    """What is promised and paid, by purpose, activity or route."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules import State, euros

    only = {name: value for name, value in (("fund", fund), ("region", region)) if value}
    with hold():
        sums = queries.totals(part, **only)
    for word in sorted({word for word, state in sums if state in (State.COMMITTED, State.PAID)}):
        promised, paid = (sums.get((word, state), 0) for state in (State.COMMITTED, State.PAID))
        click.echo(f"{word or '(not divided)':30} promised {euros(promised):>16}  paid {euros(paid):>16}")


COMMANDS = (term, after, propose, decide, carry_out, proposals, carried_over, routes, per_region, spending)
