"""What invented people and openings give: how near the nearest opening is, for whom, and how far people travel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dichterbij.data import reference_table
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine.matching import match
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.places import metres_from
from dichterbij.engine.reading import openings_from_rows, people_from_rows, read_openings, read_people
from dichterbij.synthetic.assumptions import load
from dichterbij.synthetic.draw import Bools, Ints
from dichterbij.synthetic.files import read
from dichterbij.synthetic.occupations import load_occupations
from dichterbij.synthetic.places import load_places

SAMPLE = 2_000  # people whose every postcode within reach is looked at
SHARES = ("0 steps", "1 step", "2+ steps", "none")
ROUTES = ("direct", "open_hiring", "learn_work", "carving")


@dataclass(frozen=True)
class Nearest:
    """Of each person the nearest opening: its steps (-1: no bridge), route, postcode area what was unknown."""

    steps: Ints
    route: tuple[str | None, ...]
    pc4: Ints
    to_ask_skills: Bools
    undescribed: Bools


def _nearest(people: Path, openings: Path, parameters: Parameters, on: date) -> Nearest:
    read_in, offered = read_people(people, parameters).table, read_openings(openings, parameters).table
    found = [block.table() for block in match(read_in, offered, parameters, on=on, top=1)]
    table = pa.concat_tables(found) if found else pa.table({})
    row = np.asarray(pc.index_in(table["person_id"], value_set=read_in.ids), np.int64)
    where = read(openings, ["opening_id", "pc4"])
    at = pc.index_in(table["opening_id"], value_set=where["opening_id"].combine_chunks())
    steps, pc4 = np.full(len(read_in), -1, np.int64), np.zeros(len(read_in), np.int64)
    steps[row], pc4[row] = np.asarray(table["steps"]), np.asarray(where["pc4"].take(at))
    routes: list[str | None] = [None] * len(read_in)
    asked, undescribed = np.zeros(len(read_in), np.bool_), np.zeros(len(read_in), np.bool_)
    undescribed[row] = np.asarray(table["undescribed"])
    for person, route, to_ask in zip(
        row.tolist(), table["route"].to_pylist(), table["to_ask"].to_pylist(), strict=True
    ):
        routes[person], asked[person] = route, "skills" in to_ask
    return Nearest(steps, tuple(routes), pc4, asked, undescribed)


def _classes(nearest: Nearest) -> Ints:
    """0, 1, 2 (two or more), 3 (no bridge)."""
    classes: Ints = np.where(nearest.steps < 0, 3, np.minimum(nearest.steps, 2))
    return classes


def _row(name: str, classes: Ints, chosen: Bools) -> tuple[str, ...]:
    count = int(chosen.sum())
    shares = np.bincount(classes[chosen], minlength=len(SHARES)) / max(count, 1)
    return (name, f"{count:,}", *(f"{share:.1%}" for share in shares))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "|".join("---" if not place else "---:" for place in range(len(head))) + "|"
    yield from ("| " + " | ".join(row) + " |" for row in rows)


def _groups(people: pa.Table, on: date) -> Ints:
    """Position of the group of the occupation that counts most, -1 for people who never worked."""
    occupations = load_occupations(on)
    group = dict(zip(reversed(occupations.uris.to_pylist()), reversed(occupations.group.tolist()), strict=True))
    return np.array([group[uris[0]] if uris else -1 for uris in people["occupation_uris"].to_pylist()], np.int64)


def _kinds(pc4: Ints, on: date) -> Ints:
    places = load_places("all", on)
    kinds: Ints = places.kind[np.searchsorted(places.pc4, pc4)]
    return kinds


@dataclass(frozen=True)
class _Centres:
    """Middle points of municipalities, by postcode area (both sorted by pc4), in radians."""

    pc4: Ints
    lat: np.ndarray
    lon: np.ndarray

    def km(self, home: Ints, work: Ints) -> np.ndarray:
        """Kilometres between the middles of the two municipalities; 0 within one."""
        one, two = (np.searchsorted(self.pc4, areas) for areas in (home, work))
        distance: np.ndarray = metres_from((self.lat[one], self.lon[one]), self.lat[two], self.lon[two]) / 1000
        return distance


def _centres() -> _Centres:
    municipalities = {row["gm_code"]: row for row in reference_table("regions", "municipalities.csv").to_pylist()}
    areas = reference_table("postcodes", "postcodes.csv").sort_by("pc4")
    found = [municipalities[code] for code in areas["gm_code"].to_pylist()]
    lat, lon = (np.radians([row[name] for row in found]) for name in ("lat", "lon"))
    return _Centres(np.asarray(areas["pc4"], np.int64), lat, lon)


def _reach(people: pa.Table, openings: pa.Table, parameters: Parameters, on: date) -> tuple[Ints, Ints, Ints]:
    """Home, work and number of openings of every pair of areas within reach, for the first SAMPLE people.

    Asked of the bridge itself: an opening without any demand in every area, and people with nothing but their travel.
    """
    travel = ["person_id", "pc4", "modes", "ebike_possible", "max_travel_minutes", "max_distance_km"]
    some = people.slice(0, SAMPLE).select(travel)
    counts = openings.group_by("pc4").aggregate([("pc4", "count")])
    blank = pa.table(
        {
            "opening_id": counts["pc4"].cast(pa.string()),
            "pc4": counts["pc4"],
            "hours_min": pa.repeat(1, counts.num_rows),
            "hours_max": pa.repeat(60, counts.num_rows),
        }
    )
    read_in, offered = people_from_rows(some, parameters), openings_from_rows(blank, parameters)
    home = dict(zip(some["person_id"].to_pylist(), some["pc4"].to_pylist(), strict=True))
    many = dict(zip(counts["pc4"].to_pylist(), counts["pc4_count"].to_pylist(), strict=True))
    found = [block.table() for block in match(read_in, offered, parameters, on=on, top=len(offered))]
    pairs = [
        (home[person], int(work), many[int(work)])
        for table in found
        for person, work in zip(table["person_id"].to_pylist(), table["opening_id"].to_pylist(), strict=True)
    ]
    homes, works, numbers = np.array(pairs, np.int64).reshape(-1, 3).T
    return homes, works, numbers


def _travel_rows(
    people: pa.Table, openings: pa.Table, nearest: Nearest, parameters: Parameters, on: date
) -> Iterator[tuple[str, ...]]:
    centres, bins = _centres(), reference_table("commuting", "distance_bins.csv").to_pylist()
    homes, works, numbers = _reach(people, openings, parameters, on)
    has = nearest.steps >= 0
    own = np.asarray(people["pc4"], np.int64)[has]
    columns = [
        (centres.km(homes, works), numbers.astype(np.float64)),
        (centres.km(own, nearest.pc4[has]), np.ones(len(own))),
    ]
    for row in bins:
        shares = []
        for km, weight in columns:
            inside = (km > row["km_from"]) & (km <= row["km_to"]) if row["km_to"] else km <= 0.001
            shares.append(weight[inside].sum() / max(weight.sum(), 1))
        name = f"{row['km_from']:g}-{row['km_to']:g} km" if row["km_to"] else "same municipality"
        yield (name, f"{row['share']:.1%}", *(f"{share:.1%}" for share in shares))


def _told(people: pa.Table, nearest: Nearest, on: date) -> Iterator[str]:
    classes, group, kind = _classes(nearest), _groups(people, on), _kinds(np.asarray(people["pc4"], np.int64), on)
    everybody = np.ones(len(classes), np.bool_)
    known = ~np.asarray(people["skills"].is_null())
    assumed = load(on)
    rows = [_row("everybody", classes, everybody), _row("skills known", classes, known)]
    rows.append(_row("skills unknown", classes, ~known))
    yield from _table(("people", "number", *SHARES), rows)
    yield ""
    rows = [_row(item.en, classes, group == place) for place, item in enumerate(assumed.groups)]
    rows.append(_row("never worked", classes, group < 0))
    yield from _table(("worked in", "number", *SHARES), rows)
    yield ""
    names = assumed.places["density_names"]["en"]
    yield from _table(
        ("lives where it is", "number", *SHARES), [_row(n, classes, kind == k) for k, n in enumerate(names)]
    )
    yield ""
    total = max(len(classes), 1)
    routes = [(route, f"{nearest.route.count(route) / total:.1%}") for route in ROUTES]
    routes.append(("direct, skills still to be asked", f"{nearest.to_ask_skills.sum() / total:.1%}"))
    routes.append(("only openings that are not described", f"{nearest.undescribed.sum() / total:.1%}"))
    yield from _table(("route of the nearest opening", "share of people"), routes)


def report(people: Path, openings: Path, *, on: date) -> str:
    """Markdown tables on the files `people` and `openings`, matched on day `on`."""
    parameters = load_parameters(on=on)
    nearest = _nearest(people, openings, parameters, on)
    persons = read(people, None)
    lines = [f"{persons.num_rows:,} invented people, {read(openings, ['pc4']).num_rows:,} invented openings, {on}.", ""]
    lines += ["Steps to the nearest opening (the first of the list).", "", *_told(persons, nearest, on), ""]
    lines += ["Distance between the middles of the municipalities of home and work.", ""]
    rows = list(_travel_rows(persons, read(openings, ["pc4"]), nearest, parameters, on))
    head = ("distance", "commutes of employees (CBS, 2014)", "openings within reach", "nearest opening")
    return "\n".join([*lines, *_table(head, rows)]) + "\n"
