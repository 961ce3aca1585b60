"""`dichterbij schemes interviews`: who promised an interview, for the campaign."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

import click

Hold = Callable[[], AbstractContextManager[None]]
HEAD = ("employer", "applicant", "grants", "number", "email")


@click.command("interviews")
@click.argument("scheme")
@click.option("--by", required=True, help="Who takes the list; that it was taken is kept.")
@click.pass_obj
def interviews(hold_database: Hold, scheme: str, by: str) -> None:
    """Employers of SCHEME who got money and promised an interview, as CSV: for the campaign, and nothing else.

    Each once, with how many grants hold and the address they gave. Throw the file away after the calls.
    """
    import django

    django.setup()
    from django.utils import timezone

    from dichterbij.domains.schemes.actions.interviews import list_interviews
    from dichterbij.shared.cells import harmless

    with hold_database():
        found = list_interviews(scheme=scheme, actor=by, now=timezone.now())
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(HEAD)
    for one in found:
        table.writerow([harmless(one.employer), harmless(one.applicant), one.grants, one.number, harmless(one.email)])
    click.echo(f"{len(found)} employers promised an interview", err=True)
