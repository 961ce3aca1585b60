"""De-minimis aid of one undertaking over three years that roll on, and what is left: Regulation (EU) 2023/2831."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dichterbij.domains.schemes.rules.checks.signals import Checks, Signal, SignalCode
from dichterbij.domains.schemes.rules.procedure.clock import years_later
from dichterbij.rules.outcome import Outcome, Reason


@dataclass(frozen=True, slots=True)
class Aid:
    """Aid that an entity was given on a day: the day of the right to it, whenever it is paid (article 3(3))."""

    entity: str
    cents: int
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Room:
    """What an undertaking got in the three years that end on a day, and what is left in cents."""

    undertaking: str
    since: date
    given_cents: int
    left_cents: int

    def fits(self, cents: int) -> bool:
        """Whether this aid still fits: all of it or none, aid above the ceiling is no de-minimis aid (3(7))."""
        return cents <= self.left_cents


def room_left(
    entity: str, aids: Iterable[Aid], groups: Mapping[str, str], *, on: date, checks: Checks
) -> Outcome[Room]:
    """The room of the undertaking of this entity on this day. `groups`: of each entity its undertaking.

    Three years before 29 February begin after 28 February; three years to the day ago does not count any more.
    """
    undertaking = groups.get(entity, entity)
    since = years_later(on, -checks.de_minimis_years) + timedelta(days=1)
    counted = [one for one in aids if groups.get(one.entity, one.entity) == undertaking and since <= one.on <= on]
    given = sum(one.cents for one in counted)
    room = Room(undertaking, since, given, max(0, checks.de_minimis_cents - given))
    inputs = {"given_cents": given, "ceiling_cents": checks.de_minimis_cents, "since": since, "times": len(counted)}
    return Outcome(room, (Reason("check.de_minimis", checks.de_minimis_source, inputs),))


def de_minimis_signal(application: str, cents: int, room: Outcome[Room]) -> tuple[Signal, ...]:
    """A flag when this aid does not fit any more."""
    if room.value.fits(cents):
        return ()
    reason = room.reasons[0]
    told = Reason(
        reason.rule, reason.source, {**reason.inputs, "asked_cents": cents, "left_cents": room.value.left_cents}
    )
    return (Signal(SignalCode.DE_MINIMIS, (application,), told),)
