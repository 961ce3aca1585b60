"""Reading whom others call at an organisation; and, for a partner, whom it calls in each region."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.may import OWN_CONTACTS, check_may
from dichterbij.domains.network.models import OrganisationContact, RegionContact
from dichterbij.domains.network.queries.contacts import ContactRow, contact_row


@dataclass(frozen=True, slots=True)
class OwnContactRow:
    """Somebody to call at an organisation, or who was (`until`)."""

    id: UUID
    organisation: UUID
    name: str
    role: str
    email: str
    phone: str
    regions: tuple[str, ...]
    routes: tuple[str, ...]
    since: date
    until: date | None


def own_contacts(*, actor: Actor, now: datetime) -> tuple[OwnContactRow, ...]:
    """Those of one's own organisation, or of all for the national team; who is there first, then who ended."""
    check_may(actor, OWN_CONTACTS, now)
    with acting(actor):
        rows = list(OrganisationContact.objects.order_by("organisation", "name", "id"))
    found = [
        OwnContactRow(
            row.pk, row.organisation, row.name, row.role, row.email, row.phone, tuple(row.regions), tuple(row.routes),
            row.since, row.until,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda row: row.until is not None))


def region_callers(*, actor: Actor, now: datetime, route: str = "") -> tuple[ContactRow, ...]:
    """Whom a partner calls in each region, for this route; none for who is of no partner."""
    check_may(actor, OWN_CONTACTS, now)
    if actor.organisation is None:
        return ()
    with acting(actor):
        there = RegionContact.objects.filter(until=None, kind="general").order_by("region", "name", "id")
        rows = [contact_row(row) for row in there]
    return tuple(row for row in rows if not route or not row.routes or route in row.routes)
