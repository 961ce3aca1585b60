"""Letters about hand-overs that must leave once."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """A mail that must leave once. When it has left, its text and address are gone.

    `kind` and `number`: about which step, to whom; so that the same thing is never told twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    handover = models.ForeignKey("referral.Handover", on_delete=models.PROTECT, related_name="letters")
    kind = models.TextField()
    number = models.IntegerField()
    recipient = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "kind", "number"], name="letter_tells_a_step_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("receiver", "owner", "sender", "person")), name="hand_over_letter_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) & ~Q(recipient="") & ~Q(text="")
                | Q(sent_at__isnull=False, recipient="", subject="", text=""),
                name="hand_over_letter_keeps_nothing_once_sent",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(sent_at=None), name="hand_over_letter_waiting")]
