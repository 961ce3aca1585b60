"""Who leaves school: their last day there, and on which day whoever has them now is in touch for the first time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.referral.actions.answering import locked
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.queries.rows import HandoverRow, handover_row
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import InputError

MOST = timedelta(days=2 * 366)


def say_leaving(
    *, actor: Actor, handover: UUID, version: int, last_day: date | None, contact_on: date | None, now: datetime
) -> HandoverRow:
    """Keep both days. The first contact is said by whoever has this person, and only they change it.

    NotFoundError, ChangedError as for a move; NotPossibleError for an employer, an end, or somebody else's contact;
    InputError for a day more than two years away, or a contact without a last day.
    """
    with locked(actor, handover, version, now) as row:
        about = handover_row(row)
        if about.is_employer or not about.is_open:
            raise NotPossibleError("Only a person whose hand-over is open leaves school.")
        if contact_on != row.contact_on and about.ball.holder != actor.organisation:
            raise NotPossibleError("Whoever has this person now says when they are in touch.")
        _check(last_day, contact_on, timezone.localdate(now))
        with own_work():
            row.last_day, row.contact_on = last_day, contact_on
            row.save(update_fields=["last_day", "contact_on"])
            data = {"handover": str(row.pk), "reference": row.reference, "has_contact": contact_on is not None}
            record(actor=str(actor), action="referral.leaving_said", data=data, now=now)
        return handover_row(row)


def _check(last_day: date | None, contact_on: date | None, today: date) -> None:
    if last_day is None and contact_on is not None:
        raise InputError("Fill in the last day at school.", field="last_day")
    for name, day in (("last_day", last_day), ("contact_on", contact_on)):
        if day is not None and abs(day - today) > MOST:
            raise InputError("That day is more than two years away.", field=name)
