"""Where somebody is written to about their own case, by the work itself: nobody looks."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from dichterbij.domains.journal.actions import Use, log_use
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.models import Contact
from dichterbij.domains.people.rules import ContactKind, NewContact, reachable, read_grounds
from dichterbij.domains.people.secret import pseudonym

WRITTEN = "people.person_written"


def reach_of(*, person: UUID, purpose: str, by_text: bool, now: datetime) -> NewContact | None:
    """Where somebody is written to: by mail, else by text message where those are sent; None for neither.

    Written down in the processing log. For letters only.
    """
    with acting_for(person):
        rows = Contact.objects.filter(person=person).order_by("kind", "value")
        found = reachable([NewContact(ContactKind(row.kind), row.value) for row in rows], by_text=by_text)
        if found is not None:
            use = Use(WRITTEN, read_grounds(timezone.localdate(now)).purpose(purpose).activity, None)
            log_use(subjects=[pseudonym(person)], use=use, trace=uuid4(), now=now)
    return found
