"""Who speaks for a region, who keeps in touch with it, and what was sent."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from dichterbij.domains.network.rules.employers import EXPERT


class RegionContact(models.Model):
    """Somebody who speaks for a region, at work, from a day until another. Never overwritten: it ends, a new one comes.

    `routes`: for which recruitment routes this is the one to call; empty for all. `named_by`: who named them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.TextField()
    kind = models.TextField()
    name = models.TextField()
    role = models.TextField(blank=True, default="")
    email = models.TextField()
    phone = models.TextField(blank=True, default="")
    routes = ArrayField(models.TextField(), default=list)
    named_by = models.TextField()
    named_on = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "region", "kind", Lower("email"), condition=Q(until=None), name="region_contact_is_there_once"
            ),
            models.CheckConstraint(condition=Q(region__regex=r"^[A-Z0-9]{2,8}$"), name="region_contact_has_a_region"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(named_by="") & Q(email__contains="@"), name="region_contact_is_whole"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="region_contact_ends"),
            models.UniqueConstraint(
                fields=["region"], condition=Q(kind=EXPERT, until=None), name="region_has_one_expert"
            ),
            models.CheckConstraint(condition=~Q(kind=EXPERT) | ~Q(phone=""), name="region_expert_can_be_called"),
        ]
        indexes = [models.Index(fields=["region", "kind"], name="region_contact_by_region")]


class AccountManager(models.Model):
    """Who of the national team keeps in touch with a region. Exactly one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.TextField()
    manager = models.UUIDField()
    name = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region"], condition=Q(until=None), name="region_has_one_account_manager"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="account_manager_ends"),
            models.CheckConstraint(condition=~Q(name=""), name="account_manager_has_a_name"),
        ]


class Talk(models.Model):
    """A region was called or spoken to on a day. Only added."""

    id = models.BigAutoField(primary_key=True)
    region = models.TextField()
    on = models.DateField()
    words = models.TextField(blank=True, default="")
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(region="") & ~Q(by=""), name="talk_is_of_a_region")]
        indexes = [models.Index(fields=["region", "-on"], name="talk_by_region")]


class Mailing(models.Model):
    """A letter to contact persons: which kinds, which regions (none: all). `sent_at`: it was given to the outbox.

    `answer_by`: it asks every region for an answer, until that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.TextField()
    text = models.TextField()
    kinds = ArrayField(models.TextField(), default=list)
    regions = ArrayField(models.TextField(), default=list)
    answer_by = models.DateField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="mailing_says_something"),
            models.CheckConstraint(condition=~Q(kinds=[]), name="mailing_is_to_somebody"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(withdrawn_at=None), name="mailing_sent_or_withdrawn"),
        ]


class MailingAddress(models.Model):
    """An address that a mailing went to, once, with the regions and kinds for which it stands on the list."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="addresses")
    email = models.TextField()
    name = models.TextField()
    regions = ArrayField(models.TextField(), default=list)
    kinds = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint("mailing", Lower("email"), name="mailing_goes_to_an_address_once"),
            models.CheckConstraint(condition=Q(email__contains="@"), name="mailing_address_is_one"),
        ]


class Answer(models.Model):
    """A region answered a letter on a day, or that was a mistake (`undone`). Only added: the last one holds."""

    id = models.BigAutoField(primary_key=True)
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="answers")
    region = models.TextField()
    on = models.DateField()
    words = models.TextField(blank=True, default="")
    undone = models.BooleanField(default=False)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(region="") & ~Q(by=""), name="answer_is_of_a_region")]
        indexes = [models.Index(fields=["mailing", "region", "-id"], name="answers_to_a_mailing")]


class OrganisationContact(models.Model):
    """Somebody whom others call at an organisation, at work; it keeps these itself. They end, as others do.

    `regions` and `routes`: for which of these; empty for all.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.UUIDField()
    name = models.TextField()
    role = models.TextField(blank=True, default="")
    email = models.TextField()
    phone = models.TextField(blank=True, default="")
    regions = ArrayField(models.TextField(), default=list)
    routes = ArrayField(models.TextField(), default=list)
    since = models.DateField()
    until = models.DateField(null=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("email"), condition=Q(until=None), name="organisation_contact_is_there_once"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & Q(email__contains="@"), name="organisation_contact_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="organisation_contact_ends"
            ),
        ]
