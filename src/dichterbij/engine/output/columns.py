"""Which columns the output has: the contract's, and the compact."""

from collections.abc import Iterator
from typing import Any, Protocol

import numpy.typing as npt
import pyarrow as pa

from dichterbij.engine.arrays import (
    AGREED,
    ASK,
    LEARNING,
    MINUTES,
    MODE,
    ROUTE,
    STEPS,
    UNDESCRIBED,
    WEEKS,
)
from dichterbij.engine.output.block import Block
from dichterbij.engine.output.results import COLUMNS, schema

TEXT = pa.dictionary(pa.int32(), pa.string())  # in a row group; in the file a string like any other


class Layout(Protocol):
    """Which columns a file has, and how they are made."""

    @property
    def schema(self) -> pa.Schema:
        """Names and types, in order."""

    def arrays(self, block: Block) -> Iterator[pa.Array]:
        """The columns of a block, in order."""


class Contract:
    """The columns of the contract, in words."""

    schema = schema(COLUMNS, text=TEXT)

    def arrays(self, block: Block) -> Iterator[pa.Array]:
        """The columns of a block, in order."""
        found = block.found
        yield block.person_ids()
        yield _numbers(block.position, pa.int64())
        yield block.opening_ids()
        yield block.text("route", ROUTE)
        yield pa.array(block.numbers(UNDESCRIBED) == 1)
        for column in (WEEKS, STEPS, LEARNING, MINUTES):
            yield _numbers(block.numbers(column), pa.int64())
        yield block.text("mode", MODE)
        yield block.of_bits("step_codes", found.steps)
        yield _numbers(block.numbers(AGREED), pa.int64())
        yield block.of_skills(found.missing_start, found.missing_count, found.missing)
        yield block.of_skills(found.optional_start, found.optional_count, found.optional)
        yield block.of_bits("to_ask", found.numbers[ASK : ASK + 1])


class Compact:
    """Ids and numbers; words as their place in a list of words, sets of words as bits, skills left out."""

    def __init__(self, step_columns: int) -> None:
        more = {f"step_codes_{number}": pa.int64() for number in range(2, step_columns + 1)}
        types = {
            "person_id": TEXT,
            "position": pa.int32(),
            "opening_id": TEXT,
            "route": pa.int8(),
            "undescribed": pa.bool_(),
            "weeks_to_start": pa.int64(),
            "steps": pa.int64(),
            "weeks_learning": pa.int64(),
            "travel_minutes": pa.int16(),
            "mode": pa.int8(),
            "step_codes": pa.int64(),
            **more,
            "agreed_hours": pa.int16(),
            "to_ask": pa.int16(),
        }
        self.schema = pa.schema(types)
        self.numbers = {
            "weeks_to_start": WEEKS, "steps": STEPS, "weeks_learning": LEARNING, "travel_minutes": MINUTES,
            "route": ROUTE, "mode": MODE, "agreed_hours": AGREED, "to_ask": ASK,
        }  # fmt: skip

    def arrays(self, block: Block) -> Iterator[pa.Array]:
        """The columns of a block, in order."""
        steps = iter(block.found.steps)
        for name, kind in zip(self.schema.names, self.schema.types, strict=True):
            if name == "person_id":
                yield block.person_ids()
            elif name == "opening_id":
                yield block.opening_ids()
            elif name == "position":
                yield _numbers(block.position, kind)
            elif name == "undescribed":
                yield pa.array(block.numbers(UNDESCRIBED) == 1)
            else:
                yield _numbers(block.numbers(self.numbers[name]) if name in self.numbers else next(steps), kind)


def _numbers(values: npt.NDArray[Any], kind: pa.DataType) -> pa.Array:
    """Whole numbers, always copied: what they were taken from may go."""
    return pa.array(values.astype(kind.to_pandas_dtype()))
