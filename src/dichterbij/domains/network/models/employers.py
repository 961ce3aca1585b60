"""National employers: one row each, one open approach each, sites per region, and everything that happened."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from dichterbij.domains.network.rules.employers import SiteState, Status


class Employer(models.Model):
    """An employer in several regions. `key`: its name as it is compared; `version`: counts changes.

    `came_at`: it reported itself, last then; `gone_at`: it took that back before anybody did anything.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.TextField()
    key = models.TextField(unique=True)
    kvk = models.TextField(blank=True, default="")
    sector = models.TextField(blank=True, default="")
    routes = ArrayField(models.TextField(), default=list)
    status = models.TextField(default=Status.PROSPECT.value)
    status_at = models.DateTimeField()
    agreed = models.TextField(blank=True, default="")
    agreed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    came_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kvk"], condition=~Q(kvk=""), name="national_employer_kvk_is_one"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="national_employer_has_a_name"),
            models.CheckConstraint(
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$"), name="national_employer_kvk_is_a_number"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]), name="national_employer_status_is_known"
            ),
        ]


class Approach(models.Model):
    """A party that approaches an employer, from a moment until another. One at a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="approaches")
    party = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(until=None), name="national_employer_is_approached_once"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="approach_ends_after"),
            models.CheckConstraint(condition=~Q(party=""), name="approach_is_of_a_party"),
        ]


class Lead(models.Model):
    """An employer reported itself with a message (`reference`) that says in which regions it has sites.

    `was_known`: it stood in the register already. Who sent it goes, and `gone_at` is set, with the message's sender.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="leads")
    reference = models.TextField(unique=True)
    regions = ArrayField(models.TextField(), default=list)
    was_known = models.BooleanField()
    firm = models.TextField(blank=True, default="")
    kvk = models.TextField(blank=True, default="")
    person = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    question = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(gone_at=None) & ~Q(person="") & (~Q(email="") | ~Q(phone="")))
                | Q(gone_at__isnull=False, firm="", kvk="", person="", email="", phone="", question=""),
                name="lead_keeps_nobody_once_gone",
            ),
            models.CheckConstraint(condition=~Q(reference="") & Q(regions__len__gte=2), name="lead_is_of_regions"),
        ]
        indexes = [models.Index(fields=["employer", "-at"], name="employer_leads")]


class Site(models.Model):
    """A site in a region, with what that region does about it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="sites")
    region = models.TextField()
    place = models.TextField(blank=True, default="")
    state = models.TextField(default=SiteState.OPEN.value)
    words = models.TextField(blank=True, default="")
    state_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "employer", "region", Lower("place"), condition=Q(ended_on=None), name="national_site_is_there_once"
            ),
            models.CheckConstraint(condition=Q(region__regex=r"^[A-Z0-9]{2,8}$"), name="national_site_has_a_region"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SiteState]), name="national_site_state_is_known"
            ),
        ]
        indexes = [models.Index(fields=["region"], condition=Q(ended_on=None), name="national_site_by_region")]


class EmployerContact(models.Model):
    """Somebody who speaks for an employer, at work. It ends; it is never changed into another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    name = models.TextField()
    role = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="employer_contact_has_a_name"),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="employer_contact_can_be_reached"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="employer_contact_ends"),
        ]


class Step(models.Model):
    """Something that happened with an employer. Only added. `region`: of that region alone; `internal`: national only.

    `effect` says what a change of status did to `approach` (opened, closed, or nothing), so that it can be taken back.
    """

    id = models.BigAutoField(primary_key=True)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    kind = models.TextField()
    was = models.TextField(blank=True, default="")
    became = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    region = models.TextField(blank=True, default="")
    internal = models.BooleanField(default=False)
    approach = models.ForeignKey(Approach, on_delete=models.PROTECT, null=True, related_name="steps")
    effect = models.TextField(blank=True, default="")
    by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(by="") & ~Q(kind=""), name="employer_step_is_by_somebody"),
            models.CheckConstraint(condition=Q(effect__in=("", "opened", "closed")), name="employer_step_effect"),
        ]
        indexes = [models.Index(fields=["employer", "-id"], name="employer_steps")]
