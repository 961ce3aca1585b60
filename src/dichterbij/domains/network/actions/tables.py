"""Regional tables: the agenda before, the outcomes after. What was written stays; a change is a new version."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.errors import ChangedError
from dichterbij.domains.network.may import CONTACTS, check_region
from dichterbij.domains.network.models import RegionalTable
from dichterbij.domains.network.rules.employers import LONGEST_LINE
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import InputError, NotFoundError

LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Table:
    """A regional table as it is filled in. `outcomes` empty: not yet."""

    region: str
    on: date
    subject: str
    agenda: str
    parties: str = ""
    outcomes: str = ""
    invented: bool = False


def plan_table(*, actor: Actor, table: Table, now: datetime) -> UUID:
    """A table with its agenda, and perhaps its outcomes; returns its number. InputError, NotAllowedError."""
    key = uuid4()
    _write(actor, key, 1, table, "network.table_planned", now)
    return key


def amend_table(*, actor: Actor, key: UUID, table: Table, version: int, now: datetime) -> None:
    """Write down what came out, or another agenda. NotFoundError; ChangedError for an older `version`; InputError."""
    with acting(actor):
        newest = RegionalTable.objects.filter(key=key, region=table.region).order_by("-version").first()
    if newest is None:
        raise NotFoundError("There is no such table.")
    if newest.version != version:
        raise ChangedError("Somebody else wrote something here. Look at it again.")
    _write(actor, key, version + 1, table, "network.table_amended", now)


def _write(actor: Actor, key: UUID, version: int, table: Table, told: str, now: datetime) -> None:
    check_region(actor, CONTACTS, table.region, now)
    if table.region not in {row.code for row in regions()}:
        raise InputError("There is no such region.", field="region")
    if table.outcomes.strip() and table.on > timezone.localdate(now):
        raise InputError("There are no outcomes before the day itself.", field="outcomes")
    values = {
        "subject": _text(table.subject, "subject", LONGEST_LINE, least=1),
        "parties": _text(table.parties, "parties", LONGEST_LINE),
        "agenda": _text(table.agenda, "agenda", LONGEST, least=1),
        "outcomes": _text(table.outcomes, "outcomes", LONGEST),
    }
    try:
        with acting(actor):
            RegionalTable.objects.create(
                key=key, version=version, region=table.region, on=table.on, invented=table.invented, by=str(actor),
                at=now, **values,
            )  # fmt: skip
            data = {"table": str(key), "region": table.region, "version": version}
            record(actor=str(actor), action=told, data=data, now=now)
    except IntegrityError as error:
        raise ChangedError("Somebody else wrote something here. Look at it again.") from error


def _text(text: str, field: str, longest: int, *, least: int = 0) -> str:
    """The text with its lines, without what stands around them."""
    kept = "\n".join(line.strip() for line in text.replace("\0", "").strip().splitlines())
    if not least <= len(kept) <= longest:
        raise InputError(f"Between {least} and {longest} letters.", field=field)
    return kept
