"""Who may see whom, why and until when; and what somebody agreed to."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.people.models.people import Person
from dichterbij.domains.people.rules.own_page import Way
from dichterbij.domains.people.rules.values import Ground


class Access(models.Model):
    """An organisation may see a person for a purpose. The database's own clock says whether `until` has passed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accesses")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    ground = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=[g.value for g in Ground]), name="access_ground_is_known"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="access_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["organisation", "person", "purpose"],
                condition=Q(ended_at=None),
                name="access_is_given_once",
            ),
        ]


class Consent(models.Model):
    """What a person agreed to, in which words (`text` is their version); it can always be taken back."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    text = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_is_given_once",
            ),
        ]


class Key(models.Model):
    """A secret link to somebody's own page: only its digest. `until` is empty for one that the person made.

    One that was sent to the person's own address stands beside it: whoever asks for a link ends nobody's.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    digest = models.BinaryField(unique=True)
    way = models.TextField(default=Way.SELF.value, db_default=Way.SELF.value)
    made_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None, until=None), name="key_is_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="key_way_is_known"),
            models.CheckConstraint(condition=Q(way=Way.SELF.value) | Q(until__gt=F("made_at")), name="key_has_an_end"),
        ]
