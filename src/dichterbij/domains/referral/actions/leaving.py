"""Who leaves school: their last day there, and on which day whoever has them now is in touch for the first time."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.referral.actions.answering import locked
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.queries.rows import HandoverRow, handover_row
from dichterbij.domains.referral.rules.leaving import check_days
from dichterbij.domains.referral.seeing import own_work


def say_leaving(
    *, actor: Actor, handover: UUID, version: int, last_day: date | None, contact_on: date | None, now: datetime
) -> HandoverRow:
    """Keep both days, as a new version. The first contact is said by whoever has this person, and only they change it.

    NotFoundError, ChangedError as for a move; NotPossibleError for an employer, an end, or somebody else's contact;
    InputError for a day more than two years away, or a contact without a last day.
    """
    with locked(actor, handover, version, now) as row:
        about = handover_row(row)
        if about.is_employer or not about.is_open:
            raise NotPossibleError("Only a person whose hand-over is open leaves school.")
        if contact_on != row.contact_on and about.ball.holder != actor.organisation:
            raise NotPossibleError("Whoever has this person now says when they are in touch.")
        check_days(last_day, contact_on, timezone.localdate(now))
        with own_work():
            row.last_day, row.contact_on, row.version = last_day, contact_on, row.version + 1
            row.save(update_fields=["last_day", "contact_on", "version"])
            data = {"handover": str(row.pk), "reference": row.reference, "has_contact": contact_on is not None}
            record(actor=str(actor), action="referral.leaving_said", data=data, now=now)
        return handover_row(row)
