"""The figures as the page shows them: small numbers hidden, shares and bars worked out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext

from dichterbij.domains.outreach.queries import ItemFigures
from dichterbij.domains.outreach.rules import SMALLEST_SHOWN, Step, may_be_shown
from dichterbij.web.campaign.words import KINDS, STEPS, TARGETS

# A bar in the picture; anybody who came is at least to be seen.
THINNEST = 1


@dataclass(frozen=True)
class Cell:
    """One number. `width`: of its bar, in hundredths of the visits; None when it may not be known."""

    name: str | Promise
    text: str
    share: str = ""
    width: int | None = None


@dataclass(frozen=True)
class Row:
    """One item and its way from visit to contact."""

    title: str
    code: str
    region: str
    kind: str | Promise
    target: str | Promise
    invented: bool
    ended: bool
    came: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RegionRow:
    """A region's items together; a sum with hidden numbers in it says "at least"."""

    code: str
    name: str
    items: int
    cells: tuple[Cell, ...]


def item_rows(figures: Iterable[ItemFigures], *, today: date) -> tuple[Row, ...]:
    """A row per item."""
    return tuple(_row(row, today) for row in figures)


def region_rows(figures: Sequence[ItemFigures]) -> tuple[RegionRow, ...]:
    """A row per region, by name."""
    ordered = sorted(figures, key=lambda row: (row.item.region_name, row.item.region_code))
    groups = [list(rows) for _, rows in groupby(ordered, key=lambda row: row.item.region_code)]
    return tuple(RegionRow(r[0].item.region_code, r[0].item.region_name, len(r), _sums(r)) for r in groups)


def fewer() -> str:
    """How a small number is told."""
    return gettext("fewer than %(number)s") % {"number": SMALLEST_SHOWN}


def _row(row: ItemFigures, today: date) -> Row:
    item = row.item
    return Row(
        title=item.title,
        code=item.code,
        region=item.region_name,
        kind=KINDS[item.kind],
        target=TARGETS[item.target],
        invented=item.invented,
        ended=item.valid_until is not None and item.valid_until < today,
        came=any(row.counts.values()),
        cells=tuple(_cell(step, count, row.counts[Step.VISIT]) for step, count in row.counts.items()),
    )


def _cell(step: Step, count: int, visits: int) -> Cell:
    if not may_be_shown(count):
        return Cell(STEPS[step], fewer())
    if not visits or not may_be_shown(visits) or step is Step.VISIT:
        return Cell(STEPS[step], str(count), width=100 if step is Step.VISIT and count else None)
    # Who came on the last day of the month before is counted there, and may look on this month.
    percentage = min(100, round(100 * count / visits))
    return Cell(STEPS[step], str(count), f"{percentage}%", max(THINNEST, percentage) if count else 0)


def _sums(rows: Sequence[ItemFigures]) -> tuple[Cell, ...]:
    return tuple(_sum(step, [row.counts[step] for row in rows]) for step in Step)


def _sum(step: Step, counts: Sequence[int]) -> Cell:
    """Only of numbers that are shown themselves: the hidden ones cannot be worked out from it."""
    total = sum(count for count in counts if may_be_shown(count))
    if all(map(may_be_shown, counts)):
        return Cell(STEPS[step], str(total))
    return Cell(STEPS[step], gettext("at least %(number)s") % {"number": total} if total else _few(counts))


def _few(counts: Sequence[int]) -> str:
    """Only hidden numbers: one is told as itself, several add up to who knows what."""
    return fewer() if len([count for count in counts if count]) == 1 else gettext("a few")
