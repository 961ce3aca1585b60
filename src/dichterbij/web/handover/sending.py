"""Letters about a hand-over leave at once, as far as they can; what cannot leave waits for the next round."""

from uuid import UUID

from dichterbij.domains.referral.queries.letters import reference
from dichterbij.gateways import outbox

ACTOR = "hand-over letters"


def send(handover: UUID) -> None:
    """Try the waiting letters of one hand-over; the others wait for `dichterbij letters send`."""
    outbox.leave(reference(handover), actor=ACTOR)
