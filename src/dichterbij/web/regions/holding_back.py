"""What holds invented people back in a region and what may help, in sentences and bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from dichterbij.domains.matching.queries import step_words
from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.rules.pictures import SMALLEST, Counted, RegionPictures
from dichterbij.domains.support.queries import supports_for
from dichterbij.domains.support.rules.kinds import Role
from dichterbij.web.regions import words
from dichterbij.web.regions.bars import Bar, bars, count
from dichterbij.web.regions.links import route_address

MOST_OFFERS = 3
# A change that costs nobody a course or a purchase is a wish, not something to arrange.
WISHES = frozenset({"travel_15_minutes", "evening", "weekend", "learn_longer"})


@dataclass(frozen=True)
class Offer:
    """Something that may help with the step, and who decides on it. Never a promise."""

    name: str
    what: str
    decides: str
    is_decider_open: bool


@dataclass(frozen=True)
class HoldingBack:
    """The step that alone lies between most people and work: the answer, its picture, and what may help.

    `without_bridge` is "at least" where there are `rare_blockers`; empty for nobody.
    """

    on: date
    seed: int
    people: str
    openings: str
    step: str
    step_people: str
    step_openings: str
    next_steps: tuple[tuple[str, str], ...]
    more_than_elsewhere: tuple[str, str, str] | None
    steps: tuple[Bar, ...]
    rare_steps: str
    lifts: tuple[Bar, ...]
    rare_lifts: str
    best_change: tuple[str, str] | None
    without_bridge: str
    blockers: tuple[Bar, ...]
    rare_blockers: str
    offers: tuple[Offer, ...]
    route: str
    route_name: str


def of_region(region_code: str, language: str, today: date) -> HoldingBack | None:
    """The pictures of a region in words; None when nothing was drawn for it."""
    drawn = figures.region_pictures(region_code)
    if not drawn.steps:
        return None
    top, named = drawn.steps[0], [(_step(item.code, language), count(item.people)) for item in drawn.steps[:3]]
    names = {item.code: _step(item.code, language) for item in drawn.steps}
    route = words.ROUTE_OF_STEP.get(top.code.partition(":")[0], "")
    return HoldingBack(
        on=drawn.drawing.on,
        seed=drawn.drawing.seed,
        people=count(drawn.drawing.people),
        openings=count(drawn.drawing.openings),
        step=named[0][0],
        step_people=named[0][1],
        step_openings=count(top.median_openings),
        next_steps=tuple(named[1:]),
        more_than_elsewhere=_more_than_elsewhere(drawn, language),
        steps=_bars(drawn.steps, names),
        rare_steps=_rare(drawn.steps, names),
        lifts=_bars(drawn.lifts, words.LIFTS),
        rare_lifts=_rare(drawn.lifts, words.LIFTS),
        best_change=_best_change(drawn),
        without_bridge=count(drawn.without_bridge) if drawn.without_bridge else "",
        blockers=_bars(drawn.no_bridge, words.BLOCKERS),
        rare_blockers=_rare(drawn.no_bridge, words.BLOCKERS),
        offers=_offers(top.code, region_code, language, today),
        route=route_address(route, region_code) if route else "",
        route_name=str(words.ROUTES[route]) if route else "",
    )


def _more_than_elsewhere(drawn: RegionPictures, language: str) -> tuple[str, str, str] | None:
    """The step that stands out here against the mean of all regions: its name, here, and in the mean region."""
    mean = figures.mean_steps()
    over = {item.code: (item.people or 0) - mean.get(item.code, 0) for item in drawn.steps}
    code = max(over, key=lambda code: (over[code], code))
    if over[code] < SMALLEST:
        return None
    here = next(item.people for item in drawn.steps if item.code == code)
    return _step(code, language), count(here), count(mean.get(code, 0))


def _bars(rows: tuple[Counted, ...], names: Mapping[str, str | Promise]) -> tuple[Bar, ...]:
    """Those with a number that may be told."""
    return bars((str(names.get(row.code, row.code)), row.people, "", _behind(row)) for row in rows if row.people)


def _rare(rows: tuple[Counted, ...], names: Mapping[str, str | Promise]) -> str:
    """The names of those with too few people to tell how many."""
    return ", ".join(str(names.get(row.code, row.code)) for row in rows if row.people is None)


def _behind(row: Counted) -> str:
    """How much work lies behind it."""
    return "" if row.median_openings is None else count(row.median_openings)


def _best_change(drawn: RegionPictures) -> tuple[str, str] | None:
    """What could be arranged and brings most work within reach for most people."""
    found = next((row for row in drawn.lifts if row.code not in WISHES and row.people), None)
    return (str(words.LIFTS[found.code]), count(found.people)) if found else None


def _step(code: str, language: str) -> str:
    return str(words.OBSTACLES.get(code) or step_words(code, language).name)


def _offers(code: str, region_code: str, language: str, today: date) -> tuple[Offer, ...]:
    found = supports_for(
        step_code=code, route=None, role=Role.JOB_SEEKER, background=None, region=region_code, on=today
    )
    return tuple(
        Offer(
            name=offer.support.name.in_language(language),
            what=offer.support.what.in_language(language),
            decides=offer.decided_by.in_language(language),
            is_decider_open=offer.is_decider_open,
        )
        for offer in found[:MOST_OFFERS]
    )
