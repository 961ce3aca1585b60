"""The output as row groups of Parquet made straight from the lists, as many at a time as there are threads."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from dichterbij.engine.arrays import I32, I64, ROUTE
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.block import Block, Listed, Tools, step_columns
from dichterbij.engine.output.bridges import space_for
from dichterbij.engine.output.columns import Layout
from dichterbij.engine.output.stretches import stretches
from dichterbij.engine.parameters import MODES

ROWS_AT_A_TIME = 250_000  # rows of a row group: about 60 MB of work space a thread


class Passed(NamedTuple):
    """What is counted of some people on end: up to which row, who has a bridge, and of each bridge where it leads."""

    until: int
    people: int
    opening: I32  # rows of the table of openings
    route: I64
    position: I32


class Made(NamedTuple):
    """A row group, and what is counted in it."""

    group: pa.RecordBatch
    passed: Passed


def groups_of(
    matcher: Matcher, lists: I32, layout: Layout, forget: Callable[[], None] = lambda: None
) -> Iterator[Made]:
    """The bridges of all lists as row groups, people in the order of the input; as many at a time as there are threads.

    `forget` is called now and then, when lists that were used need not stay in memory.
    """
    listed, tools = Listed(matcher), SimpleQueue[Tools]()
    for world in matcher.worlds:
        spaces = np.zeros(len(matcher.index), dtype=np.int32), np.zeros(len(matcher.index.skills), dtype=np.int32)
        tools.put(Tools(world, space_for(world, len(MODES), step_columns(matcher.index.parameters)), *spaces))
    listed.words, listed.skills, listed.bits, listed.work_of  # noqa: B018 - once

    def made(start: int, end: int) -> Made:
        own = tools.get()
        try:
            part = np.ascontiguousarray(lists[start:end])
            block = Block(listed, own, np.arange(start, end, dtype=np.int32), part)
            group = pa.RecordBatch.from_arrays(list(layout.arrays(block)), schema=layout.schema)
            people = int((block.counts > 0).sum())
            route = block.numbers(ROUTE).copy()  # the other numbers may go
            return Made(group, Passed(end, people, block.opening, route, block.position))
        finally:
            tools.put(own)

    with ThreadPoolExecutor(matcher.threads) as pool:
        under_way: deque[Future[Made]] = deque()
        try:
            for start, end in stretches(matcher.index, lists, ROWS_AT_A_TIME):
                under_way.append(pool.submit(made, start, end))
                if len(under_way) > matcher.threads:
                    yield under_way.popleft().result()
                    forget()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for waiting in under_way:
                waiting.cancel()
