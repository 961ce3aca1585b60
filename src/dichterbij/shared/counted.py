"""A number that was counted up to a bound: for lists of which nobody needs to know how long they are to the one."""

from typing import Self


class Counted(int):
    """How many there are, at most so many as were counted; `is_all`: there are no more."""

    is_all: bool

    def __new__(cls, number: int, *, is_all: bool = True) -> Self:
        """A number as any other."""
        made = super().__new__(cls, number)
        made.is_all = is_all
        return made

    @classmethod
    def up_to(cls, most: int, found: int) -> Self:
        """Of what was counted to one more than `most`."""
        return cls(min(found, most), is_all=found <= most)

    @property
    def text(self) -> str:
        """With a plus where there are more than were counted."""
        return f"{self}" if self.is_all else f"{self}+"
