"""What letters of a hand-over are kept under."""

from uuid import UUID

from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.seeing import own_work


def reference(handover: UUID) -> str:
    """What a hand-over is called on the phone and in its letters; for whoever did something with it just now."""
    with own_work():
        return Handover.objects.values_list("reference", flat=True).get(pk=handover)
