"""A caseload that was divided: kept for as long as it can be taken back. What happened stays in the journal."""

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Division(models.Model):
    """`of` had them (null: nobody in particular); `moved` lists hand-over, who has it now (null) and its version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.UUIDField()
    of = models.UUIDField(null=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    moved = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="division_undone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-made_at"], name="division_of_a_desk")]
