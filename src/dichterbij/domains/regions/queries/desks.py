"""The desks that help with a question, from the loaded desks."""

from datetime import date, time
from typing import Any

from dichterbij.domains.regions.models.desks import Desk as DeskRow
from dichterbij.domains.regions.rules.desk_kinds import Day, Desk, Hours, Kind, Referral, Topic, Who
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.rules.outcome import Outcome
from dichterbij.shared.errors import UnavailableError
from dichterbij.shared.words import Words


def desks_for(
    *, who: Who, topic: Topic, home_region: str | None, work_region: str | None, on: date
) -> Outcome[tuple[Referral, ...]]:
    """The desks for this question on this date, with reasons; never none. One query.

    Regions are AM codes or None (unknown). Raises UnavailableError when no reference data are loaded.
    """
    desks = all_desks()
    if not desks:
        raise UnavailableError("There are no desks yet: run `dichterbij load-reference` first.")
    return which_desks(who=who, topic=topic, home_region=home_region, work_region=work_region, on=on, desks=desks)


def all_desks() -> tuple[Desk, ...]:
    """Every desk that is still in the desks files, valid or not, by id. One query."""
    return tuple(_desk(row) for row in DeskRow.objects.filter(obsolete_on=None).order_by("desk_id"))


def _desk(row: DeskRow) -> Desk:
    return Desk(
        desk_id=row.desk_id,
        region_code=row.region_id,
        kind=Kind(row.kind),
        name=Words(row.name_nl, row.name_en),
        serves=frozenset(Who(code) for code in row.serves),
        topics=frozenset(Topic(code) for code in row.topics),
        address=row.address,
        phone=row.phone,
        email=row.email,
        website=row.website,
        hours=tuple(_hours(item) for item in row.hours),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        invented=row.invented,
        source=row.source,
        exception=Words(row.exception_nl, row.exception_en) if row.exception_nl else None,
        note=Words(row.note_nl, row.note_en) if row.note_nl else None,
    )


def _hours(item: dict[str, Any]) -> Hours:
    days = tuple(Day(day) for day in item["days"])
    return Hours(days, time.fromisoformat(item["from"]), time.fromisoformat(item["to"]))
