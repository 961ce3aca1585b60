"""Where somebody is written to about their own case, by the work itself: nobody looks."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from dichterbij.domains.journal.actions import Use, log_use
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.models import Contact
from dichterbij.domains.people.rules import ContactKind, read_grounds
from dichterbij.domains.people.secret import pseudonym

WRITTEN = "people.person_written"


def email_of(*, person: UUID, purpose: str, now: datetime) -> str:
    """The e-mail address of somebody, empty without one; written down in the processing log. For letters only."""
    with acting_for(person):
        contacts = Contact.objects.filter(person=person, kind=ContactKind.EMAIL.value).order_by("value")
        found = contacts.values_list("value", flat=True).first()
        if found is None:
            return ""
        use = Use(WRITTEN, read_grounds(timezone.localdate(now)).purpose(purpose).activity, None)
        log_use(subjects=[pseudonym(person)], use=use, trace=uuid4(), now=now)
    return found
