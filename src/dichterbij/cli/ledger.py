"""`dichterbij ledger`: move money, look where it is, and prove that nothing was changed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

import click

from dichterbij.cli import ledger_deciding, ledger_paper
from dichterbij.shared.errors import InputError

if TYPE_CHECKING:
    from dichterbij.domains.budget.queries import Fault

ACTOR = "dichterbij ledger"
EUROS = re.compile(r"[0-9]{1,12}(\.[0-9]{2})?")
Hold = Callable[[], AbstractContextManager[None]]
WORDS = {
    "changed": "posting {about} (place {place}) was changed after it was written: this link is broken",
    "removed": "posting {about} (place {place}), or its transfers, were removed: this link is broken",
    "gap": "places before {place} were removed from the chain",
    "loose": "posting {about} has no place in the chain",
    "untied": "transfers of posting {about} belong to no link of the chain",
    "balance": "account {about}: its balance is not what the transfers add up to",
    "other_head": "the chain does not hold the head you kept (place {place}): it was cut off or made anew",
}
DAY = click.DateTime(["%Y-%m-%d"])
PARTS = ("state", "fund", "tranche", "region", "scheme", "route", "purpose", "activity")


def where(command: Callable[..., None]) -> Callable[..., None]:
    """Options that leave only a part of the accounts."""
    for part in reversed(PARTS):
        command = click.option(f"--{part}", help=f"Only accounts of this {part}.")(command)
    return command


@click.group()
def command() -> None:
    """Where every cent is. An account is named free:FUND:TRANCHE:purpose=WORD; parts may be left out."""
    import django

    django.setup()


for _one in (*ledger_deciding.COMMANDS, *ledger_paper.COMMANDS):
    command.add_command(_one)


@command.command()
@click.option("--from", "source", required=True, help="The account that the money leaves.")
@click.option("--to", "target", required=True, help="The account where it goes.")
@click.option("--euros", required=True, help="How much: 1250 or 1250.50, without separators.")
@click.option("--reason", required=True, help="Why, in one line.")
@click.option("--by", "by", required=True, help="Who says so.")
@click.option("--approved-by", default="", help="Who else approved it, where the account asks for that.")
@click.option("--id", "posting", type=click.UUID, help="The id of this posting; give it again when you are not sure.")
@click.option("--day", type=DAY, help="The day it is of (today).")
@click.option("--proposal", type=click.UUID, help="The approved proposal it is part of.")
@click.option("--corrects", type=click.UUID, help="The transfer that this one takes back.")
@click.pass_obj
def post(
    hold_database: Hold, source: str, target: str, euros: str, reason: str, by: str, approved_by: str,
    posting: UUID | None, day: datetime | None, proposal: UUID | None, corrects: UUID | None,
) -> None:  # fmt: skip
    """Move money from one account to another. Prints the id of the posting and its place in the chain."""
    from django.utils import timezone

    from dichterbij.domains.budget import actions, queries
    from dichterbij.domains.budget.rules import Transfer, read_account

    name = posting or uuid4()
    move = Transfer(uuid5(name, "0"), read_account(source), read_account(target), read_euros(euros), corrects=corrects)
    with hold_database():
        before = queries.passes_reserve([])
        warned = [one for one in queries.passes_reserve([move]) if one not in before]
        done = actions.post(
            posting=name, transfers=[move], reason=reason, actor=by, approved_by=approved_by or None,
            now=timezone.now(), on=day.date() if day else None, proposal=proposal,
        )  # fmt: skip
    for one in warned if done.is_new else ():
        click.echo(
            f"Warning: this passes what is set aside for {one.route} by {_euros(one.over_cents)} euros", err=True
        )
    click.echo(f"{done.posting} {done.place}{'' if done.is_new else ' (was there already)'}")


@command.command()
@where
@click.option("--on", "day", type=DAY, help="At the end of this day (now).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, amounts in whole cents.")
@click.pass_obj
def balances(hold_database: Hold, /, day: datetime | None, as_json: bool, **given: str | None) -> None:
    """What is in every account."""
    from dichterbij.domains.budget import queries

    only = {part: value for part, value in given.items() if value is not None}
    with hold_database():
        rows = queries.as_of(day.date(), **only) if day else queries.balances(**only)
    for one in rows:
        told = {"account": one.account.short, "cents": one.cents, "held_cents": one.held_cents}
        click.echo(json.dumps(told) if as_json else f"{_euros(one.cents):>20}  {one.account.short}")


@command.command()
@click.argument("account")
@click.option("--last", default=1_000, show_default=True, help="Only so many of the newest entries.")
@click.pass_obj
def statement(hold_database: Hold, account: str, last: int) -> None:
    """Every entry of an account, with the balance after it."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules import read_account

    with hold_database():
        rows = queries.statement(read_account(account), limit=last)
    for one in rows:
        click.echo(f"{one.day}  {_euros(one.cents):>18}  {_euros(one.balance):>18}  {one.other.short}  {one.reason}")


@command.command()
@click.option("--format", "kind", type=click.Choice(["hledger", "csv"]), default="hledger", show_default=True)
@click.pass_obj
def export(hold_database: Hold, kind: str) -> None:
    """Everything, for an auditor: plain-text accounting, or a table in which no cell is a formula."""
    from dichterbij.domains.budget.queries.export import export_csv, export_journal

    with hold_database():
        for line in export_csv() if kind == "csv" else export_journal():
            click.echo(line, nl=False)


@command.command()
@click.option("--head", "kept", help="A head this command printed before, kept elsewhere: it must still be there.")
@click.pass_obj
def verify(hold_database: Hold, kept: str | None) -> None:
    """Look through the whole ledger; prints its head, to keep elsewhere. Exit code 1 when something is wrong."""
    from dichterbij.domains.budget import queries

    head = queries.read_head(kept) if kept else None
    with hold_database():
        found = queries.verify(kept=head)
    for fault in found.faults:
        click.echo(_told(fault), err=True)
    if found.off_cents:
        click.echo(f"all balances together are {found.off_cents} cents, and must be nothing", err=True)
    click.echo(str(found.head or "0:"))
    state = "all" if found.is_whole else "NOT"
    click.echo(f"{found.links} postings, {found.transfers} transfers, {state} as they were written", err=True)
    if not found.is_whole:
        sys.exit(1)


@command.command()
@where
@click.option("--first", type=int, help="Only so many.")
@click.option("--today", type=DAY, help="Count the days from here (today).")
@click.pass_obj
def lapsing(hold_database: Hold, /, first: int | None, today: datetime | None, **given: str | None) -> None:
    """Money that is still to be used: what lapses first stands first."""
    from django.utils import timezone

    from dichterbij.domains.budget import queries

    only = {part: value for part, value in given.items() if value is not None}
    day: date = today.date() if today else timezone.localdate()
    with hold_database():
        rows = queries.lapsing(first=first, **only)
    for one in rows:
        left = one.days_left(day)
        when = "no end known" if left is None else f"{one.ends_on} ({left} days)"
        click.echo(f"{when:>24}  {_euros(one.cents):>18}  {':'.join((one.fund, one.tranche, one.region)).rstrip(':')}")


@command.command()
@click.option("--region", default="", help="Only of this region.")
@click.pass_obj
def activities(hold_database: Hold, region: str) -> None:
    """What lives on temporary money, its sources and end, and what was decided about after; first what ends first."""
    from django.utils import timezone

    from dichterbij.domains.budget import queries

    with hold_database():
        rows = queries.activities(region=region)
    today = timezone.localdate()
    for one in rows:
        sources = ", ".join(f"{source.fund} {source.ends_on or 'no end known'}" for source in one.sources)
        decided = f"{one.after.value} ({one.decided_on})" if one.after else "NO DECISION" if one.ends_on else "-"
        decided += ", TOO LATE" if one.is_late(today) else ""
        click.echo(f"{one.ends_on or 'no end known'!s:>12}  {one.region:4}  {one.name}  [{sources}]  {decided}")


@command.command("what-if")
@click.option("--voucher-cents", type=int, help="What one voucher of a region is worth (150000).")
@click.option("--activities", type=int, help="How many activities a region would report about (4).")
@click.pass_obj
def what_if(hold_database: Hold, voucher_cents: int | None, activities: int | None) -> None:
    """The ways of sharing out that were weighed and not chosen, as JSON: what each would have given, and asked."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules.what_if import WEIGHED_ON

    with hold_database():
        found = queries.alternatives(on=WEIGHED_ON, voucher_cents=voucher_cents, activities=activities)
    report = {"block_grant": asdict(found.block_grant), "with_a_report": asdict(found.report)}
    told = {
        "windows": [asdict(one) for one in found.windows],
        "windows_carried_over": [asdict(one) for one in found.carried],
        "vouchers": {region.code: asdict(one) for region, one in found.vouchers.items()},
        "municipalities": {town.gm_code: cents for town, cents in found.municipalities.items()},
        "burden": report,
        "source": found.paper.source,
        "assumption": found.paper.assumption,
    }
    click.echo(json.dumps(told, indent=1))


@command.command("load-programme")
@click.pass_obj
def load_programme(hold_database: Hold) -> None:
    """Post the 40 million euros of the action plan, as the documents have it. Repeatable."""
    from django.utils import timezone

    from dichterbij.domains.budget import actions

    with hold_database():
        done = actions.load_programme(actor=ACTOR, now=timezone.now())
    click.echo(f"{done.made} postings made, {done.there} were there already")


@command.command()
@click.pass_obj
def release(hold_database: Hold) -> None:
    """Give back what was reserved and not settled before its term. Run it every hour; repeatable."""
    from django.utils import timezone

    from dichterbij.domains.budget import actions

    with hold_database():
        count = actions.release_expired(actor=ACTOR, now=timezone.now())
    click.echo(f"{count} reservations released")


def read_euros(text: str) -> int:
    """Cents, exactly. InputError for anything but whole euros, or euros with two decimals behind a point."""
    if not EUROS.fullmatch(text):
        raise InputError(f"{text[:40]!r} is no amount. Write 1250 or 1250.50: a point for the cents, nothing else.")
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int(rest or 0)


def _euros(cents: int) -> str:
    from dichterbij.domains.budget.rules import euros

    return euros(cents)


def _told(fault: Fault) -> str:
    return WORDS[fault.kind.value].format(place=fault.place, about=fault.about)
