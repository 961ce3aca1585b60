"""What was handed over about somebody, for their own page and to take along."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, organisations
from dichterbij.domains.referral.queries import HandoverRow, StepRow
from dichterbij.domains.referral.queries.own import handovers_of
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks import words
from dichterbij.web.handover import history
from dichterbij.web.mine.door import Door


@dataclass(frozen=True)
class HandedOver:
    """One hand-over in words. `phone_is_invented`: a number that cannot be called."""

    row: HandoverRow
    topic: str
    holder: str
    phone: str
    phone_is_invented: bool
    sender: str
    is_overdue: bool
    history: tuple[history.Line, ...]
    url: str


def handed_over(opened: Door) -> tuple[HandedOver, ...]:
    """All of them, open ones first."""
    found = handovers_of(person=opened.person)
    names = organisations(_named(found))
    return tuple(_one(opened, row, steps, names) for row, steps in found)


def as_json(handed: Iterable[HandedOver]) -> list[dict[str, Any]]:
    """The same for another system."""
    return [
        {
            "reference": one.row.reference,
            "question": one.row.question,
            "about": one.row.topic,
            "state": one.row.state.value,
            "with": one.holder,
            "phone": one.phone,
            "answer_by": one.row.answer_by.isoformat() if one.row.is_open else None,
            "asked_by": one.sender,
            "made_at": one.row.made_at.isoformat(),
            "ended_at": one.row.ended_at.isoformat() if one.row.ended_at else None,
            "history": [{"at": line.at.isoformat(), "what": line.words, "why": line.reason} for line in one.history],
        }
        for one in handed
    ]


def _one(opened: Door, row: HandoverRow, steps: tuple[StepRow, ...], names: dict[UUID, OrganisationRow]) -> HandedOver:
    holder = names.get(row.ball.holder)
    return HandedOver(
        row=row,
        topic=words.topic(Topic(row.topic), Who.JOB_SEEKER),
        holder=history.name(names, row.ball.holder),
        phone=holder.phone if holder else "",
        phone_is_invented=bool(holder and holder.invented),
        sender=history.sender(row, names, to_them=True),
        is_overdue=row.is_overdue(timezone.localdate()),
        history=history.lines(row, steps, names, to_them=True),
        url=opened.to("handover", handover=row.id),
    )


def _named(found: Iterable[tuple[HandoverRow, tuple[StepRow, ...]]]) -> Iterable[UUID | None]:
    for row, steps in found:
        yield from row.organisations
        for step in steps:
            yield from (step.organisation, step.to_organisation)
