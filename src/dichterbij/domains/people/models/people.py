"""Somebody looking for work: a name or nickname, ways to reach them, what work must be like."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from dichterbij.domains.people.rules.values import ContactKind


class Person(models.Model):
    """One person. `through` is who registered them, `account` the citizen's own account when there is one.

    `reach_hint`: the address that was given at the start, masked. It stays the same when the person corrects the
    address, so that whoever has the link of a hand-over learns nothing of that.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.TextField()
    name = models.TextField()
    language = models.TextField(default="nl")
    through = models.TextField()
    reference = models.TextField(blank=True, default="")
    reach_hint = models.TextField(blank=True, default="", db_default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    account_since = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(condition=Q(region__regex=r"^[A-Z0-9]{2,8}$"), name="person_region_is_a_code"),
        ]


class Contact(models.Model):
    """A way to reach somebody. `digest` tells whether two are the same without showing them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.TextField()
    value = models.TextField()
    digest = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in ContactKind]), name="contact_kind"),
            models.CheckConstraint(condition=~Q(value=""), name="contact_has_a_value"),
            models.UniqueConstraint(fields=["person", "kind", "digest"], name="contact_is_one_for_a_person"),
        ]
        indexes = [models.Index(fields=["digest"], name="contact_by_digest")]


class Profile(models.Model):
    """Conditions for work, wishes and skills; never a diagnosis. `values` as `rules.profiles` says."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="profile")
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
