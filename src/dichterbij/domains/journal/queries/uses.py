"""Reading the processing log: whose data were used, for what, by which organisation. It never knew by which user."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dichterbij.domains.journal.models import Processing


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use of somebody's data."""

    at: datetime
    name: str
    activity: str
    organisation: UUID | None
    trace: UUID


def uses_of(*, subject: str, limit: int = 200) -> tuple[UseRow, ...]:
    """The newest uses of the data of this pseudonym first. The site sees only those of the person it acts for."""
    rows = Processing.objects.filter(subject=subject).order_by("-at", "-id")[:limit]
    return tuple(UseRow(row.at, row.name, row.activity, row.organisation, row.trace) for row in rows)
