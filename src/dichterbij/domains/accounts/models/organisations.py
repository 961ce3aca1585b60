"""Organisations and who works there in which role."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.accounts.rules.roles import OrganisationKind, Role


class Organisation(models.Model):
    """A desk or a partner. `region` is a region's code, empty for the whole country; `desk` the desk it is, if any."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.TextField()
    kind = models.TextField()
    region = models.TextField(blank=True, default="")
    desk = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    ended_on = models.DateField(null=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]), name="organisation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(region="") | Q(region__regex=r"^[A-Z0-9]{2,8}$"), name="organisation_region_is_a_code"
            ),
            models.UniqueConstraint(fields=["region", "name"], name="organisation_name_is_one_in_a_region"),
        ]


class Membership(models.Model):
    """A role that somebody has in an organisation. Never deleted: it ends. `valid_until`: the first day without it."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="memberships")
    role = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(valid_until=None), name="membership_is_held_once"
            ),
        ]
