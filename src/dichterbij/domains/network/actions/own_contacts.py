"""Whom others call at an organisation: kept by that organisation itself, and ended rather than overwritten."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor, Reach, mail_address
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.errors import ThereError
from dichterbij.domains.network.may import OWN_CONTACTS, check_may
from dichterbij.domains.network.models import OrganisationContact
from dichterbij.domains.network.rules.employers import LONGEST_LINE, LONGEST_NAME, checked_routes
from dichterbij.domains.network.rules.names import tidy, unique
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import InputError, NotFoundError


@dataclass(frozen=True, slots=True)
class NewOwnContact:
    """Somebody to call at one's own organisation. `regions` and `routes` empty: for all."""

    name: str
    email: str
    role: str = ""
    phone: str = ""
    regions: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()


def add_own_contact(*, actor: Actor, new: NewOwnContact, now: datetime) -> UUID:
    """Keep somebody from today on. ThereError, InputError; NotAllowedError for who keeps none of their own."""
    organisation = _own(actor, now)
    if not set(new.regions) <= {row.code for row in regions()}:
        raise InputError("There is no such region.", field="regions")
    values = {
        "name": tidy(new.name, LONGEST_NAME, "name", least=1), "email": mail_address(new.email),
        "role": tidy(new.role, LONGEST_LINE, "role"), "phone": tidy(new.phone, 40, "phone"),
        "regions": list(unique(new.regions)), "routes": list(checked_routes(new.routes)),
    }  # fmt: skip
    try:
        with acting(actor):
            row = OrganisationContact.objects.create(
                **values, organisation=organisation, since=timezone.localdate(now), made_by=str(actor), made_at=now
            )
            _tell(actor, row, "added", now)
    except IntegrityError as error:
        raise ThereError("This person is on the list already.", field="email") from error
    return row.pk


def end_own_contact(*, actor: Actor, contact: UUID, now: datetime) -> None:
    """Nobody calls this person any more, from today on. NotFoundError."""
    organisation = _own(actor, now)
    with acting(actor):
        row = _contact(organisation, contact, until=None)
        row.until = timezone.localdate(now)
        row.save(update_fields=["until"])
        _tell(actor, row, "ended", now)


def restore_own_contact(*, actor: Actor, contact: UUID, now: datetime) -> None:
    """Take back that somebody ended today. NotFoundError, ThereError."""
    organisation = _own(actor, now)
    try:
        with acting(actor):
            row = _contact(organisation, contact, until=timezone.localdate(now))
            row.until = None
            row.save(update_fields=["until"])
            _tell(actor, row, "restored", now)
    except IntegrityError as error:
        raise ThereError("This person is on the list already.", field="email") from error


def _own(actor: Actor, now: datetime) -> UUID:
    """The organisation of which this role keeps the contact persons; whoever sees those of all keeps none."""
    if check_may(actor, OWN_CONTACTS, now) is not Reach.ORGANISATION or actor.organisation is None:
        raise NotAllowedError("Each organisation keeps its own.")
    return actor.organisation


def _contact(organisation: UUID, contact: UUID, until: date | None) -> OrganisationContact:
    rows = OrganisationContact.objects.select_for_update().filter(organisation=organisation)
    row = rows.filter(pk=contact, until=until).first()
    if row is None:
        raise NotFoundError("There is no such contact person.")
    return row


def _tell(actor: Actor, row: OrganisationContact, what: str, now: datetime) -> None:
    data = {"contact": str(row.pk), "organisation": str(row.organisation)}
    record(actor=str(actor), action=f"network.own_contact_{what}", data=data, now=now)
