"""Organisations, for everybody who works with them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from dichterbij.domains.accounts.actions.acting import acting
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.reach import ACCOUNTS, ORGANISATIONS, within
from dichterbij.domains.accounts.rules import Actor, OrganisationKind
from dichterbij.shared.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A desk or partner with its number to call. `desk`: the desk of the regions' data that it is, empty for none.

    `members`: roles held there now; 0 where nobody asked for it.
    """

    id: UUID
    name: str
    kind: OrganisationKind
    region: str
    desk: str
    phone: str
    email: str
    invented: bool
    members: int = 0


def organisations(*, region: str) -> tuple[OrganisationRow, ...]:
    """Those of a region that have not ended, by name: nothing about people, so for everybody who hands over."""
    rows = Organisation.objects.filter(region=region, ended_on=None).order_by("name", "pk")
    return tuple(organisation_row(row) for row in rows)


def organisation(*, organisation: UUID) -> OrganisationRow:
    """One, ended or not. NotFoundError without such a one."""
    row = Organisation.objects.filter(pk=organisation).first()
    if row is None:
        raise NotFoundError("There is no such organisation.")
    return organisation_row(row)


def organisations_named(*, name: str) -> tuple[OrganisationRow, ...]:
    """Those with exactly this name, in any region."""
    return tuple(
        organisation_row(row) for row in Organisation.objects.filter(name=name, ended_on=None).order_by("region")
    )


def organisations_to_run(*, actor: Actor, on: date) -> tuple[OrganisationRow, ...]:
    """Those that this role may change, with how many work there."""
    now_there = Q(memberships__valid_until=None) | Q(memberships__valid_until__gt=on)
    rows = Organisation.objects.filter(within(actor, ORGANISATIONS, on), ended_on=None)
    counted = rows.annotate(held=Count("memberships", filter=now_there & Q(memberships__user__is_active=True)))
    with acting(actor):  # who counts sees whom they count
        return tuple(organisation_row(row, row.held) for row in counted.order_by("region", "name", "pk"))


def organisation_to_run(*, actor: Actor, organisation: UUID, on: date) -> OrganisationRow:
    """One of them. NotFoundError for another."""
    row = Organisation.objects.filter(within(actor, ORGANISATIONS, on), pk=organisation, ended_on=None).first()
    if row is None:
        raise NotFoundError("There is no such organisation.")
    return organisation_row(row)


def organisations_to_invite(*, actor: Actor, on: date) -> tuple[OrganisationRow, ...]:
    """Those into which this role may invite somebody."""
    rows = Organisation.objects.filter(within(actor, ACCOUNTS, on), ended_on=None).order_by("region", "name", "pk")
    return tuple(organisation_row(row) for row in rows)


def organisation_row(row: Organisation, members: int = 0) -> OrganisationRow:
    """The row of an organisation."""
    kind = OrganisationKind(row.kind)
    return OrganisationRow(row.pk, row.name, kind, row.region, row.desk, row.phone, row.email, row.invented, members)
