"""Arrays that grow at the end without being copied each time."""

from typing import Any, Generic, TypeVar, cast

import numpy as np
import numpy.typing as npt

Array = TypeVar("Array", bound=npt.NDArray[Any])
SLACK = 1.25


class Growing(Generic[Array]):
    """An array and room behind it. `values` is what it holds now, a view that is valid until the next `add`."""

    def __init__(self, values: Array) -> None:
        self._room: npt.NDArray[Any] = values[:0].copy()
        self._size = 0
        self.add(values)

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> Array:
        """All entries; writing to them changes the array, but not the one that was given at the start."""
        return cast(Array, self._room[: self._size])

    def add(self, values: npt.NDArray[Any]) -> int:
        """Append these; the place of the first."""
        start, self._size = self._size, self._size + len(values)
        if self._size > len(self._room):
            room = np.zeros(int(self._size * SLACK) + 64, dtype=self._room.dtype)
            room[:start] = self._room[:start]
            self._room = room
        self._room[start : self._size] = values
        return start
