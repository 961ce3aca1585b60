"""Programs of an organisation, which prove who they are with a key."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Program(models.Model):
    """A program that acts for an organisation. `digest`: of its key; `ends_on`: the first day on which that is over."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.TextField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="programs")
    rights = ArrayField(models.TextField())  # purposes of the permission table
    digest = models.TextField(unique=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="program_has_a_name"),
            models.CheckConstraint(condition=~Q(rights=[]), name="program_may_do_something"),
        ]
