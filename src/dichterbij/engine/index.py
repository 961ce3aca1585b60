"""Prepares rules, openings and people for the kernel: openings by place, skills in order, ties ranked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.arrays import I32, I64, OPENING, PERSON, RULES, TASK, UNREACHABLE, Codes, Records, Roads, Skills
from dichterbij.engine.parameters import MODES, Parameters
from dichterbij.engine.tables import Openings, People, Sets
from dichterbij.shared.errors import InputError

EPOCH = date(1970, 1, 1).toordinal()
MODES_IF_UNKNOWN = 1 << MODES.index("bike") | 1 << MODES.index("public_transport")
LONGEST_TRAVEL = 600
MOST_QUEUE_WEEKS, MOST_ONBOARDING_WEEKS = 255, 52
FARTHEST = 1 << 40  # metres; "up to" of the last segment


@dataclass(frozen=True)
class Index:
    """Openings ready for the kernel. `row_of` is the row of the table of each opening of the kernel."""

    openings: Openings
    parameters: Parameters
    seed: int
    records: Records
    place_start: I64
    work_place: I32
    lists: Skills
    codes: Codes
    roads: Roads
    row_of: I32
    at_row: I32
    by_rank: I32
    skills: tuple[str, ...]
    licences: tuple[str, ...]
    legal: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.openings)


def tie_hashes(texts: list[str]) -> npt.NDArray[np.uint64]:
    """The first 8 bytes of the SHA-256 of each text, as big-endian unsigned numbers."""
    digests = b"".join(hashlib.sha256(text.encode()).digest()[:8] for text in texts)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def rank_of(texts: list[str]) -> I32:
    """Place of each text in the order of its hash, then of the list."""
    ranks = np.empty(len(texts), dtype=np.int32)
    ranks[np.argsort(tie_hashes(texts), kind="stable")] = np.arange(len(texts), dtype=np.int32)
    return ranks


def licence_words(parameters: Parameters) -> tuple[str, ...]:
    """Every code of the licence table, and those named in it, a code before the codes it needs."""
    named = dict.fromkeys(parameters.licences)
    for licence in parameters.licences.values():
        named |= dict.fromkeys((*licence.needs, *licence.includes))
    depth: dict[str, int] = {}

    def deep(code: str) -> int:
        if code not in depth:
            licence = parameters.licences.get(code)
            depth[code] = 1 + max((deep(need) for need in licence.needs), default=0) if licence else 0
        return depth[code]

    return tuple(sorted(named, key=lambda code: (-deep(code), code)))


def included_by(parameters: Parameters, code: str) -> frozenset[str]:
    """All that this licence includes, and so on, without the code itself."""
    found: set[str] = set()
    stack = [code]
    while stack:
        licence = parameters.licences.get(stack.pop())
        for included in licence.includes if licence else ():
            if included not in found:
                found.add(included)
                stack.append(included)
    return frozenset(found)


def rule_records(parameters: Parameters, on: date) -> Records:
    """The plain numbers among the parameters, for this day. InputError when they are too large to compute with."""
    values = _spans(parameters) | {f"lead_{name}": weeks for name, weeks in parameters.lead.items()}
    values |= {
        "intrazonal_metres": parameters.intrazonal_metres,
        "modes_if_unknown": MODES_IF_UNKNOWN,
        "adaptable": (1 << len(parameters.adaptable)) - 1,
        "dutch_per_level": parameters.dutch_per_level,
        "list_counts_as": parameters.learning.list_counts_as,
        "cap": parameters.learning.cap,
        "today": on.toordinal() - EPOCH,
    }
    return filled_records(RULES, 1, values)


def filled_records(kind: np.dtype[np.void], size: int, values: Mapping[str, Any]) -> Records:
    """Records with these fields; every field must be given."""
    records = np.zeros(size, dtype=kind)
    for name in kind.names or ():
        records[name] = values[name]
    return records


def roads_of(parameters: Parameters) -> Roads:
    """Places and modes as arrays."""
    segments = [mode.per_km if (mode := parameters.mode(code)) else () for code in MODES]
    fixed = [mode.fixed if (mode := parameters.mode(code)) else 0 for code in MODES]
    ends = [FARTHEST if up_to is None else up_to for part in segments for up_to, _ in part]
    return Roads(
        latitude=np.radians(parameters.places.latitude),
        longitude=np.radians(parameters.places.longitude),
        behind=_behind(parameters),
        mode_order=np.array([MODES.index(mode.code) for mode in parameters.modes], dtype=np.int64),
        mode_fixed=np.array(fixed, dtype=np.int64),
        segment_start=_starts([len(part) for part in segments]),
        segment_up_to=np.array(ends, dtype=np.int64),
        segment_rate=np.array([rate for part in segments for _, rate in part], dtype=np.int64),
        water_extra=_water_extra(parameters),
    )


def _starts(lengths: Any) -> I64:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.asarray(lengths, dtype=np.int64))])


def _behind(parameters: Parameters) -> Any:
    behind = np.zeros((len(parameters.places.pc4), len(parameters.water)), dtype=np.int8)
    for area, water in enumerate(parameters.water):
        behind[:, area] = [gm_code in water.municipalities for gm_code in parameters.places.municipality]
    return behind


def _water_extra(parameters: Parameters) -> I64:
    extra = np.zeros((len(parameters.water), len(MODES)), dtype=np.int64)
    for area, water in enumerate(parameters.water):
        for mode, code in enumerate(MODES):
            minutes = water.extra.get(code, 0)
            extra[area, mode] = UNREACHABLE if minutes is None else minutes
    return extra


def _spans(parameters: Parameters) -> dict[str, int]:
    """How many values each part of a distance can have, so that a distance fits in 63 bits."""
    licence_weeks = sum(licence.weeks for licence in parameters.licences.values())
    dutch = 2 * parameters.dutch_per_level
    spans = {
        "span_weeks": 1
        + max(*parameters.lead.values(), licence_weeks, dutch, parameters.open_hiring_queue, MOST_QUEUE_WEEKS),
        "span_steps": 6 + len(parameters.licences) + len(parameters.adaptable),
        "span_learning": 1 + dutch + max(MOST_ONBOARDING_WEEKS, min(parameters.learning.cap, 255)),
        "span_minutes": 1 + LONGEST_TRAVEL,
    }
    total = 2
    for span in spans.values():
        total *= span
    if total >= 1 << 63:
        raise InputError("The parameters hold numbers of weeks that are too large to compare distances with.")
    return spans


def _sorted_ids(sets: Sets, number: I32) -> I32:
    """The ids of the sets in another numbering, in order within each row."""
    lengths = np.diff(sets.start)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    keys = np.sort((owner << 32) | number[sets.ids])
    return (keys & 0xFFFFFFFF).astype(np.int32)


def _taken(start: I64, ids: I32, rows: Any) -> tuple[I64, I32]:
    """The same sets in another order of rows."""
    lengths = np.diff(start)[rows]
    new_start = _starts(lengths)
    source = np.repeat(start[:-1][rows] - new_start[:-1], lengths) + np.arange(new_start[-1])
    return new_start, ids[source]


def _distinct(sets: list[tuple[int, ...]]) -> tuple[I32, I64, I32]:
    """Number of each set, and the distinct ones end to end; 0 is the empty set."""
    number: dict[tuple[int, ...], int] = {(): 0}
    of_row = np.array([number.setdefault(item, len(number)) for item in sets], dtype=np.int32)
    start = _starts([len(item) for item in number])
    return of_row, start, np.array([code for item in number for code in item], dtype=np.int32)


def _rows_of(sets: Sets) -> list[tuple[int, ...]]:
    ids = sets.ids.tolist()
    starts = sets.start.tolist()
    return [tuple(ids[first:last]) for first, last in pairwise(starts)]


def _needed_licences(sets: Sets, parameters: Parameters, number: dict[str, int]) -> list[tuple[int, ...]]:
    """Each row's needed licences in the kernel's numbers, without those that another needed one includes."""
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    rows = _rows_of(sets)
    for row in rows:
        if row not in known:
            codes = [sets.words[item] for item in row]
            included = frozenset().union(*(included_by(parameters, code) for code in codes))
            known[row] = tuple(sorted(number[code] for code in codes if code not in included))
    return [known[row] for row in rows]


def build_index(openings: Openings, parameters: Parameters, *, seed: int) -> Index:
    """Openings ready for the kernel. Takes seconds for 100,000 of them, once."""
    words = openings.essential.words
    order = sorted(range(len(words)), key=words.__getitem__)
    number = np.empty(len(words), dtype=np.int32)
    number[order] = np.arange(len(words), dtype=np.int32)
    skills = tuple(words[at] for at in order)
    place = openings.numbers["place"]
    rows = np.argsort(place, kind="stable").astype(np.int32)
    work_place, first = np.unique(place[rows], return_index=True)
    ranks = rank_of([f"{seed}|{identity}" for identity in openings.ids.to_pylist()])[rows]
    table = licence_words(parameters)
    licences = (*table, *sorted(set(openings.licences.words) - set(table)))
    codes, licence_set, legal_set = _codes(openings, parameters, licences)
    lists, tasks, spans = _skill_lists(openings, rows, number)
    numbers = {name: values[rows] for name, values in openings.numbers.items()}
    records = filled_records(
        OPENING,
        len(rows),
        numbers
        | spans
        | {
            "rank": ranks,
            "licence_set": licence_set[rows],
            "legal_set": legal_set[rows],
            "queue": np.where(numbers["queue_weeks"] < 0, parameters.open_hiring_queue, numbers["queue_weeks"]),
            "queue_known": numbers["queue_weeks"] >= 0,
            "carve_min_tenths": 10 * numbers["carve_min_hours"],
        },
    )
    return Index(
        openings=openings,
        parameters=parameters,
        seed=seed,
        records=records,
        place_start=np.append(first, len(rows)).astype(np.int64),
        work_place=work_place.astype(np.int32),
        lists=Skills(lists, np.array([parameters.learn_weeks(skill) for skill in skills], dtype=np.int64), tasks),
        codes=codes,
        roads=roads_of(parameters),
        row_of=rows,
        at_row=_inverse(rows),
        by_rank=_inverse(ranks),
        skills=skills,
        licences=licences,
        legal=openings.legal.words,
    )


def _inverse(order: I32) -> I32:
    """Where each number 0..n-1 stands in the order."""
    inverse = np.empty(len(order), dtype=np.int32)
    inverse[order] = np.arange(len(order), dtype=np.int32)
    return inverse


def _codes(openings: Openings, parameters: Parameters, licences: tuple[str, ...]) -> tuple[Codes, I32, I32]:
    """Licences and sets of codes, and per row of the table its set of licences and of legal codes."""
    number = {code: index for index, code in enumerate(licences)}
    table = [parameters.licences.get(code) for code in licence_words(parameters)]
    needs = [[number[need] for need in licence.needs] if licence else [] for licence in table]
    licence_set, licence_start, licence_sets = _distinct(_needed_licences(openings.licences, parameters, number))
    legal_set, legal_start, legal_sets = _distinct(_rows_of(openings.legal))
    codes = Codes(
        licence_weeks=np.array([licence.weeks if licence else -1 for licence in table], dtype=np.int64),
        needs_start=_starts([len(part) for part in needs]),
        needs=np.array([need for part in needs for need in part], dtype=np.int64),
        licence_set_start=licence_start,
        licence_sets=licence_sets,
        legal_set_start=legal_start,
        legal_sets=legal_sets,
    )
    return codes, licence_set, legal_set


def _skill_lists(openings: Openings, rows: I32, number: I32) -> tuple[I32, Records, dict[str, I64]]:
    """Skills of openings and tasks end to end, the tasks, and where those of each opening begin and end."""
    essential = _taken(openings.essential.start, _sorted_ids(openings.essential, number), rows)
    optional = _taken(openings.optional.start, _sorted_ids(openings.optional, number), rows)
    tasks = _tasks(openings, rows, number, essential)
    parts = {"essential": essential, "optional": optional, "common": tasks.common, "skill": tasks.skills}
    spans: dict[str, I64] = {"task_start": tasks.start[:-1], "task_end": tasks.start[1:]}
    offset = 0
    for name, (start, ids) in parts.items():
        spans |= {f"{name}_start": start[:-1] + offset, f"{name}_end": start[1:] + offset}
        offset += len(ids)
    records = filled_records(TASK, int(tasks.start[-1]), tasks.fields | spans)
    return np.concatenate([ids for _, ids in parts.values()]), records, spans


class _Tasks(NamedTuple):
    """Tasks in the order of the openings; `common` are the essential skills that no task names."""

    start: I64
    fields: dict[str, Any]
    skills: tuple[I64, I32]
    common: tuple[I64, I32]


def _tasks(openings: Openings, rows: I32, number: I32, essential: tuple[I64, I32]) -> _Tasks:
    """Tasks of the openings that can be carved; what no task names belongs to every task."""
    tasks = openings.tasks
    carvable = (openings.numbers["carvable"] == 1) & (openings.numbers["open_hiring"] == 0)
    counts = np.where(carvable, np.diff(tasks.start), 0)[rows]
    start = _starts(counts)
    chosen = np.repeat(tasks.start[:-1][rows] - start[:-1], counts) + np.arange(start[-1])
    owner = np.repeat(np.arange(len(rows)), counts)
    skills = _taken(tasks.essential.start, _sorted_ids(tasks.essential, number), chosen)
    level = tasks.level_min[chosen]
    fields = {
        "hours": tasks.hours[chosen],
        "demands": _with_unnamed(tasks.demands[chosen], owner, openings.numbers["demands"][rows]),
        "dayparts": _with_unnamed(tasks.dayparts[chosen], owner, openings.numbers["dayparts"][rows]),
        "level_min": np.where(level == 0, openings.numbers["level_min"][rows][owner], level),
    }
    named = (np.repeat(owner, np.diff(skills[0])) << 32) | skills[1]
    essential_owner = np.repeat(np.arange(len(rows)), np.diff(essential[0]))
    keys = ((essential_owner << 32) | essential[1])[counts[essential_owner] > 0]
    common = keys[~np.isin(keys, named)]
    common_start = _starts(np.bincount(common >> 32, minlength=len(rows)))
    return _Tasks(start, fields, skills, (common_start, (common & 0xFFFFFFFF).astype(np.int32)))


def _with_unnamed(named: I64, owner: I64, wanted: I64) -> I64:
    """Each task's codes, with the codes of its opening that no task names."""
    by_opening = np.zeros(len(wanted), dtype=np.int64)
    np.bitwise_or.at(by_opening, owner, named)
    return named | (wanted & ~by_opening)[owner]


def _renumbered(sets: Sets, number: dict[str, int]) -> tuple[I64, I32]:
    """The sets in the openings' numbering, without the texts that no opening has."""
    to = np.array([number.get(word, -1) for word in sets.words], dtype=np.int32)
    ids = to[sets.ids] if len(to) else sets.ids
    kept = ids >= 0
    counts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept)])
    return counts[sets.start], ids[kept]


def _held_licences(people: People, index: Index) -> tuple[I64, I32]:
    """Each person's licences with all they include, in the openings' numbering."""
    number = {code: place for place, code in enumerate(index.licences)}
    closed: dict[tuple[int, ...], list[int]] = {}
    rows = _rows_of(people.licences)
    for row in rows:
        if row not in closed:
            codes = {people.licences.words[item] for item in row}
            codes = codes.union(*(included_by(index.parameters, code) for code in codes))
            closed[row] = sorted(number[code] for code in codes if code in number)
    ids = np.array([code for row in rows for code in closed[row]], dtype=np.int32)
    return _starts([len(closed[row]) for row in rows]), ids


def people_records(people: People, index: Index) -> tuple[Records, I32]:
    """People in the numbering of the openings, and their skills, licences and legal codes end to end."""
    parts = {
        "skill": _renumbered(people.skills, {word: at for at, word in enumerate(index.skills)}),
        "licence": _held_licences(people, index),
        "legal": _renumbered(people.legal, {word: at for at, word in enumerate(index.legal)}),
    }
    distance = people.numbers["max_distance_km"]
    values: dict[str, Any] = {**people.numbers, "max_metres": np.where(distance < 0, -1, distance * 1000)}
    offset = 0
    for name, (start, ids) in parts.items():
        values |= {f"{name}_start": start[:-1] + offset, f"{name}_end": start[1:] + offset}
        offset += len(ids)
    return filled_records(PERSON, len(people), values), np.concatenate([ids for _, ids in parts.values()])


def ids_of(index: Index) -> pa.StringArray:
    """Ids of the openings in the kernel's order."""
    return cast(pa.StringArray, index.openings.ids.take(pa.array(index.row_of)))
