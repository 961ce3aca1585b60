"""Letters about a hand-over leave at once, as far as they can; what cannot leave waits for the next round."""

from uuid import UUID

from django.core.mail import EmailMessage
from django.utils import timezone

from dichterbij.domains.referral import actions

ACTOR = "hand-over letters"


def send(handover: UUID) -> None:
    """Try the waiting letters of one hand-over; the others wait for `dichterbij handovers send`."""
    actions.send_letters(actor=ACTOR, transport=transport, now=timezone.now(), handover=handover)


def transport(recipient: str, subject: str, text: str) -> None:
    """By mail; raises when that is down or refuses the letter."""
    EmailMessage(subject=" ".join(subject.split()), body=text, to=[recipient]).send()
