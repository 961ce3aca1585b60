"""How far somebody's work with accounts and organisations reaches."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.rules import Actor, Reach, read_permissions
from dichterbij.shared.errors import NotFoundError

ACCOUNTS, ORGANISATIONS = ("keep_accounts", "account"), ("run_region", "organisation")


def within(actor: Actor, what: tuple[str, str], on: date, *, column: str = "") -> Q:
    """A filter on organisations, or on what has one in `column`, that leaves what this role may work with."""
    reach = read_permissions(on).reach(actor.role, *what)
    prefix = f"{column}__" if column else ""
    if reach is Reach.COUNTRY:
        return Q()
    if reach is Reach.REGION and actor.region:
        return Q(**{f"{prefix}region": actor.region})
    return Q(pk__in=[])


def organisation_within(actor: Actor, what: tuple[str, str], organisation: UUID, on: date) -> Organisation:
    """One of them that has not ended, locked. NotFoundError for another."""
    found = Organisation.objects.select_for_update().filter(within(actor, what, on), pk=organisation, ended_on=None)
    row = found.first()
    if row is None:
        raise NotFoundError("There is no such organisation.")
    return row
