"""Which columns the output has: the contract's, and the compact."""

from collections.abc import Iterator, Sequence
from typing import Protocol

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
from dichterbij.engine.output.parquet_file import Chunk, Column, Kind, flag_chunk, number_chunk


class Layout(Protocol):
    """Which columns a file has, and how they are made."""

    @property
    def columns(self) -> Sequence[Column]:
        """Names and kinds, in order."""

    def chunks(self, block: Block) -> Iterator[Chunk]:
        """The columns of a block, in order."""


class Contract:
    """The columns of the contract, in words."""

    columns = tuple(
        Column(name, kind)
        for name, kind in {
            "person_id": Kind.TEXT,
            "position": Kind.INT64,
            "opening_id": Kind.TEXT,
            "route": Kind.TEXT,
            "undescribed": Kind.FLAG,
            "weeks_to_start": Kind.INT64,
            "steps": Kind.INT64,
            "weeks_learning": Kind.INT64,
            "travel_minutes": Kind.INT64,
            "mode": Kind.TEXT,
            "step_codes": Kind.TEXTS,
            "agreed_hours": Kind.INT64,
            "missing": Kind.TEXTS,
            "optional_held": Kind.TEXTS,
            "to_ask": Kind.TEXTS,
        }.items()
    )

    def chunks(self, block: Block) -> Iterator[Chunk]:
        """The columns of a block, in order."""
        found = block.found
        yield block.person_ids()
        yield number_chunk(block.position, Kind.INT64)
        yield block.opening_ids()
        yield block.text("route", ROUTE)
        yield flag_chunk(block.numbers(UNDESCRIBED) == 1)
        for column in (WEEKS, STEPS, LEARNING, MINUTES):
            yield number_chunk(block.numbers(column), Kind.INT64)
        yield block.text("mode", MODE)
        yield block.of_bits("step_codes", found.steps)
        yield number_chunk(block.numbers(AGREED), Kind.INT64)
        yield block.of_skills(found.missing_start, found.missing_count, found.missing)
        yield block.of_skills(found.optional_start, found.optional_count, found.optional)
        yield block.of_bits("to_ask", found.numbers[ASK : ASK + 1])


class Compact:
    """Ids and numbers; words as their place in a list of words, sets of words as bits, skills left out."""

    def __init__(self, step_columns: int) -> None:
        more = {f"step_codes_{number}": Kind.INT64 for number in range(2, step_columns + 1)}
        kinds = {
            "person_id": Kind.TEXT,
            "position": Kind.INT32,
            "opening_id": Kind.TEXT,
            "route": Kind.INT8,
            "undescribed": Kind.FLAG,
            "weeks_to_start": Kind.INT64,
            "steps": Kind.INT64,
            "weeks_learning": Kind.INT64,
            "travel_minutes": Kind.INT16,
            "mode": Kind.INT8,
            "step_codes": Kind.INT64,
            **more,
            "agreed_hours": Kind.INT16,
            "to_ask": Kind.INT16,
        }
        self.columns = tuple(Column(name, kind) for name, kind in kinds.items())
        self.numbers = {
            "weeks_to_start": WEEKS, "steps": STEPS, "weeks_learning": LEARNING, "travel_minutes": MINUTES,
            "route": ROUTE, "mode": MODE, "agreed_hours": AGREED, "to_ask": ASK,
        }  # fmt: skip

    def chunks(self, block: Block) -> Iterator[Chunk]:
        """The columns of a block, in order."""
        steps = iter(block.found.steps)
        for name, kind in ((column.name, column.kind) for column in self.columns):
            if name == "person_id":
                yield block.person_ids()
            elif name == "opening_id":
                yield block.opening_ids()
            elif name == "position":
                yield number_chunk(block.position, kind)
            elif name == "undescribed":
                yield flag_chunk(block.numbers(UNDESCRIBED) == 1)
            else:
                yield number_chunk(block.numbers(self.numbers[name]) if name in self.numbers else next(steps), kind)
