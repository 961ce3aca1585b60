"""Load the desks files. `load-reference` calls `load_desks` after the areas, because a desk belongs to a region."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from dichterbij.domains.journal.actions import record
from dichterbij.domains.regions.models import Desk as DeskRow
from dichterbij.domains.regions.models import Region
from dichterbij.domains.regions.rules.desk_files import DESKS, read_desks
from dichterbij.domains.regions.rules.desk_kinds import Desk
from dichterbij.shared.errors import UnavailableError


@dataclass(frozen=True, slots=True)
class DesksReport:
    """What a load changed: numbers of desks that came, changed, left the files (kept, marked) and stayed the same."""

    added: int
    changed: int
    obsolete: int
    unchanged: int


@transaction.atomic
def load_desks(*, actor: str, now: datetime, folder: Path = DESKS) -> DesksReport:
    """Bring the desks up to date with the files; repeatable. A desk that left them is marked obsolete, never deleted.

    One event in the journal when something changed. Raises InputError for a mistake in a file, UnavailableError
    when the regions are not loaded yet; then nothing changes.
    """
    desks = read_desks(folder)
    _check_regions(desks)
    before = {row.desk_id: row for row in DeskRow.objects.select_for_update()}
    wanted = {desk.desk_id: _fields(desk) for desk in desks}
    changed = [desk_id for desk_id in wanted if desk_id in before and _differs(before[desk_id], wanted[desk_id])]
    gone = [row for desk_id, row in before.items() if desk_id not in wanted and row.obsolete_on is None]
    report = DesksReport(
        added=len(wanted.keys() - before.keys()),
        changed=len(changed),
        obsolete=len(gone),
        unchanged=len(wanted.keys() & before.keys()) - len(changed),
    )
    _write(wanted, to_write=[*(wanted.keys() - before.keys()), *changed])
    _retire(gone, now.date())
    if report.added or report.changed or report.obsolete:
        counts = {"added": report.added, "changed": report.changed, "obsolete": report.obsolete}
        record(actor=actor, action="desks.loaded", data=counts, now=now)
    return report


def _check_regions(desks: tuple[Desk, ...]) -> None:
    known = set(Region.objects.values_list("code", flat=True))
    missing = sorted({desk.region_code for desk in desks if desk.region_code} - known)
    if missing:
        raise UnavailableError(f"Load the regions first: {', '.join(missing)} of the desks files is not there yet.")


def _fields(desk: Desk) -> dict[str, object]:
    """The columns of a desk, as stored."""
    return {
        "region_id": desk.region_code,
        "kind": desk.kind.value,
        "name_nl": desk.name.nl,
        "name_en": desk.name.en,
        "serves": sorted(desk.serves),
        "topics": sorted(desk.topics),
        "address": desk.address,
        "phone": desk.phone,
        "email": desk.email,
        "website": desk.website,
        "hours": [
            {"days": [day.value for day in row.days], "from": f"{row.opens:%H:%M}", "to": f"{row.closes:%H:%M}"}
            for row in desk.hours
        ],
        "valid_from": desk.valid_from,
        "valid_to": desk.valid_to,
        "invented": desk.invented,
        "source": desk.source,
        "exception_nl": desk.exception.nl if desk.exception else "",
        "exception_en": desk.exception.en if desk.exception else "",
        "note_nl": desk.note.nl if desk.note else "",
        "note_en": desk.note.en if desk.note else "",
        "obsolete_on": None,
    }


def _differs(row: DeskRow, fields: dict[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in fields.items())


def _write(wanted: dict[str, dict[str, object]], to_write: list[str]) -> None:
    rows = [DeskRow(desk_id=desk_id, **wanted[desk_id]) for desk_id in to_write]
    if rows:
        columns = list(next(iter(wanted.values())))
        DeskRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["desk_id"], update_fields=columns)


def _retire(gone: list[DeskRow], today: date) -> None:
    for row in gone:
        row.obsolete_on = today
    DeskRow.objects.bulk_update(gone, ["obsolete_on"])
