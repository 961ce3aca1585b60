"""The easy way back as a line in time: where each day stands in the picture, and the same as a list."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from dichterbij.domains.support.rules.easy_return import EasyReturn, Option

WIDTH = 360
MARGIN = 12
# The words above a day in the middle must stay inside the picture.
HALF_WORDS = 74


@dataclass(frozen=True)
class Moment:
    """A day on the line. `anchor` keeps its words inside the picture; a day in the middle has them above the line."""

    day: date
    name: str
    at: int
    anchor: str


@dataclass(frozen=True)
class Plank:
    """A stretch of the line: a trial placement, or the months of easy return."""

    name: str
    code: str
    start: int
    width: int


@dataclass(frozen=True)
class Timeline:
    """Everything the picture and its list need; places across a box 360 wide."""

    moments: tuple[Moment, ...]
    planks: tuple[Plank, ...]
    words: str


def timeline(found: EasyReturn, start: date) -> Timeline:
    """The line of this work: one stretch for a contract, two with a trial placement first."""
    has_trial = found.option is Option.TRIAL and found.counts_from > start
    days = [start, *([found.counts_from] if has_trial else []), found.until]
    names = [gettext("you start"), gettext("trial placement ends"), gettext("half year over")]
    titles = [("trial", gettext("Trial placement")), ("return", gettext("May return easily"))]
    rows = list(zip(names, ("start", "middle", "end"), strict=True))
    places = _places(days)
    moments = tuple(
        Moment(day, name, at, anchor)
        for day, at, (name, anchor) in zip(days, places, rows if has_trial else rows[::2], strict=True)
    )
    planks = tuple(
        Plank(title, code, left, right - left)
        for (code, title), left, right in zip(titles[-len(days) + 1 :], places[:-1], places[1:], strict=True)
    )
    said = ", ".join(f"{date_format(moment.day, 'j F Y')}: {moment.name}" for moment in moments)
    return Timeline(moments, planks, said)


def _places(days: list[date]) -> list[int]:
    """Where the days stand, in scale, but a day in the middle never so near an end that its words fall out."""
    first, last = MARGIN, WIDTH - MARGIN
    if len(days) == 2:
        return [first, last]
    share = (days[1] - days[0]).days / (days[2] - days[0]).days
    between = first + round(share * (last - first))
    return [first, min(max(between, HALF_WORDS), WIDTH - HALF_WORDS), last]
