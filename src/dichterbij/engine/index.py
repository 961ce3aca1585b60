"""Prepares rules, openings and people for the kernel: openings by place, skills in order, ties ranked."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.arrays import (
    I16,
    I32,
    I64,
    OPENING,
    PERSON,
    Codes,
    Records,
    Roads,
    Skills,
    filled_records,
    starts_of,
)
from dichterbij.engine.licences import included_by, licence_words
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.rule_arrays import roads_of
from dichterbij.engine.search.traits import Traits, folded_weights, skill_weights, traits_of
from dichterbij.engine.search.view import NEARBY, Space, View, view_of
from dichterbij.engine.skill_lists import skill_lists
from dichterbij.engine.tables import Openings, People, Sets

PEOPLE_AT_A_TIME = 50_000


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
    traits: Traits
    weight: I16
    folded: I16

    def __len__(self) -> int:
        return len(self.openings)

    def view(self, works: I32) -> View:
        """The openings of these work places, in this order, arranged for searching."""
        records = self.records
        size = int((self.place_start[works + 1] - self.place_start[works]).sum())
        return view_of(
            works, self.work_place, self.place_start, records["rank"], self.traits, records["essential_start"],
            records["essential_end"], self.lists.ids, self.weight, self.folded, np.empty(size, dtype=NEARBY),
        )  # fmt: skip

    @cached_property
    def whole(self) -> View:
        """All openings arranged for searching, for people one at a time."""
        return self.view(np.arange(len(self.work_place), dtype=np.int32))

    @cached_property
    def spaces(self) -> list[Space]:
        """Work spaces for `whole` that nobody uses at the moment."""
        return []

    @cached_property
    def licence_table(self) -> tuple[str, ...]:
        """The licences of the parameters, which come first in `licences`."""
        return licence_words(self.parameters)

    @cached_property
    def skill_number(self) -> dict[str, int]:
        """The number of each skill of the openings."""
        return {word: at for at, word in enumerate(self.skills)}


def tie_hashes(texts: list[str]) -> npt.NDArray[np.uint64]:
    """The first 8 bytes of the SHA-256 of each text, as big-endian unsigned numbers."""
    digests = b"".join(hashlib.sha256(text.encode()).digest()[:8] for text in texts)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def rank_of(texts: list[str]) -> I32:
    """Place of each text in the order of its hash, then of the list."""
    ranks = np.empty(len(texts), dtype=np.int32)
    ranks[np.argsort(tie_hashes(texts), kind="stable")] = np.arange(len(texts), dtype=np.int32)
    return ranks


def _distinct(sets: list[tuple[int, ...]]) -> tuple[I32, I64, I32]:
    """Number of each set, and the distinct ones end to end; 0 is the empty set."""
    number: dict[tuple[int, ...], int] = {(): 0}
    of_row = np.array([number.setdefault(item, len(number)) for item in sets], dtype=np.int32)
    start = starts_of([len(item) for item in number])
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
    lists, tasks, spans = skill_lists(openings, rows, number)
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
    skill_table = Skills(lists, np.array([parameters.learn_weeks(skill) for skill in skills], dtype=np.int64), tasks)
    return Index(
        openings=openings,
        parameters=parameters,
        seed=seed,
        records=records,
        place_start=np.append(first, len(rows)).astype(np.int64),
        work_place=work_place.astype(np.int32),
        lists=skill_table,
        codes=codes,
        roads=roads_of(parameters),
        row_of=rows,
        at_row=_inverse(rows),
        by_rank=_inverse(ranks),
        skills=skills,
        licences=licences,
        legal=openings.legal.words,
        traits=traits_of(records, skill_table, parameters),
        weight=skill_weights(skill_table),
        folded=folded_weights(skill_weights(skill_table)),
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
        needs_start=starts_of([len(part) for part in needs]),
        needs=np.array([need for part in needs for need in part], dtype=np.int64),
        licence_set_start=licence_start,
        licence_sets=licence_sets,
        legal_set_start=legal_start,
        legal_sets=legal_sets,
    )
    return codes, licence_set, legal_set


def _renumbered(ids: I32, sets: Sets, number: dict[str, int]) -> I64:
    """Put the sets in the openings' numbering into `ids`, without the texts that no opening has; where each begins."""
    to = np.array([*(number.get(word, -1) for word in sets.words), -1], dtype=np.int32)
    start, end = np.zeros_like(sets.start), 0
    for first, stretch in _stretches(sets):
        found = to[sets.ids[stretch[0] : stretch[-1]]]
        counts = starts_of(found >= 0)
        start[first : first + len(stretch)] = end + counts[stretch - stretch[0]]
        ids[end : end + counts[-1]] = found[found >= 0]
        end += int(counts[-1])
    return start


def _stretches(sets: Sets) -> Iterator[tuple[int, I64]]:
    """Where the sets of some rows begin, and the first of these rows: at once they would take eight times as much."""
    for first in range(0, len(sets.start) - 1, PEOPLE_AT_A_TIME):
        yield first, sets.start[first : first + PEOPLE_AT_A_TIME + 1]


def _held_licences(people: People, index: Index) -> Sets:
    """Each person's licences with all they include."""
    held, number = people.licences, {code: place for place, code in enumerate(index.licences)}
    closed = [{code, *included_by(index.parameters, code)}.intersection(number) for code in held.words]
    first = starts_of([len(codes) for codes in closed])
    numbers = np.array([number[code] for codes in closed for code in codes], dtype=np.int64)
    lengths, done = np.zeros_like(held.start), [np.zeros(0, dtype=np.int32)]
    for row, stretch in _stretches(held):
        own = held.ids[stretch[0] : stretch[-1]].astype(np.int64)
        each = first[own + 1] - first[own]
        owner = np.repeat(np.repeat(np.arange(len(stretch) - 1), np.diff(stretch)), each)
        source = np.repeat(first[own] - np.cumsum(each) + each, each) + np.arange(len(owner))
        keys = np.sort((owner << 32) | numbers[source])
        keys = keys[np.diff(keys, prepend=-1) > 0]
        lengths[row + 1 : row + len(stretch)] = np.bincount(keys >> 32, minlength=len(stretch) - 1)
        done.append((keys & 0xFFFFFFFF).astype(np.int32))
    return Sets(np.cumsum(lengths), np.concatenate(done), index.licences)


def people_records(people: People, index: Index) -> tuple[Records, I32]:
    """People in the numbering of the openings, and their skills, licences and legal codes end to end."""
    parts = {
        "skill": (people.skills, index.skill_number),
        "licence": (_held_licences(people, index), {word: at for at, word in enumerate(index.licences)}),
        "legal": (people.legal, {word: at for at, word in enumerate(index.legal)}),
    }
    ids = np.empty(sum(len(sets.ids) for sets, _ in parts.values()), dtype=np.int32)
    records = np.zeros(len(people), dtype=PERSON)
    end = 0
    for name, (sets, number) in parts.items():
        start = _renumbered(ids[end:], sets, number)
        records[f"{name}_start"], records[f"{name}_end"] = start[:-1] + end, start[1:] + end
        end += int(start[-1])
    distance = people.numbers["max_distance_km"]
    records["max_metres"] = np.where(distance < 0, -1, distance * 1000)
    for field in set(PERSON.names or ()) & set(people.numbers):
        records[field] = people.numbers[field]
    return records, ids[:end]


def ids_of(index: Index) -> pa.StringArray:
    """Ids of the openings in the kernel's order."""
    return cast(pa.StringArray, index.openings.ids.take(pa.array(index.row_of)))
