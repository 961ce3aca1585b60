"""What a page of the list shows: a few of every block, or all of a part, 25 a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from dichterbij.web.near.answers import Answers
from dichterbij.web.near.found import BLOCKS, Kept
from dichterbij.web.near.paging import Pages
from dichterbij.web.near.reach import Block, Near

PAGE_SIZE = 25
# The first page shows a few of every block, so that none is out of sight; each block has its own pages.
FEW_OF_THE_FIRST, FEW_OF_A_BLOCK = 4, 3


@dataclass(frozen=True)
class Choice:
    """Which part of the list a page is about: one block or some postcode areas; neither is the first page."""

    block: Block | None = None
    pc4s: tuple[range, ...] = ()

    @property
    def is_paged(self) -> bool:
        """Whether all of it is shown, 25 a page."""
        return bool(self.block or self.pc4s)

    def holds(self, pc4: int) -> bool:
        """Whether openings of this area belong to it."""
        return not self.pc4s or any(pc4 in some for some in self.pc4s)

    def of(self, kept: Kept) -> Kept:
        """Those in its areas, whatever their block."""
        if not self.pc4s:
            return kept
        within = np.zeros(len(kept), dtype=np.bool_)
        for some in self.pc4s:
            within |= (kept.pc4 >= some.start) & (kept.pc4 < some.stop)
        return kept.only(within)


@dataclass(frozen=True)
class Listed:
    """A list after its filters, in blocks that follow each other as in `order`."""

    kept: Kept
    order: tuple[Block, ...]
    choice: Choice
    asked: str

    @cached_property
    def counts(self) -> Mapping[Block, int]:
        """How many openings each block has."""
        found = np.bincount(self.kept.blocks, minlength=len(BLOCKS)).tolist()
        return {block: found[BLOCKS.index(block)] for block in self.order}

    @property
    def total(self) -> int:
        """How many openings the pages go through: those of the chosen block, or all."""
        return self.counts[self.choice.block] if self.choice.block else len(self.kept)

    @cached_property
    def pages(self) -> Pages:
        """Which page this is; the only one when only a few of each block are shown."""
        return Pages.asked(self.asked, self.total, PAGE_SIZE) if self.choice.is_paged else Pages(1, 1)

    @cached_property
    def shown(self) -> Mapping[Block, tuple[Near, ...]]:
        """The openings of this page by block, at most 25, nearest first."""
        slices = self._page() if self.choice.is_paged else self._few()
        none = np.zeros(0, dtype=np.int32)
        rows = [
            self.kept.nearest_rows(stop - start, start, block) if stop > start else none
            for block, (start, stop) in slices.items()
        ]
        nears = iter(self.kept.nears(np.concatenate(rows) if rows else none))
        return {block: tuple(islice(nears, len(part))) for block, part in zip(slices, rows, strict=True)}

    def _page(self) -> dict[Block, tuple[int, int]]:
        """Of each block from where to where this page goes; the pages go through block after block."""
        start, before, slices = (self.pages.number - 1) * PAGE_SIZE, 0, {}
        for block, count in self.counts.items():
            if self.choice.block in (None, block):
                first, last = (min(max(0, at - before), count) for at in (start, start + PAGE_SIZE))
                slices[block] = (first, last)
                before += count
        return slices

    def _few(self) -> dict[Block, tuple[int, int]]:
        few, slices = FEW_OF_THE_FIRST, {}
        for block, count in self.counts.items():
            # A button to see only one more is not worth pressing.
            slices[block] = (0, count if count <= few + 1 else few)
            few = FEW_OF_A_BLOCK if count else few
        return slices


def order(answers: Answers) -> tuple[Block, ...]:
    """The blocks as they follow each other: what is nearest in steps first.

    Of somebody who told nothing about themselves no step is known: then simply what is nearest by.
    """
    if answers.knows_skills:
        return tuple(Block)
    return (Block.ASK, *(block for block in Block if block is not Block.ASK))


def listed_in(kept: Kept, blocks_in_order: tuple[Block, ...], choice: Choice, asked: str) -> Listed:
    """The chosen part in blocks; `asked` is a page as in an address, the nearest one that exists is taken."""
    return Listed(choice.of(kept), blocks_in_order, choice, asked)
