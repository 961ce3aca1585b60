"""Which organisations may see somebody now. No data of the person: only who it is that sees them."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.models import Access
from dichterbij.domains.people.rules import read_grounds


def who_may_see(*, person: UUID, purpose: str, now: datetime) -> frozenset[UUID]:
    """The organisations with an open access to this person for this purpose.

    For the work of hand-overs itself: it must not leave somebody with an organisation that may not see them.
    """
    covering = read_grounds(timezone.localdate(now)).covering(purpose)
    with acting_for(person):
        given = Access.objects.filter(person_id=person, purpose__in=covering, ended_at=None, until__gt=now)
        return frozenset(given.values_list("organisation_id", flat=True))
