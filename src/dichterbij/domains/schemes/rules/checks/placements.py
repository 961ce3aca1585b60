"""Placements that ended soon, and somebody who is both employer and employee."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from dichterbij.domains.schemes.rules.checks.signals import Checks, Employer, Placement, Signal, SignalCode
from dichterbij.rules.outcome import Reason


def quick_dismissals(placements: Iterable[Placement], *, checks: Checks) -> tuple[Signal, ...]:
    """Placements whose last day came before so many weeks had passed. Why it ended is asked, not guessed."""
    found = []
    for one in placements:
        enough = one.started_on + timedelta(weeks=checks.quick_weeks)
        if one.ended_on is not None and one.ended_on < enough:
            inputs = {"started_on": one.started_on, "ended_on": one.ended_on, "looked_at_until": enough}
            reason = Reason("check.quick_dismissal", checks.source, inputs)
            found.append(Signal(SignalCode.QUICK_DISMISSAL, (one.application,), reason))
    return tuple(found)


def own_employer(
    placements: Iterable[Placement], employers: Mapping[str, Employer], *, checks: Checks
) -> tuple[Signal, ...]:
    """Placements of somebody with a company they own or lead.

    It is not refused by itself: somebody may work under the authority of others in a company of which they own a part.
    The officer asks for the contract and who gives the orders, and decides with that (`asks`).
    """
    found = []
    for one in placements:
        employer = employers.get(one.employer)
        if employer is not None and one.person in employer.owners:
            inputs = {"employer": one.employer, "asks": ("employment_contract", "who_gives_orders")}
            reason = Reason("check.own_employer", "BW 7:610; " + checks.source, inputs)
            found.append(Signal(SignalCode.OWN_EMPLOYER, (one.application,), reason))
    return tuple(found)
