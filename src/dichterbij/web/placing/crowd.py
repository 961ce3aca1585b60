"""The invented people of this process: made once, again in another month, in the background."""

import hashlib
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from dichterbij.domains.matching import queries as matching
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine.parameters import Parameters
from dichterbij.shared.errors import UnavailableError
from dichterbij.synthetic import population

logger = logging.getLogger(__name__)

# How long a visitor waits for the first counting before being told to wait.
PATIENCE_SECONDS = 2.0
AFTER_START_SECONDS = 4.0
# Countings that are remembered; more than that and it starts again.
MOST_KEPT = 500


class CrowdLoadingError(UnavailableError):
    """The invented people are being made."""

    code = "loading"


@dataclass(frozen=True)
class InventedPeople:
    """The people of one month, with the rules of one day. `counted`: numbers of openings that were asked before."""

    made_on: date
    on: date
    parameters: Parameters
    people: matching.Crowd
    counted: dict[bytes, matching.Reach] = field(default_factory=dict)

    def reach(self, openings: Sequence[Mapping[str, Any]]) -> matching.Reach:
        """As `matching.reach`, and the same question is counted once."""
        # Rows hold no name or own word of anybody; even so only their digest stays.
        key = hashlib.blake2b(repr(openings).encode(), digest_size=16).digest()
        if key not in self.counted:
            if len(self.counted) >= MOST_KEPT:
                self.counted.clear()
            self.counted[key] = matching.reach(
                openings=openings, crowd=self.people, parameters=self.parameters, on=self.on
            )
        return self.counted[key]


_lock = threading.Lock()
_kept: InventedPeople | None = None
_making: threading.Thread | None = None


def crowd(*, patience: float = PATIENCE_SECONDS) -> InventedPeople:
    """The people of today. CrowdLoadingError while they are made, after waiting `patience` seconds for them."""
    today = timezone.localdate()
    if not _fits(today):
        _start(today).join(patience)
    kept = _kept
    if kept is None or not _fits(today):
        raise CrowdLoadingError("The invented people are being made. Try again in a few seconds.")
    return kept


def prepare() -> None:
    """Begin to make the people, when that was not done yet, for somebody who will ask soon. Waits for nothing."""
    today = timezone.localdate()
    if not _fits(today):
        _start(today)


def prepare_later() -> None:
    """The same soon after the start of a server, when its first pages are out: nobody waits for these."""
    timer = threading.Timer(AFTER_START_SECONDS, prepare)
    timer.daemon = True
    timer.start()


def _fits(today: date) -> bool:
    return _kept is not None and _kept.on == today


def _start(today: date) -> threading.Thread:
    """The thread that makes them; never two at once."""
    global _making
    with _lock:
        if _making is None or not _making.is_alive():
            _making = threading.Thread(target=_make, args=(today,), name="placing-crowd", daemon=True)
            _making.start()
        return _making


def _make(today: date) -> None:
    global _kept
    try:
        parameters, made_on = load_parameters(on=today), population.day_of(today)
        before = _kept
        people = before.people if before and before.made_on == made_on else None
        if people is None:
            people = matching.Crowd.of(population.kept_people_table(settings.HOME / "people", on=today), parameters)
        made = InventedPeople(made_on, today, parameters, people)
        _try(made)
        _kept = made
    except Exception:
        # The next visitor starts it again, and sees the loading page until it works.
        logger.warning("The invented people could not be made.", exc_info=True)


def _try(made: InventedPeople) -> None:
    """Count once: the first time the engine is compiled."""
    row = {"opening_id": "-", "pc4": int(made.parameters.places.pc4[0]), "hours_min": 1, "hours_max": 40}
    matching.reach(openings=[row], crowd=made.people, parameters=made.parameters, on=made.on)
