"""Reading who speaks for which region, which region lacks somebody, and which one was not spoken to for long."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.may import CONTACTS, TALKS, check_may
from dichterbij.domains.network.models import AccountManager, RegionContact, Talk
from dichterbij.domains.network.rules.employers import EXPERT, network_terms
from dichterbij.domains.regions.queries import RegionRow, regions


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody who speaks for a region, or did (`until`)."""

    id: UUID
    region: str
    kind: str
    name: str
    role: str
    email: str
    phone: str
    routes: tuple[str, ...]
    named_by: str
    named_on: date
    since: date
    until: date | None
    is_invented: bool


@dataclass(frozen=True, slots=True)
class Expert:
    """Whom everybody may call in a region about the jobs agreement."""

    name: str
    role: str
    phone: str
    since: date
    is_invented: bool


@dataclass(frozen=True, slots=True)
class RegionContacts:
    """A region with who speaks for it now, who did before, and the kinds for which nobody does."""

    region: RegionRow
    contacts: tuple[ContactRow, ...]
    former: tuple[ContactRow, ...]
    lacks: tuple[str, ...]
    manager: str


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A day on which a region was spoken to."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class RegionTalks:
    """A region with its account manager and when it was last spoken to. `is_due`: not within the set period."""

    region: RegionRow
    manager: UUID | None
    manager_name: str
    last: TalkRow | None
    is_due: bool


def region_contacts(*, actor: Actor, now: datetime) -> tuple[RegionContacts, ...]:
    """Every region that this role sees, by name. As many queries for one as for thirty-five."""
    check_may(actor, CONTACTS, now)
    kinds = network_terms(timezone.localdate(now)).contact_kinds
    with acting(actor):
        there: dict[str, list[ContactRow]] = defaultdict(list)
        for row in RegionContact.objects.order_by("region", "kind", "name", "-since", "id"):
            there[row.region].append(contact_row(row))
        managers = dict(AccountManager.objects.filter(until=None).values_list("region", "name"))
    return tuple(
        _region(one, there[one.code], tuple(kinds), managers.get(one.code, ""))
        for one in regions()
        if not actor.region or one.code == actor.region
    )


def region_expert(region: str) -> Expert | None:
    """The one expert for the jobs agreement of a region, for everybody to read; None where nobody is named."""
    row = RegionContact.objects.filter(region=region, kind=EXPERT, until=None).first()
    return Expert(row.name, row.role, row.phone, row.since, row.invented) if row else None


def region_talks(*, actor: Actor, now: datetime) -> tuple[RegionTalks, ...]:
    """Every region with its account manager and last talk: those not spoken to for longest first."""
    check_may(actor, TALKS, now)
    today = timezone.localdate(now)
    border = today - timedelta(days=network_terms(today).speak_days)
    with acting(actor):
        managers = {row.region: row for row in AccountManager.objects.filter(until=None)}
        newest = Talk.objects.values("region").annotate(newest=Max("on")).values_list("region", "newest")
        last = {
            row.region: TalkRow(row.on, row.words)
            for row in Talk.objects.order_by("region", "-on", "-id").distinct("region")
        }
        days = dict(newest)
    found = []
    for one in regions():
        manager = managers.get(one.code)
        is_due = days.get(one.code, date.min) < border
        found.append(
            RegionTalks(
                one, manager.manager if manager else None, manager.name if manager else "", last.get(one.code), is_due
            )
        )
    return tuple(sorted(found, key=lambda row: (row.last.on if row.last else date.min, row.region.name)))


def _region(region: RegionRow, rows: list[ContactRow], kinds: tuple[str, ...], manager: str) -> RegionContacts:
    now_there = tuple(row for row in rows if row.until is None)
    former = sorted((row for row in rows if row.until is not None), key=lambda row: row.until or date.min, reverse=True)
    lacks = tuple(kind for kind in kinds if kind not in {row.kind for row in now_there})
    return RegionContacts(region, now_there, tuple(former), lacks, manager)


def contact_row(row: RegionContact) -> ContactRow:
    """As the pages read it."""
    return ContactRow(
        row.pk, row.region, row.kind, row.name, row.role, row.email, row.phone, tuple(row.routes), row.named_by,
        row.named_on, row.since, row.until, row.invented,
    )  # fmt: skip
