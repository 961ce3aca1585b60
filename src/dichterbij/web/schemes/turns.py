"""A place at the door of an open round, sealed in the browser: closing the page does not lose it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.full_house import full_house
from dichterbij.domains.schemes.rules.moments import micros, moment_of
from dichterbij.web.site.sealed import SealedCookie

COOKIE = SealedCookie("turn", most_bytes=600)
SHORT = timedelta(seconds=2)  # nobody is shown a page for less


@dataclass(frozen=True, slots=True)
class Turn:
    """When somebody may go in, how many go first, and how long it takes, in whole minutes up."""

    at: datetime
    round: str
    before: int
    minutes: int
    is_new: bool

    @property
    def waits(self) -> bool:
        """Whether the form has to wait."""
        return self.minutes > 0


def turn_of(request: HttpRequest, opened: Opened) -> Turn:
    """The turn this browser has, or the next one. A turn that passed long ago is given anew, but not under a form that
    is being sent. Nobody waits for a turn after the closing."""
    now, round = timezone.now(), opened.digest.hex()[:16]
    pace = full_house(timezone.localdate(now))
    kept = _kept(request, round)
    is_new = kept is None or (kept + pace.keep < now and request.method != "POST")
    at = actions.take_turn(opened=opened, pace=pace) if kept is None or is_new else kept
    wait = at - now
    is_too_late = at >= opened.closes_at  # waiting until after the last second would be a no by the door
    minutes = 0 if is_too_late or wait <= SHORT else -(-wait // timedelta(minutes=1))
    return Turn(at, round, pace.before(wait), minutes, is_new)


def keep(response: HttpResponse, turn: Turn) -> HttpResponse:
    """The response that gives the browser its turn to keep."""
    return COOKIE.keep(response, COOKIE.seal([turn.round, micros(turn.at)])) if turn.is_new else response


def _kept(request: HttpRequest, round: str) -> datetime | None:
    try:
        of, at = COOKIE.unseal(COOKIE.value(request))
        return moment_of(at) if of == round else None
    except (ValueError, TypeError):
        return None
