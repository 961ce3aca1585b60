"""Finding a place by its name, tolerant of typing errors."""

from functools import lru_cache
from itertools import groupby

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.regions.models import Municipality, Postcode
from dichterbij.domains.regions.rules.places import FoundPlace, Place, PlaceIndex, names_of


def find_place(text: str, *, limit: int = 8) -> tuple[FoundPlace, ...]:
    """Towns, villages and municipalities called like `text`, best first; empty when nothing is alike.

    One query; three more the first time after reference data were loaded.
    """
    version = journal.latest_event_key(action="reference.loaded")
    index = _kept_index(version) if version is not None else _index()
    return index.find(text, limit=limit)


@lru_cache(maxsize=1)
def _kept_index(version: str) -> PlaceIndex:
    """The index of one state of the reference data: those change by a load only."""
    return _index()


def _index() -> PlaceIndex:
    rows = Postcode.objects.filter(obsolete_on=None).select_related("municipality", "region")
    ordered = sorted(rows, key=lambda row: (row.place, row.municipality_id, -(row.inhabitants or 0), row.pc4))
    towns = [_town(list(group)) for _, group in groupby(ordered, key=lambda row: (row.place, row.municipality_id))]
    return PlaceIndex([*towns, *_municipalities(towns)])


def _town(rows: list[Postcode]) -> Place:
    largest = rows[0]
    return Place(
        name=largest.place,
        gm_code=largest.municipality_id,
        municipality=largest.municipality.name,
        region_code=largest.region_id,
        region_name=largest.region.name,
        pc4=largest.pc4,
        inhabitants=sum(row.inhabitants or 0 for row in rows),
    )


def _municipalities(towns: list[Place]) -> list[Place]:
    """Municipalities that are not called after one of their towns, with the postcode of their largest town."""
    largest: dict[str, Place] = {}
    for town in sorted(towns, key=lambda town: -town.inhabitants):
        largest.setdefault(town.gm_code, town)
    own_names = {(name, town.gm_code) for town in towns for name in names_of(town.name)}
    return [
        Place(
            row.name, row.gm_code, row.name, row.region_id, row.region.name, largest[row.gm_code].pc4, row.inhabitants
        )
        for row in Municipality.objects.filter(obsolete_on=None).select_related("region")
        if row.gm_code in largest and not any((name, row.gm_code) in own_names for name in names_of(row.name))
    ]
