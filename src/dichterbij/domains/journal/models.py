"""What happened: one row for every action, in the transaction of the action itself. Rows are added, never changed."""

from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """Who did what, when, with which outcome. `data` holds no personal details."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    action = models.TextField()
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(actor=""), name="event_has_an_actor"),
            models.CheckConstraint(
                condition=Q(action__regex=r"^[a-z_]+\.[a-z_]+$"), name="event_action_is_thing_dot_verb"
            ),
        ]
        indexes = [models.Index(fields=["action", "-id"], name="event_by_action")]
