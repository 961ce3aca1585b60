"""The desks that help with a question, from the loaded desks and what their regions changed."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from dichterbij.domains.regions.models.desks import Desk as DeskRow
from dichterbij.domains.regions.models.desks import KeptDesk
from dichterbij.domains.regions.rules.desk_kinds import Day, Desk, Hours, Kind, Referral, Topic, Who
from dichterbij.domains.regions.rules.desk_records import read_desk
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.rules.outcome import Outcome
from dichterbij.shared.errors import InputError, UnavailableError
from dichterbij.shared.words import Words

log = logging.getLogger(__name__)


def desks_for(
    *, who: Who, topic: Topic, home_region: str | None, work_region: str | None, on: date
) -> Outcome[tuple[Referral, ...]]:
    """The desks for this question on this date, with reasons; never none. Two queries.

    Regions are AM codes or None (unknown). Raises UnavailableError when no reference data are loaded.
    """
    desks = all_desks()
    if not desks:
        raise UnavailableError("There are no desks yet: run `dichterbij load-reference` first.")
    return which_desks(who=who, topic=topic, home_region=home_region, work_region=work_region, on=on, desks=desks)


def all_desks() -> tuple[Desk, ...]:
    """Every desk that there is, valid or not, by id: as its region keeps it, else as in the files. Two queries."""
    desks = {row.desk_id: _desk(row) for row in DeskRow.objects.filter(obsolete_on=None)}
    desks |= {
        row.desk_id: kept
        for row in KeptDesk.objects.filter(taken_back_at=None).order_by("number")
        if (kept := _kept_or_none(row))
    }
    return tuple(desks[desk_id] for desk_id in sorted(desks))


def desk(desk_id: str) -> Desk | None:
    """One desk, valid or not: as its region keeps it, else as in the files; None when there is none."""
    kept = KeptDesk.objects.filter(desk_id=desk_id, taken_back_at=None).order_by("-number").first()
    row = DeskRow.objects.filter(desk_id=desk_id, obsolete_on=None).first()
    return (_kept_or_none(kept) if kept else None) or (_desk(row) if row else None)


@dataclass(frozen=True, slots=True)
class DeskChange:
    """One change of a desk by its region: the desk after it, when, and when it was taken back."""

    desk: Desk
    number: int
    kept_at: datetime
    taken_back_at: datetime | None


def changes_of(desk_ids: list[str]) -> dict[str, list[DeskChange]]:
    """Per desk what its region changed, the last first. One query."""
    found: dict[str, list[DeskChange]] = {desk_id: [] for desk_id in desk_ids}
    for row in KeptDesk.objects.filter(desk_id__in=desk_ids).order_by("-number"):
        found[row.desk_id].append(DeskChange(_kept(row), row.number, row.kept_at, row.taken_back_at))
    return found


def _kept_or_none(row: KeptDesk) -> Desk | None:
    """None for what a newer version cannot read any more: then the packaged desk stands there, and the log says so."""
    try:
        return _kept(row)
    except InputError as error:
        log.error("A desk that its region kept cannot be read, and is left out: %s", error)
        return None


def _kept(row: KeptDesk) -> Desk:
    days = {key: date.fromisoformat(row.record[key]) if row.record[key] else None for key in ("valid_from", "valid_to")}
    return read_desk({**row.record, **days}, region_code=row.region_id, where="kept desks")


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
