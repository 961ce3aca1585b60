"""Organisations come, change and go."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from dichterbij.domains.accounts.actions.memberships import COMMAND, end_all_of
from dichterbij.domains.accounts.errors import NotAllowedError, TakenError
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.reach import ORGANISATIONS, organisation_within
from dichterbij.domains.accounts.rules import Actor, OrganisationKind, Reach, read_permissions
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record

_TAKEN = "There is an organisation with this name in this region."


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What somebody fills in. `region`: a region's code, empty for the whole country."""

    name: str
    kind: OrganisationKind
    region: str
    phone: str = ""
    email: str = ""
    desk: str = ""


def add_organisation(*, actor: Actor | None, new: NewOrganisation, now: datetime) -> UUID:
    """Its id. `actor` None: the command line. NotAllowedError for a region out of reach, TakenError for a name."""
    on = timezone.localdate(now)
    if actor:
        reach = read_permissions(on).reach(actor.role, *ORGANISATIONS)
        is_mine = bool(new.region) and new.region == actor.region
        if reach is not Reach.COUNTRY and not (reach is Reach.REGION and is_mine):
            raise NotAllowedError("You can only add organisations to your own region.")
    if (new.kind is OrganisationKind.NATIONAL) == bool(new.region):
        raise NotAllowedError("A national organisation has no region; every other one has.")
    values = {**_values(new), "kind": new.kind.value, "region": new.region, "desk": new.desk}
    try:
        with account_work():
            made = Organisation.objects.create(**values)
            data = {"organisation": str(made.pk), "kind": new.kind.value, "region": new.region}
            record(actor=str(actor or COMMAND), action="accounts.organisation_added", data=data, now=now)
    except IntegrityError as error:
        raise TakenError(_TAKEN) from error
    return made.pk


def change_organisation(*, actor: Actor, organisation: UUID, name: str, phone: str, email: str, now: datetime) -> None:
    """Name and how to reach it. NotFoundError out of reach, TakenError for a name that is there."""
    try:
        with account_work():
            row = organisation_within(actor, ORGANISATIONS, organisation, timezone.localdate(now))
            Organisation.objects.filter(pk=row.pk).update(name=name, phone=phone, email=email)
            data = {"organisation": str(row.pk)}
            record(actor=str(actor), action="accounts.organisation_changed", data=data, now=now)
    except IntegrityError as error:
        raise TakenError(_TAKEN) from error


def end_organisation(*, actor: Actor, organisation: UUID, now: datetime) -> None:
    """Nobody works here any more: roles and invitations end today. NotAllowedError for one's own."""
    on = timezone.localdate(now)
    if organisation == actor.organisation:
        raise NotAllowedError("You cannot end the organisation you work for.")
    with account_work():
        row = organisation_within(actor, ORGANISATIONS, organisation, on)
        Organisation.objects.filter(pk=row.pk).update(ended_on=on)
        end_all_of(row.pk, on, now)
        data = {"organisation": str(row.pk)}
        record(actor=str(actor), action="accounts.organisation_ended", data=data, now=now)


def _values(new: NewOrganisation) -> dict[str, str]:
    return {"name": new.name, "phone": new.phone, "email": new.email}
