"""How many invented people are within reach, and what each demand and each route does to that, as a page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.matching import queries as matching
from dichterbij.domains.matching.rules import FEWEST, shown_count
from dichterbij.synthetic import population
from dichterbij.web.placing.crowd import InventedPeople
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.forms_of import Form, as_asked, with_a_route, without_a_demand
from dichterbij.web.placing.row import ID

BAR_WIDTH = 300
# Each line is a counting over everybody near. Whoever asks more than this has enough to think about.
MOST_LINES = 16


@dataclass(frozen=True)
class Line:
    """One form of the opening with its number: `count` None is fewer than FEWEST. `width` of its bar, at least 1."""

    label: str
    count: int | None
    width: int
    is_more: bool


@dataclass(frozen=True)
class Shown:
    """The numbers of one opening. No number here is exact: each went through `shown_count`.

    `left_out`: demands for which nothing was counted, because there are so many.
    """

    base: Line
    demands: tuple[Line, ...]
    routes: tuple[Line, ...]
    left_out: int
    near: int | None
    people: int
    seed: int
    made_on: date
    weeks: int = matching.WITHIN_WEEKS
    steps: int = matching.WITHIN_STEPS
    fewest: int = FEWEST

    @property
    def best(self) -> tuple[Line, ...]:
        """What brings most: the best demand to drop and the best route to open, when they bring anything."""
        return tuple(lines[0] for lines in (self.demands, self.routes) if lines and lines[0].is_more)


def shown(draft: Draft, crowd: InventedPeople) -> Shown:
    """The numbers for a draft that has a place and hours."""
    base, every, routes = as_asked(draft), without_a_demand(draft, crowd.parameters), with_a_route(draft)
    demands = every[:MOST_LINES]
    found = crowd.reach([form.row for form in (base, *demands, *routes)])
    # Exact numbers go no further than this line.
    counts = {key: shown_count(count) for key, count in found.within.items()}
    most = max(count or 1 for count in counts.values())
    return Shown(
        base=_line(base, counts, most),
        demands=_lines(demands, counts, most),
        routes=_lines(routes, counts, most),
        left_out=len(every) - len(demands),
        near=shown_count(found.near),
        people=len(crowd.people),
        seed=population.SEED,
        made_on=crowd.made_on,
    )


def _lines(forms: Sequence[Form], counts: Mapping[str, int | None], most: int) -> tuple[Line, ...]:
    """What brings most first; equal ones in the order in which they were asked."""
    return tuple(sorted((_line(form, counts, most) for form in forms), key=lambda line: -(line.count or 0)))


def _line(form: Form, counts: Mapping[str, int | None], most: int) -> Line:
    count = counts[form.key]
    width = max(1, BAR_WIDTH * (count or 0) // most)
    return Line(form.label, count, width, is_more=(count or 0) > (counts[ID] or 0))
