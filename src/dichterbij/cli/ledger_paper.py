"""`dichterbij ledger`: what may be paid from which money, and what a report would say. Nothing moves."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import click

Hold = Callable[[], AbstractContextManager[None]]
on_day = click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As it holds on this day (today).")


@click.command("may-pay")
@click.argument("source")
@click.argument("kind")
@click.option("--tried", type=(str, str), multiple=True, metavar="SOURCE REASON",
              help="What was tried before, and why it is used up or not there.")  # fmt: skip
@on_day
def may_pay(source: str, kind: str, tried: tuple[tuple[str, str], ...], day: datetime | None) -> None:
    """Whether money of SOURCE (rmt, du) may pay costs of KIND. Ends with 1 and the reason when it may not."""
    from django.utils import timezone

    from dichterbij.domains.budget.rules import funding

    rules = funding.funding(day.date() if day else timezone.localdate())
    found = funding.may_pay(rules, source, kind, dict(tried))
    (reason,) = found.reasons
    told = ", ".join(f"{name}: {' '.join(value) if isinstance(value, tuple) else value}"
                     for name, value in reason.inputs.items() if name != "tried")  # fmt: skip
    click.echo(f"{'yes' if found.value else 'no'}  {reason.rule}  {told}  ({reason.source})")
    if not found.value:
        sys.exit(1)


@click.command("split")
@click.option("--cost", type=(str, str), multiple=True, required=True, metavar="KIND EUROS", help="For each kind.")
@on_day
def split(cost: tuple[tuple[str, str], ...], day: datetime | None) -> None:
    """The costs of one project over the sources that may pay them, with the total."""
    from django.utils import timezone

    from dichterbij.cli.ledger import read_euros
    from dichterbij.domains.budget.rules import euros, funding

    rules = funding.funding(day.date() if day else timezone.localdate())
    sums = funding.split(rules, {kind: read_euros(amount) for kind, amount in cost})
    for source, cents in sums.items():
        click.echo(f"{euros(cents):>20}  {source}")
    click.echo(f"{euros(sum(sums.values())):>20}  together")


@click.command("report-on-paper")
@click.argument("region")
@click.pass_obj
def report_on_paper(hold: Hold, region: str) -> None:
    """What a specific grant would have asked of REGION, as far as the ledger knows it: JSON. Nobody is asked for it."""
    from dichterbij.domains.budget import queries
    from dichterbij.domains.budget.rules.what_if import WEIGHED_ON, read_paper, spuk_report

    paper = read_paper(on=WEIGHED_ON)
    with hold():
        cells = spuk_report(paper.spuk, queries.told_by_activity(region))
    rows = [{"about": one.about, "field": one.field, "value": one.value} for one in cells]
    known = sum(one.value is not None for one in cells)
    told = {"region": region, "asked": paper.spuk.is_asked, "known": known, "fields": len(rows), "cells": rows}
    click.echo(json.dumps(told, indent=1))


COMMANDS = (may_pay, split, report_on_paper)
