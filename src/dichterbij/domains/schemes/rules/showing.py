"""What pages and programs say alike of a scheme: whether one may ask, who may, and whether it can be worked out."""

from datetime import datetime

from dichterbij.domains.schemes.rules.moments import micros
from dichterbij.domains.schemes.rules.scheme import Applicant, Scheme, Status

OVER = "over"


def state_of(scheme: Scheme, now: datetime) -> str:
    """The status as people see it: a scheme whose last window ended is over, whatever was planned with it."""
    status = scheme.status_at(now)
    is_over = scheme.periods[-1].ends <= micros(now)
    return OVER if is_over and status in (Status.OPEN, Status.PLANNED) else status.value


def may_calculate(scheme: Scheme, now: datetime) -> bool:
    """Whether anybody can work out what one would get: an open scheme, or one that may run as an exercise."""
    return scheme.may_exercise or state_of(scheme, now) == Status.OPEN


def applicants_of(scheme: Scheme) -> tuple[Applicant, ...]:
    """Who may ask in any window, each once."""
    return tuple(dict.fromkeys(one for period in scheme.periods for one in period.applicants))
