"""Reading national employers: all of them for the national team, those with a site here for a region."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.actions.approaching import last_change
from dichterbij.domains.network.may import EMPLOYERS, check_may
from dichterbij.domains.network.models import Approach, Employer, EmployerContact, Lead, Site, Step
from dichterbij.domains.network.queries.leads import LeadRow, lead_row
from dichterbij.domains.network.rules.employers import SiteState, Status
from dichterbij.domains.network.rules.names import name_key
from dichterbij.shared.errors import NotFoundError

ORDERS = {"name": ("name", "id"), "changed": ("-status_at", "id"), "status": ("status", "name", "id")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which employers; an empty text is all. `is_waiting`: it reported itself, and nobody got in touch yet."""

    search: str = ""
    status: str = ""
    party: str = ""
    region: str = ""
    route: str = ""
    order: str = "name"
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site with what its region does. A region sees its own ones."""

    id: UUID
    region: str
    place: str
    state: SiteState
    words: str
    state_at: datetime


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """An employer. `party` approaches it since `since`; empty when nobody does. `came_at`: it reported itself."""

    id: UUID
    name: str
    kvk: str
    sector: str
    routes: tuple[str, ...]
    status: Status
    status_at: datetime
    party: str
    since: datetime | None
    agreed: str
    agreed_at: datetime | None
    came_at: datetime | None
    version: int
    is_invented: bool
    sites: tuple[SiteRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something that happened; `internal` for the national team alone, `region` for one region and the team."""

    at: datetime
    kind: str
    was: str
    became: str
    words: str
    region: str
    internal: bool
    by: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who speaks for an employer, at work."""

    id: UUID
    name: str
    role: str
    email: str
    phone: str
    since: date


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """Everything of one employer that this role sees, the newest step first. `can_undo`: the last change of status."""

    row: EmployerRow
    contacts: tuple[PersonRow, ...]
    steps: tuple[StepRow, ...]
    can_undo: bool
    leads: tuple[LeadRow, ...]


def employers(
    *, actor: Actor, wanted: Wanted, now: datetime, limit: int, offset: int = 0
) -> tuple[tuple[EmployerRow, ...], int]:
    """A part of the list, and how long the whole is. As many queries for one as for a hundred."""
    check_may(actor, EMPLOYERS, now)
    with acting(actor):
        found = _wanted(wanted)
        rows = found.order_by(*ORDERS.get(wanted.order, ORDERS["name"]))[offset : offset + limit]
        return _rows(list(rows)), found.count()


def waiting_employers(*, actor: Actor, now: datetime) -> int:
    """How many reported themselves and wait for a call. One query."""
    check_may(actor, EMPLOYERS, now)
    with acting(actor):
        return _wanted(Wanted(is_waiting=True)).count()


def employer(*, actor: Actor, employer: UUID, now: datetime) -> EmployerPage:
    """One of them. NotFoundError when it is not there or not this region's."""
    check_may(actor, EMPLOYERS, now)
    with acting(actor):
        rows = list(Employer.objects.filter(pk=employer, gone_at=None))
        if not rows:
            raise NotFoundError("There is no such employer.")
        contacts = EmployerContact.objects.filter(employer=employer, until=None).order_by("name", "id")
        steps = Step.objects.filter(employer=employer).order_by("-id")
        return EmployerPage(
            _rows(rows)[0],
            tuple(PersonRow(one.pk, one.name, one.role, one.email, one.phone, one.since) for one in contacts),
            tuple(map(_step, steps)),
            last_change(employer) is not None,
            tuple(map(lead_row, Lead.objects.filter(employer=employer).order_by("-at", "id"))),
        )


def _wanted(wanted: Wanted) -> QuerySet[Employer]:
    rows = Employer.objects.filter(gone_at=None)
    if wanted.is_waiting:
        rows = rows.filter(came_at__isnull=False, status=Status.PROSPECT.value)
    for word in name_key(wanted.search).split()[:8]:
        rows = rows.filter(Q(key__contains=word) | Q(kvk=word))
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.route:
        rows = rows.filter(routes__contains=[wanted.route])
    if wanted.party:
        mine = Approach.objects.filter(employer=OuterRef("pk"), until=None, party=wanted.party)
        rows = rows.filter(Exists(mine))
    if wanted.region:
        here = Site.objects.filter(employer=OuterRef("pk"), region=wanted.region, ended_on=None)
        rows = rows.filter(Exists(here))
    return rows


def _rows(rows: Sequence[Employer]) -> tuple[EmployerRow, ...]:
    ids = [row.pk for row in rows]
    approaches = {one.employer_id: one for one in Approach.objects.filter(employer__in=ids, until=None)}
    sites: dict[UUID, list[Site]] = defaultdict(list)
    for site in Site.objects.filter(employer__in=ids, ended_on=None).order_by("region", "place", "id"):
        sites[site.employer_id].append(site)
    return tuple(_row(row, approaches.get(row.pk), sites[row.pk]) for row in rows)


def _row(row: Employer, approach: Approach | None, sites: Iterable[Site]) -> EmployerRow:
    return EmployerRow(
        id=row.pk,
        name=row.name,
        kvk=row.kvk,
        sector=row.sector,
        routes=tuple(row.routes),
        status=Status(row.status),
        status_at=row.status_at,
        party=approach.party if approach else "",
        since=approach.since if approach else None,
        agreed=row.agreed,
        agreed_at=row.agreed_at,
        came_at=row.came_at,
        version=row.version,
        is_invented=row.invented,
        sites=tuple(
            SiteRow(one.pk, one.region, one.place, SiteState(one.state), one.words, one.state_at) for one in sites
        ),
    )


def _step(row: Step) -> StepRow:
    return StepRow(row.at, row.kind, row.was, row.became, row.words, row.region, row.internal, row.by)
