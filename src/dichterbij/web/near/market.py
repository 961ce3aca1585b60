"""The openings of this process: taken from a folder that all processes share, and newer ones when there are."""

import contextlib
import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from django.db import connection, connections
from django.utils import timezone

from dichterbij.domains.matching import queries as matching
from dichterbij.domains.matching.queries import Bridge, OpeningIndex
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.domains.openings import queries as openings
from dichterbij.engine import build_index, openings_from_rows
from dichterbij.engine.parameters import AGREEMENTS, Parameters
from dichterbij.engine.snapshot import Arrays, Hold, Snapshot, SnapshotError, load
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.near import esco, learning, making, unsaid
from dichterbij.web.near.answers import Answers, Filters, person_row
from dichterbij.web.near.clusters import circles_of
from dichterbij.web.near.found import Found, Kinds
from dichterbij.web.near.learning import LEARNING_PLACE
from dichterbij.web.near.places import Spot
from dichterbij.web.near.reach import Near

logger = logging.getLogger(__name__)

# How long a visitor waits for somebody else's first question before being told to wait.
PATIENCE_SECONDS = 3.0
# How long the old openings stay, when the newest could not be made ready, before that is tried again.
REST_SECONDS = 30.0


class MarketLoadingError(UnavailableError):
    """The openings are being read for the first time."""

    code = "loading"


@dataclass(frozen=True)
class Market:
    """The openings of one delivery on one day, ready to be asked about. Keeps nothing of who asks."""

    database: str
    version: str | None
    on: date
    parameters: Parameters
    index: OpeningIndex
    kinds: Kinds
    held: Hold | None

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

    def soon_what_brings_more(self, answers: Answers) -> "Future[list[matching.Lift]]":
        """`what_brings_more`, worked out beside what else a page needs: on another core when there is one."""
        return _beside.submit(self.what_brings_more, answers)

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


_beside = ThreadPoolExecutor(2, thread_name_prefix="near-beside")
_lock = threading.Lock()
_kept: Market | None = None
_try_again_at = 0.0


def market() -> Market:
    """The market of the latest delivery, today. MarketLoadingError while somebody else's question makes the first.

    While a newer one is being made, everybody goes on with the one there is: nobody waits for it.
    """
    wanted = _Wanted(str(connection.settings_dict["NAME"]), openings.latest_delivery(), timezone.localdate())
    kept = _kept
    if kept is not None and kept.database == wanted.database:
        if (kept.version, kept.on) != (wanted.version, wanted.on):
            _renew_in_background(wanted)
        return kept
    if not _lock.acquire(timeout=PATIENCE_SECONDS):
        raise MarketLoadingError("The openings are being read. Try again in a few seconds.")
    try:
        return _renewed(wanted)
    finally:
        _lock.release()


@dataclass(frozen=True)
class _Wanted:
    """Which openings there are now."""

    database: str
    version: str | None
    on: date


def _renewed(wanted: _Wanted) -> Market:
    """The wanted market, from now on everybody's. The lock is held."""
    global _kept
    kept = _kept
    if kept is None or (kept.database, kept.version, kept.on) != (wanted.database, wanted.version, wanted.on):
        kept = _load(wanted, is_first=kept is None or kept.database != wanted.database)
        _kept = kept
    return kept


def _renew_in_background(wanted: _Wanted) -> None:
    """Begin to take over a newer delivery, unless that is being done or just failed."""
    if time.monotonic() < _try_again_at or not _lock.acquire(blocking=False):
        return
    try:
        threading.Thread(target=_renew, args=(wanted,), name="near-renew", daemon=True).start()
    except RuntimeError:
        # No more threads or memory: no reason to let the visitor down, who has the old ones.
        _rest()
        _lock.release()


def _renew(wanted: _Wanted) -> None:
    try:
        _renewed(wanted)
    except Exception:
        _rest()
    finally:
        _lock.release()
        connections.close_all()


def _rest() -> None:
    global _try_again_at
    _try_again_at = time.monotonic() + REST_SECONDS
    logger.warning("The newest openings could not be made ready; the old ones stay.", exc_info=True)


def _load(wanted: _Wanted, *, is_first: bool) -> Market:
    """The wanted openings from a folder; read by this process itself only where it has none to go on with.

    Every process that reads them has a copy of its own, on a machine that is short of something already.
    """
    parameters = load_parameters(on=wanted.on)
    try:
        made = _from_folder(wanted, parameters) if wanted.version else _without_folder(wanted, parameters)
    except (UnavailableError, SnapshotError, OSError):
        if not is_first:
            raise
        logger.warning("The openings could not be made ready in a folder; this process reads them.", exc_info=True)
        made = _without_folder(wanted, parameters)
    _try(made)
    return made


def _from_folder(wanted: _Wanted, parameters: Parameters) -> Market:
    found = _snapshot(wanted, parameters)
    index = OpeningIndex(found.index, found.beside["by_id"])
    return Market(wanted.database, found.stamp, wanted.on, parameters, index, _kinds(found.beside), found.held)


def _snapshot(wanted: _Wanted, parameters: Parameters) -> Snapshot:
    """The folder of the latest delivery, made first when it is not there."""
    with contextlib.suppress(SnapshotError):
        return _latest(parameters)
    with making.asking():
        with contextlib.suppress(SnapshotError):
            return _latest(parameters)
        making.make_elsewhere(wanted.on)
        return _latest(parameters)


def _latest(parameters: Parameters) -> Snapshot:
    """Asked for anew each time, because a delivery may come in while the one before it is made ready."""
    version = openings.latest_delivery()
    if version is None:
        raise SnapshotError("There is no delivery any more.")
    return load(making.folder_of(version, parameters), parameters)


def _without_folder(wanted: _Wanted, parameters: Parameters) -> Market:
    """Read by this process for itself: where nothing can be written, or what is read is not committed yet."""
    table = openings.openings_table()
    made = build_index(openings_from_rows(table, parameters), parameters, seed=making.SEED)
    beside = making.beside_of(table, made.row_of)
    index = OpeningIndex(made, beside["by_id"])
    return Market(wanted.database, wanted.version, wanted.on, parameters, index, _kinds(beside), None)


def _kinds(beside: Arrays) -> Kinds:
    return Kinds(beside["sector"], beside["group"])


def _try(made: Market) -> None:
    """Ask each kind of question once: the first one after an installation waits for the engine to be compiled."""
    nobody = Answers(pc4=int(made.parameters.places.pc4[0]))
    made.what_brings_more(nobody)
    made.near(nobody).kept(Filters()).nearest(1)
    circles_of([Spot(1000, "", "", 0.0, 0.0, 1, 0)], lambda spot: (spot.lon, spot.lat), 100)
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
