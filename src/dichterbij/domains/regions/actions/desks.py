"""Loading the desks files, which the regions keep themselves. A desk belongs to a region: load the areas first."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dichterbij.domains.journal.actions import Changes, ReferenceSet, StagedTable, upsert
from dichterbij.domains.regions.models import Region
from dichterbij.domains.regions.rules.desk_files import DESKS, desk_files, read_desks
from dichterbij.domains.regions.rules.desk_kinds import Desk
from dichterbij.shared.errors import UnavailableError

COLUMNS = {
    "desk_id": "text",
    "region_id": "text",
    "kind": "text",
    "name_nl": "text",
    "name_en": "text",
    "serves": "varchar(20)[]",
    "topics": "varchar(20)[]",
    "address": "text",
    "phone": "text",
    "email": "text",
    "website": "text",
    "hours": "jsonb",
    "valid_from": "date",
    "valid_to": "date",
    "invented": "boolean",
    "source": "text",
    "exception_nl": "text",
    "exception_en": "text",
    "note_nl": "text",
    "note_en": "text",
}
TABLE = StagedTable(table="regions_desk", incoming=COLUMNS, key=("desk_id",), columns=tuple(COLUMNS))


def desk_set() -> ReferenceSet:
    """The set of desks, to be loaded after the regions."""
    return ReferenceSet("desks", desk_files(DESKS), load_desks)


def load_desks(today: date, folder: Path = DESKS) -> Mapping[str, Changes]:
    """Desks; one that left the files is marked obsolete.

    Raises InputError naming the mistake in a file, UnavailableError when a desk's region is not loaded.
    """
    desks = read_desks(folder)
    _check_regions(desks)
    return {"desks": upsert(staged=TABLE, rows=(_row(desk) for desk in desks), today=today)}


def _check_regions(desks: tuple[Desk, ...]) -> None:
    known = set(Region.objects.values_list("code", flat=True))
    missing = sorted({desk.region_code for desk in desks if desk.region_code} - known)
    if missing:
        raise UnavailableError(
            f"The desks files name {', '.join(missing)}, which is no region: load the regions first."
        )


def _row(desk: Desk) -> tuple[object, ...]:
    """The values of `COLUMNS`."""
    hours = [
        {"days": [day.value for day in row.days], "from": f"{row.opens:%H:%M}", "to": f"{row.closes:%H:%M}"}
        for row in desk.hours
    ]
    return (
        desk.desk_id,
        desk.region_code,
        desk.kind.value,
        desk.name.nl,
        desk.name.en,
        sorted(who.value for who in desk.serves),
        sorted(topic.value for topic in desk.topics),
        desk.address,
        desk.phone,
        desk.email,
        desk.website,
        json.dumps(hours),
        desk.valid_from,
        desk.valid_to,
        desk.invented,
        desk.source,
        desk.exception.nl if desk.exception else "",
        desk.exception.en if desk.exception else "",
        desk.note.nl if desk.note else "",
        desk.note.en if desk.note else "",
    )
