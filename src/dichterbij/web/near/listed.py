"""What a page of the list shows: a few of every block, or all of a part, 25 a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dichterbij.web.near.answers import Answers
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


@dataclass(frozen=True)
class Listed:
    """A list after its filters, in blocks; only those of the choice."""

    blocks: dict[Block, tuple[Near, ...]]
    choice: Choice
    number: int = 1

    @property
    def total(self) -> int:
        """How many openings the filters leave."""
        return sum(map(len, self.blocks.values()))

    @property
    def flat(self) -> tuple[Near, ...]:
        """What the pages go through: everything chosen, block by block."""
        chosen = self.choice.block
        return tuple(near for block, nears in self.blocks.items() if chosen in (None, block) for near in nears)

    @property
    def pages(self) -> int:
        """How many pages there are; one when only a few of each block are shown."""
        return max(1, -(-len(self.flat) // PAGE_SIZE)) if self.choice.is_paged else 1

    @property
    def shown(self) -> dict[Block, tuple[Near, ...]]:
        """The openings of this page by block, at most 25."""
        if self.choice.is_paged:
            start = (self.number - 1) * PAGE_SIZE
            nears = self.flat[start : start + PAGE_SIZE]
            return {block: tuple(near for near in nears if near.block is block) for block in self.blocks}
        few = FEW_OF_THE_FIRST
        shown = {}
        for block, nears in self.blocks.items():
            # A button to see only one more is not worth pressing.
            shown[block] = nears if len(nears) <= few + 1 else nears[:few]
            few = FEW_OF_A_BLOCK if nears else few
        return shown


def order(answers: Answers) -> tuple[Block, ...]:
    """The blocks as they follow each other: what is nearest in steps first.

    Of somebody who told nothing about themselves no step is known: then simply what is nearest by.
    """
    if answers.knows_skills:
        return tuple(Block)
    return (Block.ASK, *(block for block in Block if block is not Block.ASK))


def listed_in(nears: Sequence[Near], blocks_in_order: Sequence[Block], choice: Choice, asked: str) -> Listed:
    """These openings in blocks; `asked` is a page as in an address, the nearest one that exists is taken."""
    blocks = {block: tuple(near for near in nears if near.block is block) for block in blocks_in_order}
    listed = Listed(blocks, choice)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return replace(listed, number=min(max(1, number), listed.pages))
