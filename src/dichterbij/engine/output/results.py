"""Bridges found, as arrays; and as rows, Arrow tables or JSON lines with the columns of the contract."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.arrays import (
    ADAPT,
    AGREED,
    ASK,
    FLAGS,
    I32,
    I64,
    LEARNING,
    MINUTES,
    MODE,
    OPEN_HIRING,
    ROUTE,
    ROUTES,
    STEP_CARVING,
    STEP_CHILDCARE,
    STEP_DUTCH,
    STEP_EBIKE,
    STEP_LEARN_WORK,
    STEP_ONBOARDING,
    STEPS,
    TO_ASK,
    UNDESCRIBED,
    WEEKS,
)
from dichterbij.engine.index import Index
from dichterbij.engine.licences import licence_codes
from dichterbij.engine.parameters import MODES, Parameters
from dichterbij.engine.tables import People

COLUMNS = (
    "person_id",
    "position",
    "opening_id",
    "route",
    "undescribed",
    "weeks_to_start",
    "steps",
    "weeks_learning",
    "travel_minutes",
    "mode",
    "step_codes",
    "agreed_hours",
    "missing",
    "optional_held",
    "to_ask",
)
FLAG_STEPS = {
    STEP_EBIKE: "ebike",
    STEP_CHILDCARE: "childcare",
    STEP_DUTCH: "dutch",
    STEP_ONBOARDING: "onboarding",
    STEP_LEARN_WORK: "learn_work",
    STEP_CARVING: "carving",
}
_INTEGERS = {
    "weeks_to_start": WEEKS,
    "steps": STEPS,
    "weeks_learning": LEARNING,
    "travel_minutes": MINUTES,
    "agreed_hours": AGREED,
}
_TEXT = pa.string()


@dataclass(frozen=True)
class Ragged:
    """Numbers end to end, with how many each row has."""

    values: I32
    counts: I32

    @cached_property
    def start(self) -> I64:
        """Where each row begins, and the end."""
        return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(self.counts, dtype=np.int64)])

    def only(self, rows: npt.NDArray[np.bool_]) -> "Ragged":
        """The same with every other row empty."""
        return Ragged(self.values[np.repeat(rows, self.counts)], np.where(rows, self.counts, 0).astype(np.int32))


@dataclass(frozen=True)
class Bridges:
    """Bridges in the order of the output. `position` counts from 1 within a person; None where it has no meaning."""

    index: Index
    people: People
    person: I32
    opening: I32
    numbers: I64
    position: I32 | None
    licences: Ragged
    missing: Ragged
    optional: Ragged

    def __len__(self) -> int:
        return len(self.person)

    @cached_property
    def routes(self) -> I64:
        """Route of each bridge, as its place in ROUTES."""
        return self.numbers[:, ROUTE]

    @cached_property
    def missing_shown(self) -> Ragged:
        """Essential skills missing; open hiring does not look at them."""
        return self.missing.only(self.routes != OPEN_HIRING)

    @cached_property
    def step_words(self) -> tuple[str, ...]:
        """Every step there can be, in alphabetical order."""
        return step_words(self.index.parameters)

    @cached_property
    def steps(self) -> Ragged:
        """Steps of each bridge, as places in `step_words`."""
        place = {word: at for at, word in enumerate(self.step_words)}
        rows: list[npt.NDArray[Any]] = []
        steps: list[npt.NDArray[Any]] = []

        def add(where: npt.NDArray[Any], word: str) -> None:
            rows.append(where)
            steps.append(np.full(len(where), place[word]))

        for flag, word in FLAG_STEPS.items():
            add(np.flatnonzero(self.numbers[:, FLAGS] & flag), word)
        for bit, code in enumerate(self.index.parameters.adaptable):
            add(np.flatnonzero(self.numbers[:, ADAPT] >> bit & 1), f"adaptation:{code}")
        owner = np.repeat(np.arange(len(self)), self.licences.counts)
        for number, code in enumerate(self.index.licence_table):
            add(owner[self.licences.values == number], f"licence:{code}")
        keys = np.sort((np.concatenate(rows) << 32) | np.concatenate(steps))
        counts = np.bincount(keys >> 32, minlength=len(self)).astype(np.int32)
        return Ragged((keys & 0xFFFFFFFF).astype(np.int32), counts)

    @cached_property
    def asked(self) -> Ragged:
        """What is to be asked, as places in TO_ASK."""
        set_bits = (self.numbers[:, ASK, None] >> np.arange(len(TO_ASK))) & 1
        return Ragged(np.nonzero(set_bits)[1].astype(np.int32), set_bits.sum(axis=1).astype(np.int32))

    @cached_property
    def _lists(self) -> dict[str, tuple[Ragged, Sequence[str]]]:
        return {
            "step_codes": (self.steps, self.step_words),
            "missing": (self.missing_shown, self.index.skills),
            "optional_held": (self.optional, self.index.skills),
            "to_ask": (self.asked, TO_ASK),
        }

    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return COLUMNS if self.position is not None else tuple(name for name in COLUMNS if name != "position")

    def table(self) -> pa.Table:
        """The bridges as an Arrow table."""
        person_ids, opening_ids = self._ids()
        arrays: dict[str, Any] = {
            "person_id": person_ids,
            "position": self.position,
            "opening_id": opening_ids,
            "route": _texts(self.routes, ROUTES),
            "undescribed": pa.array(self.numbers[:, UNDESCRIBED] == 1),
            "mode": _texts(self.numbers[:, MODE], MODES),
        }
        arrays |= {name: np.ascontiguousarray(self.numbers[:, at]) for name, at in _INTEGERS.items()}
        for name, (ragged, words) in self._lists.items():
            offsets = pa.array(ragged.start.astype(np.int32))
            arrays[name] = pa.ListArray.from_arrays(offsets, _texts(ragged.values, words))
        return pa.table({name: arrays[name] for name in self.columns()}, schema=schema(self.columns()))

    def rows(self) -> Iterator[dict[str, Any]]:
        """The bridges as dicts, keys in the order of the columns."""
        table = self.table()
        for start in range(0, len(self), 10_000):
            yield from table.slice(start, 10_000).to_pylist()

    def records(self) -> Iterator[dict[str, Any]]:
        """As rows, lists as tuples and without ids of people and positions; five times as fast for many of them."""
        opening_ids = self._ids()[1].to_pylist()
        lists = [_tuples(*self._lists[name]) for name in ("step_codes", "missing", "optional_held", "to_ask")]
        columns = [ROUTE, UNDESCRIBED, WEEKS, STEPS, LEARNING, MINUTES, MODE, AGREED]
        numbers = self.numbers[:, columns].tolist()
        for opening_id, own, *words in zip(opening_ids, numbers, *lists, strict=True):
            route, undescribed, weeks, steps, learning, minutes, mode, agreed = own
            yield {
                "opening_id": opening_id,
                "route": ROUTES[route],
                "undescribed": undescribed == 1,
                "weeks_to_start": weeks,
                "steps": steps,
                "weeks_learning": learning,
                "travel_minutes": minutes,
                "mode": MODES[mode],
                "agreed_hours": agreed,
                "step_codes": words[0],
                "missing": words[1],
                "optional_held": words[2],
                "to_ask": words[3],
            }

    def _ids(self) -> tuple[pa.StringArray, pa.StringArray]:
        openings = self.index.openings.ids.take(pa.array(self.index.row_of[self.opening]))
        return self.people.ids.take(pa.array(self.person)), openings

    def json_lines(self) -> Iterator[str]:
        """The bridges as JSON, a line each, keys in the order of the columns."""
        person_ids, opening_ids = ([_json(text) for text in ids.to_pylist()] for ids in self._ids())
        lists = {name: _json_lists(ragged, words) for name, (ragged, words) in self._lists.items()}
        numbers = self.numbers[:, [WEEKS, STEPS, LEARNING, MINUTES, AGREED]].tolist()
        undescribed = ["true" if value else "false" for value in self.numbers[:, UNDESCRIBED].tolist()]
        positions = [f'"position": {at}, ' for at in self.position.tolist()] if self.position is not None else None
        for at, (weeks, steps, learning, minutes, agreed) in enumerate(numbers):
            yield (
                f'{{"person_id": {person_ids[at]}, {positions[at] if positions else ""}'
                f'"opening_id": {opening_ids[at]}, "route": "{ROUTES[self.routes[at]]}", '
                f'"undescribed": {undescribed[at]}, "weeks_to_start": {weeks}, "steps": {steps}, '
                f'"weeks_learning": {learning}, "travel_minutes": {minutes}, '
                f'"mode": "{MODES[self.numbers[at, MODE]]}", "step_codes": {lists["step_codes"][at]}, '
                f'"agreed_hours": {agreed}, "missing": {lists["missing"][at]}, '
                f'"optional_held": {lists["optional_held"][at]}, "to_ask": {lists["to_ask"][at]}}}\n'
            )

    def route_counts(self) -> dict[str, int]:
        """How many bridges go over each route."""
        counts = np.bincount(self.routes, minlength=len(ROUTES)).tolist()
        return dict(zip(ROUTES, counts, strict=True))


def step_words(parameters: Parameters) -> tuple[str, ...]:
    """Every step there can be, in alphabetical order."""
    adaptations = [f"adaptation:{code}" for code in parameters.adaptable]
    licences = [f"licence:{code}" for code in licence_codes(parameters)]
    return tuple(sorted([*FLAG_STEPS.values(), *adaptations, *licences]))


def schema(columns: Sequence[str], text: pa.DataType = _TEXT) -> pa.Schema:
    """Arrow types of the output; `text` is how texts are held."""
    kinds: dict[str, pa.DataType] = dict.fromkeys(COLUMNS, text)
    kinds |= dict.fromkeys(("position", *_INTEGERS), pa.int64())
    kinds |= dict.fromkeys(("step_codes", "missing", "optional_held", "to_ask"), pa.list_(text))
    kinds["undescribed"] = pa.bool_()
    return pa.schema([(name, kinds[name]) for name in columns])


def _texts(numbers: npt.NDArray[Any], words: Sequence[str]) -> pa.StringArray:
    if len(numbers) >= len(words):
        return pa.array(words, pa.string()).take(pa.array(numbers.astype(np.int32)))
    used, places = np.unique(numbers, return_inverse=True)  # few numbers, many words: only those that are used
    return pa.array([words[number] for number in used], pa.string()).take(pa.array(places))


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _tuples(ragged: Ragged, words: Sequence[str]) -> list[tuple[str, ...]]:
    """Each row's list of words."""
    texts, starts = [words[number] for number in ragged.values.tolist()], ragged.start.tolist()
    return [tuple(texts[first:last]) for first, last in pairwise(starts)]


def _json_lists(ragged: Ragged, words: Sequence[str]) -> list[str]:
    """Each row's list as JSON; the few distinct words are written once."""
    written = {number: _json(words[number]) for number in np.unique(ragged.values).tolist()}
    values, starts = ragged.values.tolist(), ragged.start.tolist()
    return [f"[{', '.join([written[number] for number in values[first:last]])}]" for first, last in pairwise(starts)]
