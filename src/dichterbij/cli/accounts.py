"""`dichterbij account`: the first administrator, organisations, and the invented accounts of the demonstration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

import click

from dichterbij.domains.accounts.rules import OrganisationKind, Role, mail_address
from dichterbij.shared.errors import InputError

Hold = Callable[[], AbstractContextManager[None]]
STAFF = [role.value for role in Role if role not in (Role.CITIZEN, Role.EMPLOYER)]


@contextmanager
def _database(hold: Hold) -> Iterator[None]:
    import django

    django.setup()
    with hold():
        yield


@click.group("account")
def command() -> None:
    """Accounts of whoever works at a desk or partner. Nobody has a password: a link in a mail, and a code."""


@command.command()
@click.option("--email", required=True, help="The address that gets the link to sign in.")
@click.option("--name", default="", help="As colleagues will see it; may be filled in later.")
@click.option("--role", type=click.Choice(STAFF), default=Role.ADMINISTRATOR.value, show_default=True)
@click.option("--organisation", required=True, help="Its id or its name; see `dichterbij account organisations`.")
@click.pass_obj
def add(hold: Hold, email: str, name: str, role: str, organisation: str) -> None:
    """Give somebody a role, without an invitation: for the first administrator. They sign in with a link."""
    address = mail_address(email)
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.accounts import actions

        found = organisation_of(organisation)
        user = actions.add_account(
            email=address, name=name.strip(), role=Role(role), organisation=found, now=timezone.now()
        )
    click.echo(f"{address} is {role} now. Sign in at /nl/inloggen/.", err=True)
    click.echo(str(user))


@command.command("add-organisation")
@click.option("--name", required=True)
@click.option("--kind", type=click.Choice([kind.value for kind in OrganisationKind]), required=True)
@click.option("--region", default="", help="A region's code (AM01..AM38); none for the whole country.")
@click.option("--phone", default="")
@click.option("--email", default="")
@click.pass_obj
def add_organisation(hold: Hold, name: str, kind: str, region: str, phone: str, email: str) -> None:
    """Make an organisation; prints its id."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.accounts import actions

        new = actions.NewOrganisation(
            name.strip(), OrganisationKind(kind), region.upper(), phone, mail_address(email) if email else ""
        )
        made = actions.add_organisation(actor=None, new=new, now=timezone.now())
    click.echo(str(made))


@command.command()
@click.option("--region", default="", help="A region's code; none: those of the whole country.")
@click.pass_obj
def organisations(hold: Hold, region: str) -> None:
    """The organisations of a region, as JSON Lines."""
    with _database(hold):
        from dichterbij.domains.accounts import queries

        for row in queries.organisations(region=region.upper()):
            click.echo(json.dumps({"id": str(row.id), "name": row.name, "kind": row.kind.value}, ensure_ascii=False))


@command.command()
@click.pass_obj
def forget(hold: Hold) -> None:
    """Take away addresses in links and invitations whose term is over. Run it once a day."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.accounts import actions

        gone = actions.forget_traces(now=timezone.now())
    click.echo(json.dumps({"links": gone.links, "invitations": gone.invitations}))


@command.command("demo-reset")
@click.pass_obj
def demo_reset(hold: Hold) -> None:
    """Put the invented accounts of the demonstration back as they were; touches nobody real."""
    with _database(hold):
        from django.utils import timezone

        from dichterbij.domains.accounts import actions
        from dichterbij.domains.network.actions import reset_demo_network
        from dichterbij.domains.referral.actions import reset_demo_handovers
        from dichterbij.domains.referral.actions.demo_day import settle_demo
        from dichterbij.domains.referral.actions.demo_employers import reset_demo_employers

        count = actions.reset_demo_accounts(now=timezone.now())
        reset_demo_handovers(now=timezone.now())
        reset_demo_employers(now=timezone.now())
        reset_demo_network(now=timezone.now())
        settle_demo(now=timezone.now())
    click.echo(f"{count} invented accounts are as they were; nobody of them is signed in.", err=True)


def organisation_of(given: str) -> UUID:
    """By id, or by a name that only one has."""
    from dichterbij.domains.accounts import queries

    try:
        return queries.organisation(organisation=UUID(given)).id
    except ValueError:
        found = queries.organisations_named(name=given)
    if len(found) != 1:
        many = "more than one organisation has" if found else "no organisation has"
        raise InputError(f"{many} the name {given!r}. Give its id; `dichterbij account organisations` shows it.")
    return found[0].id
