"""Invitations, and who stands in for whom."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.accounts.rules.roles import Role


class Invitation(models.Model):
    """A role offered to an address. Taken up once, before it expires, unless it is withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.TextField(unique=True)
    email = models.TextField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="invitations")
    role = models.TextField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # None: the mail could not leave yet
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="invitation_role_is_known"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_works_for_a_while"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="invitation_is_not_used_and_withdrawn"
            ),
            models.UniqueConstraint(
                fields=["email", "organisation", "role"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="invitation_is_open_once",
            ),
        ]


class Absence(models.Model):
    """Days, both included, on which a colleague of the same organisation answers in somebody's place."""

    id = models.BigAutoField(primary_key=True)
    membership = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey("accounts.Membership", on_delete=models.PROTECT, related_name="stands_in", null=True)
    first_day = models.DateField()
    last_day = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("membership")), name="absence_has_another_substitute"
            ),
        ]
