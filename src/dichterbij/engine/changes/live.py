"""People and openings as they are now: an index that stays as it was built, and openings added since behind it.

An opening that is closed or changed keeps its record, marked closed; what it became is a record behind the index. So a
place (of a record) always means one opening as it was at one time, and the index is not built again.
"""

from collections.abc import Iterable, Sized
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from dichterbij.engine.arrays import I32, I64, OPENING, U64, Held, Records, Skills, World, filled_records
from dichterbij.engine.changes.growing import Growing
from dichterbij.engine.changes.people import reach_of
from dichterbij.engine.changes.scan import CLOSED
from dichterbij.engine.index import Index, ids_of, people_records, tie_hashes
from dichterbij.engine.licences import included_by, licence_words
from dichterbij.engine.rule_arrays import rule_records
from dichterbij.engine.skill_lists import skill_lists
from dichterbij.engine.tables import Openings, People, Sets
from dichterbij.shared.errors import InputError


class Numbering:
    """Words to numbers; new words get the next one."""

    def __init__(self, *words: Iterable[str]) -> None:
        self.number: dict[str, int] = {}
        for part in words:
            self.of(part)

    def __len__(self) -> int:
        return len(self.number)

    def of(self, words: Iterable[str]) -> list[int]:
        """The number of each word."""
        number = self.number
        return [number.setdefault(word, len(number)) for word in words]


class SetNumbering:
    """Distinct sets of codes to numbers, and the codes end to end; 0 is the empty set."""

    def __init__(self, start: I64, ids: I32) -> None:
        self.start, self.ids = Growing(start), Growing(ids)
        self.number = {tuple(ids[first:last].tolist()): at for at, (first, last) in enumerate(pairwise(start.tolist()))}

    def of(self, codes: tuple[int, ...]) -> int:
        """The number of this set."""
        if codes not in self.number:
            self.number[codes] = len(self.number)
            self.ids.add(np.array(codes, dtype=np.int32))
            self.start.add(np.array([len(self.ids)]))
        return self.number[codes]


class Live:
    """The kernel's view of people, by home, and of all openings there have been."""

    def __init__(self, people: People, index: Index, on: date) -> None:
        self.given, self.on = people, on
        self.index, self.parameters, self.seed, self.base = index, index.parameters, index.seed, len(index)
        self.skills = Numbering(index.skills, sorted(people.skills.words))
        self.licences = Numbering(index.licences, sorted(people.licences.words))
        self.legal = Numbering(index.legal, sorted(people.legal.words))
        self.table = licence_words(self.parameters)
        self.rules = rule_records(self.parameters, on)
        self._enter_people(people)
        self.records = Growing(index.records)
        self.ids, self.tasks = Growing(index.lists.ids), Growing(index.lists.tasks)
        learn = [self.parameters.learn_weeks(word) for word in self.skills.number]
        self.learn_weeks = Growing(np.array(learn, dtype=np.int64))
        self.licence_sets = SetNumbering(index.codes.licence_set_start, index.codes.licence_sets)
        self.legal_sets = SetNumbering(index.codes.legal_set_start, index.codes.legal_sets)
        names = ids_of(index).to_pylist()
        self.names: list[str] = names
        self.place_of = {name: place for place, name in enumerate(names)}
        self.hashes: Growing[U64] = Growing(tie_hashes([f"{self.seed}|{name}" for name in names]))
        self.order = Growing(index.row_of.astype(np.int64))
        self.next_order = len(index)
        self._held: Held | None = None

    def _enter_people(self, people: People) -> None:
        wider = replace(
            self.index,
            skills=tuple(self.skills.number),
            licences=tuple(self.licences.number),
            legal=tuple(self.legal.number),
        )
        records, self.people_ids = people_records(people, wider)
        reach = reach_of(records, self.rules, self.index.roads)
        self.row_of = np.lexsort((-reach, records["place"])).astype(np.int32)  # of the person who stands here
        self.people: Records = records[self.row_of]

    def world(self) -> World:
        """What the kernel looks at now; good until the next opening is added."""
        codes = self.index.codes._replace(
            licence_set_start=self.licence_sets.start.values,
            licence_sets=self.licence_sets.ids.values,
            legal_set_start=self.legal_sets.start.values,
            legal_sets=self.legal_sets.ids.values,
        )
        return World(
            rules=self.rules,
            roads=self.index.roads,
            codes=codes,
            people=self.people,
            people_ids=self.people_ids,
            openings=self.records.values,
            place_start=self.index.place_start,
            work_place=self.index.work_place,
            skills=Skills(self.ids.values, self.learn_weeks.values, self.tasks.values),
            held=self._work_space(),
        )

    def _work_space(self) -> Held:
        """Work space with room for words and sets to come."""
        needs = (len(self.skills), len(self.licences), len(self.legal))
        sets = (len(self.licence_sets.number), len(self.legal_sets.number))
        held = self._held
        if held is not None:
            rooms: tuple[Sized, ...] = (held.skill, held.licence, held.legal, held.licence_sets, held.legal_sets)
            if all(size <= len(room) for size, room in zip((*needs, *sets), rooms, strict=True)):
                return held
        room = [2 * size + 64 for size in (*needs, *sets)]
        self._held = Held(
            skill=np.zeros(room[0], dtype=np.int8),
            licence=np.zeros(room[1], dtype=np.int8),
            legal=np.zeros(room[2], dtype=np.int8),
            missing=np.zeros(max(1, len(self.table)), dtype=np.int8),
            lead=np.zeros(max(1, len(self.table)), dtype=np.int64),
            licence_sets=np.zeros((room[3], 2), dtype=np.int64),
            legal_sets=np.zeros(room[4], dtype=np.int8),
        )
        return self._held

    def place(self, opening_id: str) -> int:
        """Place of the opening with this id, as it is now. InputError when there is none."""
        if opening_id not in self.place_of:
            raise InputError(f"There is no opening {opening_id!r} among the openings.")
        return self.place_of[opening_id]

    def added(self) -> I32:
        """Places of the openings behind the index that are not closed."""
        later = self.records.values[self.base :]
        return (self.base + np.flatnonzero(later["agreement"] != CLOSED)).astype(np.int32)

    def close(self, place: int) -> None:
        """This record has no bridges any more."""
        self.records.values["agreement"][place] = CLOSED
        del self.place_of[self.names[place]]

    def add(self, openings: Openings, *, order: int | None = None) -> int:
        """Put this one opening behind the others, in the order of the file given (the next one); its place."""
        (name,) = openings.ids.to_pylist()
        if name in self.place_of:
            raise InputError(f"There is an opening {name!r} already.")
        place = self.records.add(self._record(openings))
        self.names.append(name)
        self.place_of[name] = place
        self.hashes.add(tie_hashes([f"{self.seed}|{name}"]))
        self.order.add(np.array([self.next_order if order is None else order]))
        self.next_order += order is None
        return place

    def _record(self, openings: Openings) -> Records:
        """The record of the one opening of the table, with its lists behind those of the others."""
        number = np.array(self.skills.of(openings.essential.words), dtype=np.int32)
        new = list(self.skills.number)[len(self.learn_weeks) :] if len(self.skills) > len(self.learn_weeks) else []
        self.learn_weeks.add(np.array([self.parameters.learn_weeks(word) for word in new], dtype=np.int64))
        lists, tasks, spans = skill_lists(openings, np.zeros(1, dtype=np.int32), number)
        offset, task_offset = self.ids.add(lists), len(self.tasks)
        tasks["skill_start"] += offset
        tasks["skill_end"] += offset
        self.tasks.add(tasks)
        values: dict[str, Any] = dict(openings.numbers)
        for name, at in spans.items():
            values[name] = at + (task_offset if name.startswith("task") else offset)
        queue = values["queue_weeks"]
        values |= {
            "rank": 0,  # ties are decided by hash and order, never by rank, here
            "licence_set": self.licence_sets.of(self._needed(openings.licences)),
            "legal_set": self.legal_sets.of(tuple(self.legal.of(openings.legal.of(0)))),
            "queue": np.where(queue < 0, self.parameters.open_hiring_queue, queue),
            "queue_known": queue >= 0,
            "carve_min_tenths": 10 * values["carve_min_hours"],
        }
        return filled_records(OPENING, 1, values)

    def _needed(self, licences: Sets) -> tuple[int, ...]:
        codes = licences.of(0)
        included = frozenset().union(*(included_by(self.parameters, code) for code in codes))
        return tuple(sorted(self.licences.of(code for code in codes if code not in included)))
