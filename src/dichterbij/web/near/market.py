"""The openings of this process: read once, read again when they change in the database."""

import logging
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connections
from django.utils import timezone

from dichterbij.domains.matching import queries as matching
from dichterbij.domains.matching.queries import Bridge, OpeningIndex
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.domains.openings import queries as openings
from dichterbij.engine.parameters import Parameters
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.near import esco, learning, unsaid
from dichterbij.web.near.answers import Answers, Filters, person_row
from dichterbij.web.near.facts import group_of, sector_of
from dichterbij.web.near.learning import LEARNING_PLACE
from dichterbij.web.near.reach import Near

logger = logging.getLogger(__name__)

# How long a visitor waits for somebody else's first question before being told to wait.
PATIENCE_SECONDS = 3.0


class MarketLoadingError(UnavailableError):
    """The openings are being read for the first time."""

    code = "loading"


@dataclass(frozen=True)
class Traits:
    """What the filters and the map look at."""

    pc4: int
    hours_min: int
    hours_max: int
    sector: str
    group: str
    is_learning_place: bool


@dataclass(frozen=True)
class Market:
    """The openings of one delivery on one day, ready to be asked about. Keeps nothing of who asks."""

    version: str | None
    on: date
    parameters: Parameters
    index: OpeningIndex
    traits: Mapping[str, Traits]

    def near(self, answers: Answers) -> tuple[Near, ...]:
        """Everything within reach, nearest first, each with all its routes."""
        found = matching.routes_near(
            person=_person(answers),
            index=self.index,
            parameters=self.parameters,
            on=self.on,
            top=max(1, len(self.index)),
        )
        return tuple(Near(ways[0].opening_id, self._ways(ways)) for ways in found if ways)

    def kept(self, filters: Filters, nears: Iterable[Near]) -> list[Near]:
        """Those of `nears` that the filters leave, in the same order."""
        return [near for near in (self.filtered(near, filters) for near in nears) if near]

    def routes_to(self, answers: Answers, opening_id: str) -> Near | None:
        """The ways to one opening, the shortest first; None when there is none."""
        found = matching.bridges_per_route(
            person=_person(answers), opening_id=opening_id, index=self.index, parameters=self.parameters, on=self.on
        )
        ways = sorted((bridge for bridge in found.values() if bridge), key=lambda bridge: bridge.distance)
        return Near(opening_id, self._ways(tuple(ways))) if ways else None

    def explain(self, answers: Answers, opening_id: str, language: str) -> matching.Explanation:
        """Every rule of every route to this opening, in words."""
        found = matching.explain(
            person=_person(answers),
            opening_id=opening_id,
            index=self.index,
            parameters=self.parameters,
            on=self.on,
            language=language,
        )
        found = found if answers.knows_skills else unsaid.explanation(found)
        return learning.explanation(found) if self.traits[opening_id].is_learning_place else found

    def what_brings_more(self, answers: Answers) -> list[matching.Lift]:
        """The answers that would bring more near, what brings most first."""
        return matching.what_brings_more(
            person=_person(answers), index=self.index, parameters=self.parameters, on=self.on
        )

    def pc4_of(self, near: Near) -> int:
        """The postcode area where an opening is."""
        return self.traits[near.opening_id].pc4

    def filtered(self, near: Near, filters: Filters) -> Near | None:
        """The opening as the filters leave it: the way of the chosen route first; None when it is left out."""
        if not self._fits(self.traits[near.opening_id], filters):
            return None
        ways = _chosen(near.ways, filters.route)
        if not ways or (filters.minutes is not None and ways[0].travel_minutes > filters.minutes):
            return None
        return near if ways == near.ways else replace(near, ways=ways)

    def _ways(self, found: tuple[Bridge, ...]) -> tuple[Bridge, ...]:
        """The ways as the pages name them."""
        return learning.ways(found) if self.traits[found[0].opening_id].is_learning_place else found

    @staticmethod
    def _fits(traits: Traits, filters: Filters) -> bool:
        return (
            filters.sector in (None, traits.sector)
            and filters.group in (None, traits.group)
            and (filters.hours_min is None or traits.hours_max >= filters.hours_min)
            and (filters.hours_max is None or traits.hours_min <= filters.hours_max)
        )


def _chosen(ways: tuple[Bridge, ...], route: str | None) -> tuple[Bridge, ...]:
    """The ways with that of the chosen route first; none when it has no such way."""
    if route is None:
        return ways
    first = tuple(way for way in ways if way.route == route)
    return first + tuple(way for way in ways if way.route != route) if first else ()


def _person(answers: Answers) -> dict[str, object]:
    return person_row(answers, esco.held(answers))


_lock = threading.Lock()
_kept: Market | None = None


def market() -> Market:
    """The market of the latest delivery, today. MarketLoadingError while somebody else's question makes the first.

    While a newer one is being made, others go on with the one there is.
    """
    global _kept
    version, today = openings.latest_delivery(), timezone.localdate()
    kept = _kept
    if kept is not None and (kept.version, kept.on) == (version, today):
        return kept
    if not _lock.acquire(timeout=0 if kept is not None else PATIENCE_SECONDS):
        if kept is not None:
            return kept
        raise MarketLoadingError("The openings are being read. Try again in a few seconds.")
    try:
        if _kept is None or (_kept.version, _kept.on) != (version, today):
            _kept = _load(version, today)
        return _kept
    finally:
        _lock.release()


def _load(version: str | None, today: date) -> Market:
    parameters = load_parameters(on=today)
    table = openings.openings_table()
    columns = ("opening_id", "pc4", "hours_min", "hours_max", "sector", "occupation_uri", "agreement")
    rows = zip(*(table[name].to_pylist() for name in columns), strict=True)
    traits = {
        opening_id: Traits(pc4, low, high, sector_of(sector), group_of(occupation), agreement == LEARNING_PLACE)
        for opening_id, pc4, low, high, sector, occupation, agreement in rows
    }
    made = Market(version, today, parameters, OpeningIndex.of(table, parameters), traits)
    _try(made)
    return made


def _try(made: Market) -> None:
    """Ask each kind of question once: the first one after an installation waits for the engine to be compiled."""
    nobody = Answers(pc4=int(made.parameters.places.pc4[0]))
    made.what_brings_more(nobody)
    made.near(nobody)
    for opening_id in list(made.traits)[:1]:
        made.routes_to(nobody, opening_id)
        made.explain(nobody, opening_id, "nl")


def warm() -> threading.Thread:
    """Make the market ready in the background, for the start of a server. Visitors meanwhile are asked to wait."""
    thread = threading.Thread(target=_warm, name="near-market", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    try:
        market()
    except Exception:
        # The first visitor tries again, and gets the error as a page.
        logger.warning("The openings could not be made ready at the start.", exc_info=True)
    finally:
        connections.close_all()
