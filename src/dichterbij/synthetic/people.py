"""Invented people, a block of rows at a time, each block from its own stream of draws."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa

from dichterbij.synthetic.arrays import (
    EPOCH,
    Pairs,
    date_column,
    distinct,
    int_column,
    list_column,
    optional_ints,
    pairs_of,
)
from dichterbij.synthetic.assumptions import AGREEMENTS, DAYPARTS, Assumptions, load
from dichterbij.synthetic.draw import Bools, Draw, Ints
from dichterbij.synthetic.occupations import Occupations, load_occupations
from dichterbij.synthetic.patterns import Pattern, by_occupation, masks, pattern
from dichterbij.synthetic.places import Places, load_places
from dichterbij.synthetic.schemas import PEOPLE

STREAM = 1  # first part of the key of every draw for people
MODES = ("bike", "ebike", "moped", "public_transport", "car")
JOBS = 3  # most occupations a person worked in


@dataclass(frozen=True)
class Tables:
    """The assumptions as arrays."""

    assumed: Assumptions
    occupations: Occupations
    groups: list[int]
    level: Pattern  # by ISCO major group of the first occupation; row 10: none
    modes: Ints  # by kind of place
    licences: Ints
    avoid: Ints
    chains: Bools  # by occupation
    legal: Ints
    legal_codes: list[str]


@cache
def tables(on: date) -> Tables:
    """Everything people are drawn from."""
    assumed, occupations = load(on), load_occupations(on)
    rules = assumed.people
    legal_codes = sorted(set(assumed.openings["legal"].values()))
    legal = by_occupation(occupations, assumed.openings["legal"])
    chains = by_occupation(occupations, assumed.openings["chains"])
    return Tables(
        assumed=assumed,
        occupations=occupations,
        groups=[group.people for group in assumed.groups],
        level=pattern([rules["level"][str(major)] for major in range(10)] + [rules["level"]["none"]]),
        modes=np.array([rules["modes"][mode] for mode in MODES], np.int64).T,
        licences=np.array([list(rules["licences"].values())], np.int64),
        avoid=np.array([list(rules["avoid"].values())], np.int64),
        chains=masks([found or [] for found in chains], assumed.licences),
        legal=np.array([legal_codes.index(code) if code else -1 for code in legal], np.int64),
        legal_codes=legal_codes,
    )


class Block:
    """One block: draws and the columns every other column leans on."""

    def __init__(self, draw: Draw, table: Tables, places: Places, rows: int) -> None:
        self.draw, self.table, self.rows = draw, table, rows
        self.rules = table.assumed.people
        self.places = places.draw(draw, places.homes, rows)
        self.kind = places.kind[self.places]
        self.jobs = self._jobs()

    def unknown(self, column: str) -> Bools:
        """Who was never asked."""
        return self.draw.chance(self.rules["unknown"][column], self.rows)

    def drawn(self, column: str) -> tuple[Ints, Bools]:
        """One of [weight, value or null] for each person: value (0 for null), and where it is null."""
        values, nulls = optional_ints([entry[1] for entry in self.rules[column]])
        chosen = self.draw.choose([entry[0] for entry in self.rules[column]], self.rows)
        return values[chosen], nulls[chosen]

    def lists(self, column: str, words: tuple[str, ...]) -> Bools:
        """One of [weight, list] for each person, as a column per word."""
        entries = self.rules[column]
        return masks([entry[1] for entry in entries], words)[
            self.draw.choose([entry[0] for entry in entries], self.rows)
        ]

    def _jobs(self) -> Ints:
        """Occupations of each person (people x JOBS), -1 where there is none; the first counts most."""
        counts, _ = self.drawn("occupations")
        first = self.draw.choose(self.table.groups, self.rows)
        groups = [first]
        for _ in range(JOBS - 1):
            other = self.draw.choose(self.table.groups, self.rows)
            groups.append(np.where(self.draw.chance(self.rules["same_group"], self.rows), first, other))
        jobs = np.stack([self.table.occupations.draw(self.draw, group) for group in groups], axis=1)
        return np.where(np.arange(JOBS) < counts[:, None], jobs, -1)


def _skills(block: Block) -> tuple[Pairs, Bools]:
    """The essential skills of the work done, as far as mastered, and whose list is unknown."""
    mastery, _ = (np.array(column) for column in zip(*[entry[::-1] for entry in block.rules["mastery"]], strict=True))
    held = mastery[block.draw.choose([entry[0] for entry in block.rules["mastery"]], block.rows)]
    occupations = block.table.occupations
    found = occupations.essential.take(block.jobs.reshape(-1))
    pairs = distinct(Pairs(found.rows // JOBS, found.codes), len(occupations.skills))
    pairs = pairs.where(block.draw.chance(held[pairs.rows], len(pairs.rows)))
    return pairs, block.unknown("skills") | (block.jobs[:, 0] < 0)


def _licences(block: Block, car: Bools) -> tuple[Bools, Bools]:
    codes = block.table.assumed.licences
    held = block.draw.chances(block.table.licences, np.zeros(block.rows, np.int64))
    worked = block.jobs[:, 0] >= 0
    kept = worked & block.draw.chance(block.rules["keeps_chain"], block.rows)
    held |= block.table.chains[np.maximum(block.jobs[:, 0], 0)] & kept[:, None]
    held[:, codes.index("B")] |= car
    return held, block.unknown("licences")


def _legal(block: Block) -> tuple[Pairs, Bools]:
    worked = block.jobs[:, 0] >= 0
    legal = np.where(worked, block.table.legal[np.maximum(block.jobs[:, 0], 0)], -1)
    rows = np.flatnonzero((legal >= 0) & block.draw.chance(block.rules["keeps_legal"], block.rows))
    return Pairs(rows, legal[rows]), block.unknown("legal")


def _hours(block: Block) -> dict[str, pa.Array]:
    entries, null = block.rules["hours"], block.unknown("hours")
    chosen = block.draw.choose([entry[0] for entry in entries], block.rows)
    bounds = np.array([entry[1:] for entry in entries], np.int64)[chosen]
    return {"hours_min": int_column(bounds[:, 0], null=null), "hours_max": int_column(bounds[:, 1], null=null)}


def _times(block: Block) -> dict[str, pa.Array]:
    known, null = block.lists("dayparts", DAYPARTS), block.unknown("dayparts")
    with_childcare = block.draw.chance(block.rules["childcare"], block.rows) & ~null
    childcare = ~known & with_childcare[:, None]
    words = pa.array(DAYPARTS)
    return {
        "dayparts": list_column(pairs_of(known), words, block.rows, null=null),
        "childcare_dayparts": list_column(pairs_of(childcare), words, block.rows),
    }


def _travel(block: Block) -> tuple[dict[str, pa.Array], Bools]:
    modes, null = block.draw.chances(block.table.modes, block.kind), block.unknown("modes")
    minutes, _ = block.drawn("max_travel_minutes")
    km, no_km = block.drawn("max_distance_km")
    columns = {
        "modes": list_column(pairs_of(modes), pa.array(MODES), block.rows, null=null),
        "ebike_possible": pa.array(~block.draw.chance(block.rules["no_ebike"], block.rows)),
        "max_travel_minutes": int_column(minutes, null=block.unknown("max_travel_minutes")),
        "max_distance_km": int_column(km, null=no_km),
    }
    return columns, modes[:, MODES.index("car")] & ~null


def _level(block: Block) -> pa.Array:
    values, nulls = optional_ints([value[0] for value in block.table.level.values])
    first = block.jobs[:, 0]
    major = np.where(first < 0, 10, block.table.occupations.major[np.maximum(first, 0)])
    level = block.table.level.draw(block.draw, major)
    return int_column(values[level], null=nulls[level])


def _held(block: Block, car: Bools) -> dict[str, pa.Array]:
    """Level, licences, qualifications and skills."""
    table, everybody = block.table, np.zeros(block.rows, np.int64)
    licences, no_licences = _licences(block, car)
    legal, no_legal = _legal(block)
    skills, no_skills = _skills(block)
    avoid = block.draw.chances(table.avoid, everybody)
    dutch, _ = block.drawn("dutch")
    return {
        "dutch": int_column(dutch, null=block.unknown("dutch")),
        "level": _level(block),
        "licences": list_column(pairs_of(licences), pa.array(table.assumed.licences), block.rows, null=no_licences),
        "legal": list_column(legal, pa.array(table.legal_codes), block.rows, null=no_legal),
        "avoid": list_column(pairs_of(avoid), pa.array(table.assumed.demands), block.rows, null=block.unknown("avoid")),
        "skills": list_column(skills, table.occupations.skills, block.rows, null=no_skills),
    }


def _wanted(block: Block, on: date) -> dict[str, pa.Array]:
    weeks, _ = block.drawn("available_weeks")
    learn, _ = block.drawn("learn_weeks_max")
    agreements = block.lists("agreements", AGREEMENTS)
    return {
        "available_from": date_column(on.toordinal() - EPOCH + 7 * weeks, null=block.unknown("available_from")),
        "learn_weeks_max": int_column(learn, null=block.unknown("learn_weeks_max")),
        "agreements": list_column(
            pairs_of(agreements), pa.array(AGREEMENTS), block.rows, null=block.unknown("agreements")
        ),
    }


def _worked(block: Block) -> pa.Array:
    """Each occupation once, the one that counts most first."""
    jobs = block.jobs
    again = (jobs[:, :, None] == jobs[:, None, :]) & np.tri(JOBS, k=-1, dtype=np.bool_)
    rows, places = np.nonzero((jobs >= 0) & ~again.any(axis=2))
    pairs = Pairs(rows.astype(np.int64), jobs[rows, places])
    return list_column(pairs, block.table.occupations.uris, block.rows)


def block(seed: int, number: int, first: int, rows: int, *, region: str, on: date) -> pa.Table:
    """Rows `first` to `first + rows` of the people; the same arguments give the same table."""
    places = load_places(region, on)
    drawn = Block(Draw(STREAM, seed, number), tables(on), places, rows)
    travel, car = _travel(drawn)
    columns = {
        "person_id": pa.array([f"p{row:07d}" for row in range(first, first + rows)]),
        "pc4": int_column(places.pc4[drawn.places]),
        **travel,
        **_hours(drawn),
        **_times(drawn),
        **_held(drawn, car),
        **_wanted(drawn, on),
        "occupation_uris": _worked(drawn),
        "invented": pa.repeat(True, rows),
    }
    return pa.table([columns[name] for name in PEOPLE.names], names=PEOPLE.names)
