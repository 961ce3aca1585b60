"""The steps of a hand-over in plain words, for the person and for desks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext

from dichterbij.domains.accounts.queries.receivers import OrganisationRow
from dichterbij.domains.referral.actions.moving import ENDED, FORGOTTEN, WATCHED
from dichterbij.domains.referral.queries import HandoverRow, StepRow
from dichterbij.domains.referral.rules import Level, Move


@dataclass(frozen=True)
class Line:
    """One step. `reason`: what was written with it, empty without."""

    at: datetime
    words: str
    reason: str


def lines(
    handover: HandoverRow, steps: Iterable[StepRow], names: Mapping[UUID, OrganisationRow], *, to_them: bool = False
) -> tuple[Line, ...]:
    """The history, the newest first; reminders are left out. `to_them`: the person reads it."""
    shown = [step for step in steps if step.move != Move.REMINDED]
    told = [Line(step.at, _words(step, handover, names, to_them), _reason(step)) for step in shown]
    return tuple(reversed(told))


def name(names: Mapping[UUID, OrganisationRow], organisation: UUID | None) -> str:
    """An organisation by name."""
    found = names.get(organisation) if organisation else None
    return found.name if found else gettext("an organisation that is no longer here")


def asked_alone(handover: HandoverRow) -> bool:
    """Whether the person asked for themselves; not told any more once they are forgotten."""
    return not (handover.from_organisation or handover.is_employer or handover.sender_words or handover.is_forgotten)


def sender(handover: HandoverRow, names: Mapping[UUID, OrganisationRow], *, to_them: bool = False) -> str:
    """Who handed over: a desk, a helper, the person or the employer. `to_them`: the person reads it."""
    if handover.from_organisation:
        return name(names, handover.from_organisation)
    if handover.is_employer:
        return gettext("the employer")
    if asked_alone(handover):
        return gettext("you yourself") if to_them else gettext("the person themselves")
    return handover.sender_words or gettext("somebody who is forgotten")


def _reason(step: StepRow) -> str:
    return "" if step.reason in (ENDED, FORGOTTEN, WATCHED) else step.reason


def _words(step: StepRow, handover: HandoverRow, names: Mapping[UUID, OrganisationRow], to_them: bool) -> str:
    values = {
        "who": name(names, step.organisation) if step.organisation else sender(handover, names, to_them=to_them),
        "to": name(names, step.to_organisation) if step.to_organisation else "",
        "until": date_format(step.answer_by, "D j F") if step.answer_by else "",
    }
    return _text(step, handover) % values


def _text(step: StepRow, handover: HandoverRow) -> str:
    texts = {
        Move.SENT: gettext("%(who)s asked %(to)s to help. Answer by %(until)s."),
        Move.ACCEPTED: gettext("%(who)s accepted."),
        Move.RETURNED: gettext("%(who)s could not help. It is now with %(to)s, answer by %(until)s."),
        Move.REDIRECTED: gettext("%(who)s sent it on to %(to)s. Answer by %(until)s."),
        Move.ESCALATED: gettext("No answer in time. It is now with %(to)s, answer by %(until)s."),
        Move.CLOSED: gettext("%(who)s finished it."),
        Move.WITHDRAWN: gettext("%(who)s stopped it."),
    }
    if step.reason == ENDED:
        return gettext(
            "An organisation has stopped, or nobody works there any more. It is now with %(to)s, answer by %(until)s."
        )
    if step.reason == WATCHED:
        return gettext("Another organisation watches over it from now on. It is still with %(to)s.")
    if step.reason == FORGOTTEN:
        return gettext("It ended: the name may be kept no longer.")
    if step.move is Move.WITHDRAWN and step.organisation is None:
        return gettext("Stopped by the employer.") if handover.is_employer else gettext("Stopped by the person.")
    return texts[step.move]


def level_words(level: Level) -> str:
    """Who that is, above the desks."""
    return {
        Level.DESK: gettext("a desk"),
        Level.REGION: gettext("the region’s named owner"),
        Level.COORDINATOR: gettext("the coordinator of the region"),
        Level.NATIONAL: gettext("the national team"),
    }[level]
