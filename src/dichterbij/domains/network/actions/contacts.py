"""Who speaks for a region: added, replaced and ended, never overwritten; and when a region was spoken to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, mail_address
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.errors import ThereError
from dichterbij.domains.network.may import CONTACTS, TALKS, check_may, check_region
from dichterbij.domains.network.models import AccountManager, RegionContact, Talk
from dichterbij.domains.network.rules.employers import EXPERT, LONGEST_LINE, LONGEST_NAME, checked_routes, network_terms
from dichterbij.domains.network.rules.names import tidy
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import InputError, NotFoundError


@dataclass(frozen=True, slots=True)
class NewContact:
    """Somebody who speaks for a region, as a function at work. `routes`: for which routes; empty for all."""

    region: str
    kind: str
    name: str
    email: str
    named_by: str
    named_on: date
    role: str = ""
    phone: str = ""
    routes: tuple[str, ...] = ()
    invented: bool = False


def add_contact(*, actor: Actor, new: NewContact, now: datetime, instead_of: UUID | None = None) -> UUID:
    """Keep a contact person from today on; `instead_of`: another one ends today. ThereError, InputError.

    Of experts for the jobs agreement a region has one: whoever was it ends today by themselves.
    """
    check_region(actor, CONTACTS, new.region, now)
    today = timezone.localdate(now)
    values = _checked(new, today)
    try:
        with acting(actor):
            there = RegionContact.objects.filter(region=new.region, kind=EXPERT, until=None)
            ending = set(there.values_list("pk", flat=True)) if new.kind == EXPERT else set()
            for one in ending | ({instead_of} if instead_of else set()):
                _end(actor, one, new.region, today, now)
            row = RegionContact.objects.create(
                **values, since=today, made_by=str(actor), made_at=now, invented=new.invented
            )
            _tell(actor, row, "contact_added", now)
    except IntegrityError as error:
        raise ThereError("This person is on the list already.", field="email") from error
    return row.pk


def end_contact(*, actor: Actor, contact: UUID, now: datetime) -> str:
    """Somebody no longer speaks for the region, from today on; returns the region. The row stays as history."""
    check_may(actor, CONTACTS, now)
    with acting(actor):
        return _end(actor, contact, "", timezone.localdate(now), now)


def restore_contact(*, actor: Actor, contact: UUID, now: datetime) -> str:
    """Take back that somebody ended today; returns the region. NotFoundError, ThereError."""
    check_may(actor, CONTACTS, now)
    try:
        with acting(actor):
            row = _contact(contact, until=timezone.localdate(now))
            row.until = None
            row.save(update_fields=["until"])
            _tell(actor, row, "contact_restored", now)
            return row.region
    except IntegrityError as error:
        raise ThereError("This person is on the list already.", field="email") from error


def name_manager(*, actor: Actor, region: str, manager: UUID, name: str, now: datetime) -> None:
    """Somebody of the national team keeps in touch with a region; whoever did so before ends today."""
    check_region(actor, TALKS, region, now)
    _check_region_is_there(region)
    with acting(actor):
        today = timezone.localdate(now)
        with connection.cursor() as cursor:  # pressed twice, or by two people: one after the other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"dichterbij manager {region}"])
        AccountManager.objects.filter(region=region, until=None).update(until=today)
        AccountManager.objects.create(
            region=region, manager=manager, name=tidy(name, LONGEST_NAME, "manager", least=1), since=today
        )
        data = {"region": region, "manager": str(manager)}
        record(actor=str(actor), action="network.manager_named", data=data, now=now)


def talked(*, actor: Actor, region: str, on: date, words: str, now: datetime) -> None:
    """A region was called or spoken to on a day, today or before. InputError."""
    check_region(actor, TALKS, region, now)
    _check_region_is_there(region)
    if on > timezone.localdate(now):
        raise InputError("That day is still to come.", field="on")
    with acting(actor):
        Talk.objects.create(region=region, on=on, words=tidy(words, LONGEST_LINE, "words"), by=str(actor), at=now)
        record(actor=str(actor), action="network.region_spoken", data={"region": region, "on": str(on)}, now=now)


def _checked(new: NewContact, today: date) -> dict[str, Any]:
    _check_region_is_there(new.region)
    if new.kind not in network_terms(today).contact_kinds:
        raise InputError("Choose what this person speaks for.", field="kind")
    if new.named_on > today:
        raise InputError("That day is still to come.", field="named_on")
    if new.kind == EXPERT and not new.phone.strip():
        raise InputError("Everybody may call this person: fill in a phone number.", field="phone")
    try:
        email = mail_address(new.email)
    except InputError as error:
        raise InputError("That is no e-mail address.", field="email") from error
    return {
        "region": new.region, "kind": new.kind, "name": tidy(new.name, LONGEST_NAME, "name", least=1), "email": email,
        "role": tidy(new.role, LONGEST_LINE, "role"), "phone": tidy(new.phone, 40, "phone"),
        "routes": list(checked_routes(new.routes)), "named_on": new.named_on,
        "named_by": tidy(new.named_by, LONGEST_LINE, "named_by", least=1),
    }  # fmt: skip


def _end(actor: Actor, contact: UUID, region: str, today: date, now: datetime) -> str:
    row = _contact(contact, until=None)
    if region and row.region != region:
        raise NotFoundError("There is no such contact person.")
    row.until = today
    row.save(update_fields=["until"])
    _tell(actor, row, "contact_ended", now)
    return row.region


def _contact(contact: UUID, until: date | None) -> RegionContact:
    row = RegionContact.objects.select_for_update().filter(pk=contact, until=until).first()
    if row is None:
        raise NotFoundError("There is no such contact person.")
    return row


def _tell(actor: Actor, row: RegionContact, what: str, now: datetime) -> None:
    data = {"contact": str(row.pk), "region": row.region, "kind": row.kind}
    record(actor=str(actor), action=f"network.{what}", data=data, now=now)


def _check_region_is_there(region: str) -> None:
    if region not in {row.code for row in regions()}:
        raise InputError("There is no such region.", field="region")
