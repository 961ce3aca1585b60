"""Whether a role works with hand-overs at all; row-level security says which."""

from datetime import datetime

from django.utils import timezone

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor, read_permissions

PURPOSE = DATA = "hand_over"


def check_may(actor: Actor, now: datetime) -> None:
    """NotAllowedError for a role that does not hand over, or somebody without an organisation."""
    permissions = read_permissions(timezone.localdate(now))
    if actor.organisation is None or permissions.reach(actor.role, PURPOSE, DATA) is None:
        raise NotAllowedError("Your role does not hand people over.")
