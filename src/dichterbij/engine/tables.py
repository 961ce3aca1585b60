"""People and openings as arrays: one entry per good row, lists of texts as numbers end to end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.arrays import ALWAYS, NEVER
from dichterbij.engine.columns import Column, Kind, Table, openings_table, people_table
from dichterbij.engine.memory import release_memory
from dichterbij.engine.parameters import AGREEMENTS, DAYPARTS, Parameters
from dichterbij.engine.vectors import (
    IntArray,
    Lists,
    Numbers,
    Tasks,
    Texts,
    Vector,
    Vocabulary,
    code_numbers,
    masks,
)

UNKNOWN_LEVEL = 7

Arrays = dict[str, npt.NDArray[Any]]
Integers = npt.NDArray[np.integer[Any]]
# Arithmetic on an array keeps its type, so there is room in it: hours become tenths of hours, kilometres become metres,
# and a wait that is not known becomes one of the parameters, which go up to a thousand million.
TENTHS = 10
WORTH_RELEASING = 1 << 20  # bytes of an array: to release takes milliseconds
LARGEST = {"max_distance_km": 999_000, "queue_weeks": 1_000_000_000}


@dataclass(frozen=True)
class Sets:
    """Sets of texts, one per row: row i holds `words[j]` for j in `ids[start[i]:start[i + 1]]` (of 1 to 4 bytes)."""

    start: IntArray
    ids: Integers
    words: tuple[str, ...]

    def of(self, row: int) -> tuple[str, ...]:
        """The texts of one row, in alphabetical order."""
        return tuple(sorted(self.words[number] for number in self.ids[self.start[row] : self.start[row + 1]]))


@dataclass(frozen=True)
class People:
    """People. Unknown is -1 for modes, 0 for dutch and level, ALWAYS for available_from, and False in `*_known`.

    `numbers` are as narrow as their columns allow; widen them before arithmetic beyond ten times a value.
    """

    ids: pa.StringArray
    numbers: Mapping[str, Integers]
    licences: Sets
    legal: Sets
    skills: Sets

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class TaskTable:
    """Tasks of all openings, end to end: those of opening i are start[i]:start[i + 1]."""

    start: IntArray
    hours: IntArray
    demands: IntArray
    dayparts: IntArray
    level_min: IntArray
    essential: Sets


@dataclass(frozen=True)
class Openings:
    """Openings. None is 0 for level_min, NEVER for latest_start, and -1 for queue_weeks (unknown).

    `numbers` are as narrow as their columns allow; widen them before arithmetic beyond ten times a value.
    """

    ids: pa.StringArray
    numbers: Mapping[str, Integers]
    licences: Sets
    legal: Sets
    essential: Sets
    optional: Sets
    tasks: TaskTable

    def __len__(self) -> int:
        return len(self.ids)


PEOPLE_LISTS = ("licences", "legal", "skills")
OPENING_LISTS = ("licences", "legal", "essential", "optional")


def narrowest(low: int, high: int) -> np.dtype[Any]:
    """The smallest signed type that holds these."""
    return np.result_type(np.min_scalar_type(min(low, -1)), np.min_scalar_type(-1 - high))


class TableBuilder:
    """Takes in runs of good rows and joins them to one table."""

    def __init__(self, parameters: Parameters, table: Table) -> None:
        self.parameters = parameters
        self.table = table
        self.types = {column.name: _type_of(column) for column in table.columns}
        self.types["place"] = np.dtype(np.int32)
        self.ids: list[pa.StringArray] = []
        self.numbers: dict[str, list[npt.NDArray[Any]]] = {}
        self.sets: dict[str, SetsBuilder] = {}

    def add_numbers(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Arrays with one entry per row."""
        for name, values in arrays.items():
            narrow = values.astype(self.types.get(name, values.dtype), copy=False)
            self.numbers.setdefault(name, []).append(narrow)

    def add_sets(self, name: str, lists: Lists, words: Vocabulary | None = None) -> None:
        """Lists with one entry per row; lists that share `words` share numbers."""
        self.sets.setdefault(name, SetsBuilder(words or Vocabulary())).add(lists)

    def joined(self, name: str) -> Any:
        """All entries of one array; the runs are let go."""
        parts = self.numbers.pop(name, [])
        whole = np.concatenate(parts) if parts else np.zeros(0, dtype=self.types.get(name, np.int64))
        del parts
        if whole.nbytes > WORTH_RELEASING:
            release_memory()
        return whole

    def joined_sets(self, name: str) -> Sets:
        """All entries of one list; the runs are let go."""
        return self.sets.pop(name, SetsBuilder(Vocabulary())).build()

    def joined_ids(self) -> pa.StringArray:
        """All ids; the runs are let go."""
        ids = pa.concat_arrays(self.ids) if self.ids else pa.array([], pa.string())
        self.ids = []
        return ids


def _type_of(column: Column) -> np.dtype[Any]:
    """The smallest type that holds the numbers of this column, with room for what becomes of them."""
    if column.kind in (Kind.LIST, Kind.TEXT):
        return narrowest(-1, 1 << len(column.codes or ()))
    if column.kind is Kind.FLAG:
        return np.dtype(np.int8)
    if column.kind is not Kind.WHOLE:
        return np.dtype(np.int64)
    return narrowest(-1, LARGEST.get(column.name, TENTHS * cast(int, column.high)))


class SetsBuilder:
    """Joins lists to sets, end to end."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.ids: list[Integers] = []
        self.lengths: list[npt.NDArray[np.int32]] = []

    def add(self, lists: Lists) -> None:
        """Take in one run of rows; what stands twice in a row counts once."""
        rows = len(lists.lengths)
        keys = np.sort((lists.owner << 32) | self.words.encode(lists))
        keys = keys[np.diff(keys, prepend=-1) > 0]  # np.unique, which hashes, took sixty times as long
        self.ids.append((keys & 0xFFFFFFFF).astype(narrowest(0, len(self.words.number_of))))
        self.lengths.append(np.bincount(keys >> 32, minlength=rows).astype(np.int32))

    def build(self) -> Sets:
        """The sets of all rows taken in; the runs are let go one by one, so that all never stand there twice."""
        start = np.zeros(1 + sum(map(len, self.lengths)), dtype=np.int64)
        np.cumsum(np.concatenate([start[:0].astype(np.int32), *self.lengths]), out=start[1:])
        self.lengths = []
        ids = np.empty(start[-1], dtype=narrowest(0, len(self.words.number_of)))
        at = 0
        for part in _let_go(self.ids):
            ids[at : at + len(part)] = part
            at += len(part)
        if start.nbytes + ids.nbytes > WORTH_RELEASING:
            release_memory()
        return Sets(start, ids, self.words.words)


def _let_go(parts: list[Any]) -> Iterator[Any]:
    """Each part in turn; nothing keeps it afterwards."""
    parts.reverse()
    while parts:
        yield parts.pop()


def _number(vector: Vector, column: Column, none: int) -> IntArray:
    return cast(Numbers, vector).filled(column.default if isinstance(column.default, int) else none)


def _mask(vector: Vector, column: Column, none: int = 0) -> IntArray:
    lists, codes = cast(Lists, vector), cast(Sequence[str], column.codes)
    default = none if column.default is None else sum(1 << codes.index(code) for code in cast(Any, column.default))
    return np.where(lists.null, default, masks(lists, codes)[0])


class PeopleBuilder(TableBuilder):
    """Joins runs of good rows to People."""

    def __init__(self, parameters: Parameters) -> None:
        super().__init__(parameters, people_table(parameters))

    def add(self, batch: Mapping[str, Vector]) -> None:
        """Take in one run of good rows."""
        columns = self.table.by_name
        level = _number(batch["level"], columns["level"], 0)
        numbers = _plain_numbers(batch, self.table, {"available_from": ALWAYS, "max_distance_km": -1})
        numbers |= {
            "place": self.parameters.places.places(cast(Numbers, batch["pc4"]).values),
            "level": np.where(level == UNKNOWN_LEVEL, 0, level),
            "modes": _mask(batch["modes"], columns["modes"], -1),
        }
        for name in ("dayparts", "childcare_dayparts", "avoid", "agreements"):
            numbers[name] = _mask(batch[name], columns[name])
        for name in PEOPLE_LISTS:
            numbers[f"{name}_known"] = (~cast(Lists, batch[name]).null).astype(np.int8)
            self.add_sets(name, cast(Lists, batch[name]))
        self.add_numbers(numbers)
        self.ids.append(cast(Texts, batch["person_id"]).values)

    def build(self) -> People:
        """All people taken in."""
        names = [column.name for column in self.table.columns if column.codes or column.high is not None]
        names += ["place", "ebike_possible", "available_from", *(f"{name}_known" for name in PEOPLE_LISTS)]
        numbers = {name: self.joined(name) for name in names}
        licences, legal, skills = (self.joined_sets(name) for name in PEOPLE_LISTS)
        return People(self.joined_ids(), numbers, licences, legal, skills)


class OpeningsBuilder(TableBuilder):
    """Joins runs of good rows to Openings."""

    def __init__(self, parameters: Parameters) -> None:
        super().__init__(parameters, openings_table(parameters))
        self.skills = Vocabulary()

    def add(self, batch: Mapping[str, Vector]) -> None:
        """Take in one run of good rows."""
        columns = self.table.by_name
        numbers = _plain_numbers(batch, self.table, {"latest_start": NEVER, "queue_weeks": -1})
        agreement = code_numbers(cast(Texts, batch["agreement"]).values, AGREEMENTS)
        numbers |= {
            "place": self.parameters.places.places(cast(Numbers, batch["pc4"]).values),
            "agreement": np.where(agreement < 0, AGREEMENTS.index("job"), agreement),
            "dayparts": _mask(batch["dayparts"], columns["dayparts"]),
            "demands": _mask(batch["demands"], columns["demands"]),
        }
        for name in OPENING_LISTS:
            self.add_sets(name, cast(Lists, batch[name]), self.skills if name in ("essential", "optional") else None)
        self.add_numbers(numbers)
        self._add_tasks(cast(Tasks, batch["tasks"]))
        self.ids.append(cast(Texts, batch["opening_id"]).values)

    def _add_tasks(self, tasks: Tasks) -> None:
        self.add_sets("task_essential", tasks.essential, self.skills)
        self.add_numbers(
            {
                "task_count": tasks.lengths,
                "task_hours": tasks.hours.values,
                "task_demands": masks(tasks.demands, self.parameters.demands)[0],
                "task_dayparts": masks(tasks.dayparts, DAYPARTS)[0],
                "task_level_min": tasks.level_min.filled(0),
            }
        )

    def build(self) -> Openings:
        """All openings taken in."""
        names = [column.name for column in self.table.columns if column.high is not None]
        names += ["place", "agreement", "dayparts", "demands", "latest_start", "dutch_on_the_job"]
        names += ["open_hiring", "learning_company", "carvable"]
        numbers = {name: self.joined(name) for name in names}
        licences, legal, essential, optional = (self.joined_sets(name) for name in OPENING_LISTS)
        tasks = TaskTable(
            start=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.joined("task_count"))]),
            hours=self.joined("task_hours"),
            demands=self.joined("task_demands"),
            dayparts=self.joined("task_dayparts"),
            level_min=self.joined("task_level_min"),
            essential=self.joined_sets("task_essential"),
        )
        return Openings(self.joined_ids(), numbers, licences, legal, essential, optional, tasks)


def _plain_numbers(batch: Mapping[str, Vector], table: Table, none: Mapping[str, int]) -> Arrays:
    """Whole numbers, flags and days with their defaults; `none` says what null becomes where it is not 0."""
    return {
        column.name: _number(batch[column.name], column, none.get(column.name, 0))
        for column in table.columns
        if isinstance(batch[column.name], Numbers)
    }


def names_of(mask: int, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes whose bit is set, in their order."""
    return tuple(code for bit, code in enumerate(codes) if mask >> bit & 1)
