"""Reading regional tables: those of one's own region, or of all for the national team."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.may import TABLES, check_may
from dichterbij.domains.network.models import RegionalTable


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table as it reads in one version. `lacks_outcomes`: its day has passed, and nobody wrote what came out."""

    key: UUID
    version: int
    region: str
    on: date
    subject: str
    parties: str
    agenda: str
    outcomes: str
    is_invented: bool
    at: datetime
    lacks_outcomes: bool


def tables(*, actor: Actor, now: datetime) -> tuple[TableRow, ...]:
    """Every table that this role sees as it reads now, the newest day first. One query."""
    check_may(actor, TABLES, now)
    with acting(actor):
        newest = RegionalTable.objects.order_by("key", "-version").distinct("key")
        rows = [_row(row, now) for row in newest]
    return tuple(sorted(rows, key=lambda row: (-row.on.toordinal(), row.region, row.key)))


def table(*, actor: Actor, key: UUID, now: datetime) -> tuple[TableRow, ...]:
    """Every version of one table, the newest first; none where this role sees no such table."""
    check_may(actor, TABLES, now)
    with acting(actor):
        return tuple(_row(row, now) for row in RegionalTable.objects.filter(key=key).order_by("-version"))


def _row(row: RegionalTable, now: datetime) -> TableRow:
    lacks = not row.outcomes and row.on < timezone.localdate(now)
    return TableRow(
        row.key, row.version, row.region, row.on, row.subject, row.parties, row.agenda, row.outcomes, row.invented,
        row.at, lacks,
    )  # fmt: skip
