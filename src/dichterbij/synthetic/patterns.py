"""Weighted lists of the assumptions, made ready for drawing."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dichterbij.synthetic.draw import Bools, Choices, Draw, Ints
from dichterbij.synthetic.occupations import Occupations


@dataclass(frozen=True)
class Pattern:
    """A weighted list per group, its entries numbered through: `values[first[group] + drawn]`."""

    choices: Choices
    first: Ints
    values: list[Any]

    def draw(self, draw: Draw, rows: Ints) -> Ints:
        """A position in `values` for each of `rows` (groups)."""
        return self.first[rows] + draw.among(self.choices, rows)


def pattern(lists: list[list[list[Any]]]) -> Pattern:
    """From lists of [weight, value, ...], one list per row."""
    first = np.cumsum([0, *map(len, lists)])[:-1].astype(np.int64)
    return Pattern(
        Choices.of([[entry[0] for entry in rows] for rows in lists]),
        first,
        [entry[1:] for rows in lists for entry in rows],
    )


def _matches(code: str, table: dict[str, Any]) -> Any | None:
    """What a table by ESCO code or ISCO unit group says of an occupation; the longer key wins."""
    parts = code.split(".")
    keys = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((table[key] for key in keys if key in table), None)


def by_occupation(occupations: Occupations, table: dict[str, Any]) -> list[Any | None]:
    """`table` (ESCO code or ISCO unit group -> value) looked up for every occupation."""
    return [_matches(code, table) for code in occupations.codes]


def masks(lists: list[list[str]], words: tuple[str, ...]) -> Bools:
    """A row per list, a column per word."""
    return np.array([[word in chosen for word in words] for chosen in lists], np.bool_)
