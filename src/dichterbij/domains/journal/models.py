"""What happened, and whose data were used: rows written in the transaction of the action itself.

Rows are added, never changed. The two are kept apart: the processing log has no user in it, the event has no name in
it; a trace id tells which belong together.
"""

from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """Who did what, when, with which outcome. `data` holds no personal details."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    action = models.TextField()
    data = models.JSONField(default=dict)
    trace = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(actor=""), name="event_has_an_actor"),
            models.CheckConstraint(
                condition=Q(action__regex=r"^[a-z_]+\.[a-z_]+$"), name="event_action_is_thing_dot_verb"
            ),
        ]
        indexes = [models.Index(fields=["action", "-id"], name="event_by_action")]


class Processing(models.Model):
    """Data of one person were used once (Logboek dataverwerkingen): for which activity, by which organisation, when.

    `subject` is a pseudonym; `activity` is the URI of the processing in the register.
    """

    id = models.BigAutoField(primary_key=True)
    trace = models.UUIDField()
    span = models.TextField()
    name = models.TextField()
    activity = models.TextField()
    subject = models.TextField()
    organisation = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(span__regex=r"^[0-9a-f]{16}$"), name="processing_has_a_span"),
            models.CheckConstraint(condition=~Q(subject=""), name="processing_has_a_subject"),
        ]
        indexes = [models.Index(fields=["subject", "-at"], name="processing_by_subject")]


class Link(models.Model):
    """A place in the chain of events, made by the database when the event's transaction ends: migration 0006.

    `digest` is over the digest of the place before and the event's own content.
    """

    place = models.BigIntegerField(primary_key=True)
    event = models.BigIntegerField(unique=True)
    digest = models.BinaryField()
