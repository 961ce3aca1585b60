"""Invented openings, a block of rows at a time, each block from its own stream of draws."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from dichterbij.synthetic import wording
from dichterbij.synthetic.arrays import (
    EPOCH,
    Pairs,
    date_column,
    int_column,
    list_column,
    optional_ints,
    pairs_of,
    word_column,
)
from dichterbij.synthetic.assumptions import AGREEMENTS, DAYPARTS
from dichterbij.synthetic.draw import Bools, Draw, Ints
from dichterbij.synthetic.opening_tables import Tables, tables
from dichterbij.synthetic.places import Places, load_places
from dichterbij.synthetic.schemas import OPENINGS
from dichterbij.synthetic.tasks import Parts, task_column

STREAM = 2  # first part of the key of every draw for openings
JOB, LEARNING_PLACE, VOLUNTEER, WORK_EXPERIENCE = range(len(AGREEMENTS))


@dataclass(frozen=True)
class Core:
    """What the other columns of a block lean on."""

    places: Ints
    group: Ints
    occupation: Ints
    agreement: Ints
    hours_min: Ints
    hours_max: Ints
    dayparts: Bools
    demands: Bools
    essential: Pairs
    described: Bools
    level: Ints
    no_level: Bools
    open_hiring: Bools
    learning_company: Bools
    carvable: Bools
    on_the_job: Bools


def _agreement(draw: Draw, yes: Bools, learning: Bools, learning_place: int) -> Ints:
    """yes: the columns of `shares`; an open-hiring opening is always a job."""
    agreement = np.where(learning & draw.chance(learning_place, len(yes)), LEARNING_PLACE, JOB)
    agreement = np.where(yes[:, 5], WORK_EXPERIENCE, agreement)
    agreement = np.where(yes[:, 4], VOLUNTEER, agreement)
    return np.where(yes[:, 0], JOB, agreement)


def _essential(draw: Draw, table: Tables, occupation: Ints) -> tuple[Pairs, Bools]:
    """The skills an opening names, and which openings name any."""
    says = table.assumed.openings["describes"]
    kind = draw.choose([says["all"], says["some"], says["nothing"]], len(occupation))
    all_of_them = table.occupations.essential.take(np.where(kind == 2, -1, occupation))
    kept = draw.chance(table.assumed.openings["part_kept"], len(all_of_them.rows)) | (kind[all_of_them.rows] == 0)
    pairs = all_of_them.where(kept)
    return pairs, np.bincount(pairs.rows, minlength=len(occupation)) > 0


def _core(draw: Draw, table: Tables, places: Places, rows: int) -> Core:
    where = places.draw(draw, places.jobs, rows)
    group = draw.choose(table.groups, rows)
    occupation = table.occupations.draw(draw, group)
    yes = draw.chances(table.shares, group)
    open_hiring = yes[:, 0]
    learning_company = yes[:, 1] & ~open_hiring
    low, high = (np.array(column, np.int64) for column in zip(*table.hours.values, strict=True))
    hours = table.hours.draw(draw, group)
    essential, described = _essential(draw, table, occupation)
    levels, no_levels = optional_ints([value[0] for value in table.level.values])
    level = table.level.draw(draw, table.occupations.major[occupation])
    return Core(
        places=where,
        group=group,
        occupation=occupation,
        agreement=_agreement(draw, yes, learning_company, table.assumed.openings["learning_place"]),
        hours_min=low[hours],
        hours_max=high[hours],
        dayparts=table.daypart_masks[table.dayparts.draw(draw, group)],
        demands=draw.chances(table.demands, group),
        essential=essential,
        described=described,
        level=levels[level],
        no_level=no_levels[level],
        open_hiring=open_hiring,
        learning_company=learning_company,
        carvable=yes[:, 2] & ~open_hiring & described,
        on_the_job=yes[:, 3],
    )


def _licences(draw: Draw, table: Tables, core: Core) -> Bools:
    """By group and occupation; a truck job may do with C instead of CE."""
    asked = draw.chances(table.licences, core.group) | table.chains[core.occupation]
    codes = table.assumed.licences
    with_c = asked[:, codes.index("CE")] & draw.chance(table.assumed.openings["c_instead"], len(asked))
    asked[with_c, codes.index("CE")] = False
    asked[with_c, codes.index("C")] = True
    heavy = asked[:, [codes.index(code) for code in ("C", "CE", "D")]].any(axis=1)
    asked[heavy, codes.index("B")] = False  # implied
    return asked


def _optional(draw: Draw, table: Tables, core: Core) -> Pairs:
    rules = table.assumed.openings
    pairs = table.occupations.optional.take(np.where(core.described, core.occupation, -1))
    pairs = pairs.where(draw.chance(rules["optional_kept"], len(pairs.rows)))
    first = np.searchsorted(pairs.rows, np.arange(len(core.group)))
    return pairs.where(np.arange(len(pairs.rows)) - first[pairs.rows] < rules["optional_most"])


def _wages(draw: Draw, table: Tables, core: Core) -> tuple[pa.Array, pa.Array]:
    """Cents an hour, never under the minimum; null when not said or not paid as a job."""
    rules = table.assumed.wages
    bands = np.array([rules["bands"][str(major)] for major in range(10)], np.int64)[
        table.occupations.major[core.occupation]
    ]
    step, rows = rules["round_cents"], len(core.group)
    low = bands[:, 0] + draw.below(np.maximum(bands[:, 1] - bands[:, 0], 1), rows)
    high = low + draw.below(bands[:, 2], rows)
    minimum = rules["minimum_cents_per_hour"]
    null = draw.chance(rules["not_said"], rows) | (core.agreement == VOLUNTEER) | (core.agreement == WORK_EXPERIENCE)
    low, high = (np.maximum(column // step * step, minimum) for column in (low, high))
    return int_column(low, null=null), int_column(high, null=null)


def _drawn(draw: Draw, entries: list[list[Any]], rows: int) -> tuple[Ints, Bools]:
    """One of [weight, number or null] per row: number (0 for null) and where it is null."""
    values, nulls = optional_ints([entry[1] for entry in entries])
    chosen = draw.choose([entry[0] for entry in entries], rows)
    return values[chosen], nulls[chosen]


def _tasks(draw: Draw, table: Tables, core: Core) -> pa.Array:
    parts = Parts(core.essential, pairs_of(core.demands), pairs_of(core.dayparts))
    words = (table.occupations.skills, pa.array(table.assumed.demands), pa.array(DAYPARTS))
    level = np.where(core.no_level, 0, core.level)
    return task_column(draw, table.assumed.openings["carve"], core.carvable, core.hours_max, level, parts, words)


def _legal(table: Tables, core: Core) -> pa.Array:
    legal = table.legal[core.occupation]
    rows = np.flatnonzero(legal >= 0)
    return list_column(Pairs(rows, legal[rows]), pa.array(table.legal_codes), len(legal))


def _names(draw: Draw, table: Tables, places: Places, core: Core) -> dict[str, pa.Array]:
    sector = draw.among(table.sector, core.group)
    occupation, where = pa.array(core.occupation), places.names.take(pa.array(core.places))
    labels = {"nl": table.occupations.titles_nl.take(occupation), "en": table.occupations.titles_en.take(occupation)}
    titled = draw.below(2**31, 1)[0]  # the same draws for both languages
    columns = {
        f"title_{language}": wording.titles(
            Draw(int(titled)),
            table.assumed,
            language,
            labels=labels[language],
            hours=(core.hours_min, core.hours_max),
            places=where,
            agreements=core.agreement,
        )
        for language in ("nl", "en")
    }
    columns["occupation_uri"] = word_column(core.occupation, table.occupations.uris)
    columns["employer_name"] = wording.employers(draw, table.assumed, table.sectors, sector)
    columns["sector"] = word_column(sector, pa.array(table.sectors))
    return columns


def block(seed: int, number: int, first: int, rows: int, *, region: str, on: date, prefix: str = "o") -> pa.Table:
    """Rows `first` to `first + rows` of the openings; the same arguments give the same table."""
    table, places, draw = tables(on), load_places(region, on), Draw(STREAM, seed, number)
    core, rules = _core(draw, table, places, rows), table.assumed.openings
    onboarding, no_onboarding = optional_ints([value[0] for value in table.onboarding.values])
    taught = table.onboarding.draw(draw, core.group)
    weeks, no_latest = _drawn(draw, rules["latest_start"], rows)
    queue, no_queue = _drawn(draw, rules["queue_weeks"], rows)
    carve_hours, no_carve_hours = _drawn(draw, rules["carve"]["min_hours"], rows)
    carve_share, no_carve_share = _drawn(draw, rules["carve"]["max_share"], rows)
    wage_min, wage_max = _wages(draw, table, core)
    demands, dayparts = pa.array(table.assumed.demands), pa.array(DAYPARTS)
    columns = {
        "opening_id": pa.array([f"{prefix}{row:07d}" for row in range(first, first + rows)]),
        "pc4": int_column(places.pc4[core.places]),
        "agreement": word_column(core.agreement, pa.array(AGREEMENTS)),
        "hours_min": int_column(core.hours_min),
        "hours_max": int_column(core.hours_max),
        "latest_start": date_column(on.toordinal() - EPOCH + 7 * weeks, null=no_latest),
        "dayparts": list_column(pairs_of(core.dayparts), dayparts, rows),
        "dutch": int_column(draw.among(table.dutch, core.group) + 1),
        "dutch_on_the_job": pa.array(core.on_the_job),
        "level_min": int_column(core.level, null=core.no_level),
        "licences": list_column(pairs_of(_licences(draw, table, core)), pa.array(table.assumed.licences), rows),
        "legal": _legal(table, core),
        "demands": list_column(pairs_of(core.demands), demands, rows),
        "essential": list_column(core.essential, table.occupations.skills, rows),
        "optional": list_column(_optional(draw, table, core), table.occupations.skills, rows),
        "onboarding_weeks": int_column(onboarding[taught], null=no_onboarding[taught]),
        "open_hiring": pa.array(core.open_hiring),
        "queue_weeks": int_column(queue, null=no_queue | ~core.open_hiring),
        "learning_company": pa.array(core.learning_company),
        "carvable": pa.array(core.carvable),
        "carve_min_hours": int_column(carve_hours, null=no_carve_hours | ~core.carvable),
        "carve_max_share": int_column(carve_share, null=no_carve_share | ~core.carvable),
        "tasks": _tasks(draw, table, core),
        **_names(draw, table, places, core),
        "wage_cents_per_hour_min": wage_min,
        "wage_cents_per_hour_max": wage_max,
        "invented": pa.repeat(True, rows),
    }
    return pa.table([columns[name] for name in OPENINGS.names], names=OPENINGS.names)
