"""The openings of this process: read once, read again when they change in the database."""

import logging
import threading
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from django.db import connections
from django.utils import timezone

from dichterbij.domains.matching import queries as matching
from dichterbij.domains.matching.queries import Bridge, OpeningIndex
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.domains.openings import queries as openings
from dichterbij.engine.parameters import AGREEMENTS, Parameters
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.near import esco, learning, unsaid
from dichterbij.web.near.answers import Answers, person_row
from dichterbij.web.near.facts import group_of, sector_of
from dichterbij.web.near.found import Found, Kinds
from dichterbij.web.near.learning import LEARNING_PLACE
from dichterbij.web.near.reach import Near

logger = logging.getLogger(__name__)

# How long a visitor waits for somebody else's first question before being told to wait.
PATIENCE_SECONDS = 3.0


class MarketLoadingError(UnavailableError):
    """The openings are being read for the first time."""

    code = "loading"


@dataclass(frozen=True)
class Market:
    """The openings of one delivery on one day, ready to be asked about. Keeps nothing of who asks."""

    version: str | None
    on: date
    parameters: Parameters
    index: OpeningIndex
    kinds: Kinds

    def near(self, answers: Answers) -> Found:
        """Everything within reach."""
        reached = matching.reached(
            person=_person(answers),
            index=self.index,
            parameters=self.parameters,
            on=self.on,
            seed=self.index.index.seed,
        )
        return Found.of(reached, self.kinds, self.on)

    def is_learning_place(self, opening_id: str) -> bool:
        """Whether one learns there; InputError for an opening that this market does not have."""
        agreement = self.index.index.records["agreement"][self.index.place_of(opening_id)]
        return bool(agreement == AGREEMENTS.index(LEARNING_PLACE))

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
        return learning.explanation(found) if self.is_learning_place(opening_id) else found

    def what_brings_more(self, answers: Answers) -> list[matching.Lift]:
        """The answers that would bring more near, what brings most first."""
        return matching.what_brings_more(
            person=_person(answers), index=self.index, parameters=self.parameters, on=self.on
        )

    def _ways(self, found: tuple[Bridge, ...]) -> tuple[Bridge, ...]:
        """The ways as the pages name them."""
        return learning.ways(found) if self.is_learning_place(found[0].opening_id) else found


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
    index = OpeningIndex.of(table, parameters)
    made = Market(version, today, parameters, index, _kinds(table, index))
    _try(made)
    return made


def _kinds(table: pa.Table, index: OpeningIndex) -> Kinds:
    """Sector and group of each opening, in the order of the index."""
    sector = [ord(sector_of(code) or "\0") for code in table["sector"].to_pylist()]
    group = [ord(group_of(uri) or "\0") for uri in table["occupation_uri"].to_pylist()]
    rows = index.index.row_of
    return Kinds(np.array(sector, dtype=np.int8)[rows], np.array(group, dtype=np.int8)[rows])


def _try(made: Market) -> None:
    """Ask each kind of question once: the first one after an installation waits for the engine to be compiled."""
    nobody = Answers(pc4=int(made.parameters.places.pc4[0]))
    made.what_brings_more(nobody)
    made.near(nobody)
    for opening_id in made.index.index.openings.ids[:1].to_pylist():
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
