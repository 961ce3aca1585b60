"""People and openings as plain tables of whole numbers, as a table engine likes them; made before the clock starts.

Codes are bits, dates are days, sets of licences and of legal codes are numbered and what each set costs for each set
held is a small table, and minutes between each home and place of work stand ready. Carving is left out.
"""

from typing import Any

import numpy as np
import pyarrow as pa
from benchmarks.numpy_reference import IF_UNKNOWN, NEVER, Reference
from benchmarks.numpy_tables import licence_cost

from dichterbij.engine.parameters import MODES, NOT_LEARNABLE

Array = Any
Tables = dict[str, pa.Table]
ANYWHERE = 1 << 30  # metres
PERSON = (
    *("max_travel_minutes", "hours_min", "hours_max", "dayparts", "childcare_dayparts"),
    *("avoid", "dutch", "level", "agreements"),
)
OPENING = (
    *("hours_min", "hours_max", "dayparts", "demands", "dutch", "dutch_on_the_job", "level_min", "onboarding_weeks"),
    *("open_hiring", "learning_company", "latest_start", "queue_weeks"),
)


def tables_of(reference: Reference, rows: Array) -> Tables:
    """All openings, and these people."""
    people = _people(reference, rows)
    homes = np.unique(people["home"])
    return {
        "opening": pa.table(_openings(reference)),
        "opening_skill": pa.table(_opening_skills(reference)),
        "person": pa.table(people),
        "person_skill": pa.table(_person_skills(reference, rows)),
        "travel": pa.concat_tables([_travel(reference, int(home)) for home in homes]),
        "licence_cost": pa.table(_licence_costs(reference, rows)),
        "legal_held": pa.table(_legal_held(reference, rows)),
    }


def people_part(tables: Tables, start: int, stop: int) -> Tables:
    """The same with only these people."""
    mask = pa.array(np.arange(start, min(stop, len(tables["person"]))))
    person = tables["person"].take(mask)
    own = np.isin(tables["person_skill"]["p"].to_numpy(), person["p"].to_numpy())
    return tables | {"person": person, "person_skill": tables["person_skill"].filter(pa.array(own))}


def _openings(reference: Reference) -> dict[str, Array]:
    get = reference.get
    weeks, cannot = reference.packed >> 16 & 0xFFFFFFFF, reference.packed & 1
    flat, counts = reference.essential, reference.essentials
    owner = np.repeat(np.arange(len(counts)), counts)
    return {
        "o": np.arange(len(counts), dtype=np.int32),
        "rank": reference.rank.astype(np.int32),
        "work": np.repeat(np.arange(len(reference.work_place)), np.diff(reference.place_start)).astype(np.int32),
        "agreement": np.left_shift(1, get["agreement"].astype(np.int32)),
        "licence_set": reference.licence_set.astype(np.int32),
        "legal_set": reference.legal_set.astype(np.int32),
        "skills": counts.astype(np.int32),
        "weeks": np.bincount(owner, weights=weeks[flat.ids], minlength=len(counts)).astype(np.int32),
        "unlearnable": np.bincount(owner, weights=cannot[flat.ids], minlength=len(counts)).astype(np.int32),
    } | {name: get[name].astype(np.int64 if name == "latest_start" else np.int32) for name in OPENING}


def _opening_skills(reference: Reference) -> dict[str, Array]:
    flat, counts = reference.essential, reference.essentials
    by_skill = np.argsort(flat.ids, kind="stable")
    owner = np.repeat(np.arange(len(counts)), counts)[by_skill]
    skill = flat.ids[by_skill]
    work = np.repeat(np.arange(len(reference.work_place)), np.diff(reference.place_start))
    weeks = reference.packed >> 16 & 0xFFFFFFFF
    return {
        "skill": skill.astype(np.int32),
        "o": owner.astype(np.int32),
        "work": work[owner].astype(np.int32),
        "learn_weeks": weeks[skill].astype(np.int32),
        "cannot": (weeks[skill] == NOT_LEARNABLE).astype(np.int32),
    }


def _people(reference: Reference, rows: Array) -> dict[str, Array]:
    get = {name: values[rows] for name, values in reference.people.numbers.items()}
    modes = np.where(get["modes"] < 0, IF_UNKNOWN, get["modes"]) | 1
    km = get["max_distance_km"]
    return {
        "p": rows.astype(np.int32),
        "home": get["place"].astype(np.int32),
        "modes": modes.astype(np.int32),
        "max_metres": np.where(km < 0, ANYWHERE, 1000 * km).astype(np.int32),
        "may_step": ((get["ebike_possible"] == 1) & (modes >> MODES.index("ebike") & 1 == 0)).astype(np.int32),
        "available_from": np.maximum(get["available_from"], -NEVER).astype(np.int64),
        "skills_known": get["skills_known"].astype(np.int32),
        "longest": np.minimum(get["learn_weeks_max"], reference.parameters.learning.cap).astype(np.int32),
        "licences": _profiles(reference.people.licences, get["licences_known"], rows)[1],
        "legal": _profiles(reference.people.legal, get["legal_known"], rows)[1],
    } | {name: get[name].astype(np.int32) for name in PERSON}


def _profiles(sets: Any, known: Array, rows: Array) -> tuple[list[frozenset[str] | None], Array]:
    """The different sets that these people hold (None: unknown), and which one each holds."""
    number: dict[frozenset[str] | None, int] = {}
    held = (frozenset(sets.of(int(row))) if is_known else None for row, is_known in zip(rows, known, strict=True))
    found = [number.setdefault(codes, len(number)) for codes in held]
    return list(number), np.array(found, dtype=np.int32)


def _licence_costs(reference: Reference, rows: Array) -> dict[str, Array]:
    """For each set held and each set needed that can be had: lead weeks and counted steps."""
    profiles, _ = _profiles(reference.people.licences, reference.people.numbers["licences_known"][rows], rows)
    found = []
    for profile, held in enumerate(profiles):
        for number, needed in enumerate(reference.licence_sets):
            lead, steps = licence_cost(reference.parameters, needed, held) if held is not None else (0, 0)
            if lead >= 0:
                found.append((profile, number, lead, steps))
    columns = np.array(found, dtype=np.int32).T
    return dict(zip(("licences", "licence_set", "licence_lead", "licence_steps"), columns, strict=True))


def _legal_held(reference: Reference, rows: Array) -> dict[str, Array]:
    profiles, _ = _profiles(reference.people.legal, reference.people.numbers["legal_known"][rows], rows)
    found = [
        (profile, number)
        for profile, held in enumerate(profiles)
        for number, needed in enumerate(reference.legal_sets)
        if held is None or needed <= held
    ]
    return dict(zip(("legal", "legal_set"), np.array(found, dtype=np.int32).T, strict=True))


def _person_skills(reference: Reference, rows: Array) -> dict[str, Array]:
    held = [np.unique(reference.held_skills(int(row))) for row in rows]
    owner = np.repeat(rows, [len(skills) for skills in held])
    return {"p": owner.astype(np.int32), "skill": np.concatenate(held).astype(np.int32)}


def _travel(reference: Reference, home: int) -> pa.Table:
    """From one home to each place of work that somebody can reach in the longest time there is."""
    metres, minutes = reference.travel.from_home(home)
    near = np.flatnonzero(minutes.min(axis=0) <= 600)
    columns = {"home": np.full(len(near), home), "work": near, "metres": metres[near]}
    columns |= {f"by_{code}": minutes[mode][near] for mode, code in enumerate(MODES)}
    return pa.table({name: values.astype(np.int32) for name, values in columns.items()})
