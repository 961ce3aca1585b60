"""Whether a role works with hand-overs at all; row-level security says which."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor, Reach, read_permissions

PURPOSE = DATA = "hand_over"
CASELOAD = "caseload"


def check_may(actor: Actor, now: datetime) -> None:
    """NotAllowedError for a role that does not hand over, or somebody without an organisation."""
    permissions = read_permissions(timezone.localdate(now))
    if actor.organisation is None or permissions.reach(actor.role, PURPOSE, DATA) is None:
        raise NotAllowedError("Your role does not hand people over.")


def check_may_divide(actor: Actor, organisation: UUID, now: datetime) -> None:
    """NotAllowedError for a desk among whose people this role does not divide the work."""
    reach = read_permissions(timezone.localdate(now)).reach(actor.role, PURPOSE, CASELOAD)
    if reach is Reach.ORGANISATION and organisation == actor.organisation:
        return
    found = organisations([organisation]).get(organisation) if reach is Reach.REGION and actor.region else None
    if found is None or found.region != actor.region:
        raise NotAllowedError("You cannot divide the work of this desk.")
