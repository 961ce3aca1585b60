"""Finding places with who goes there, and how often a code was opened on a day. Nothing here is about one person."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from dichterbij.domains.referral.rules.finding import PlaceKind


class FindingPlace(models.Model):
    """A place of a region, with its code for posters. One row a place, however many go there."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    region = models.TextField()
    code = models.TextField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    where = models.TextField(blank=True, default="")
    contact = models.TextField(blank=True, default="")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("region", Lower("name"), name="finding_place_is_there_once"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9][a-z0-9-]{0,28}[a-z0-9]$"), name="finding_code_fits_in_a_link"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="finding_place_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PlaceKind]), name="finding_place_kind_is_known"
            ),
        ]


class FindingVisit(models.Model):
    """An organisation that goes to a place, when in words, from and until which day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    place = models.ForeignKey(FindingPlace, on_delete=models.PROTECT, related_name="visits")
    organisation = models.UUIDField()
    when_words = models.TextField(blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="finding_visit_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["place", "organisation"], condition=Q(until=None), name="finding_visit_is_told_once"
            ),
        ]


class FindingCount(models.Model):
    """How often the code of a place was opened on a day. No visitor, no address, no time of day."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(FindingPlace, on_delete=models.PROTECT, related_name="counts")
    on = models.DateField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "on"], name="finding_count_once_a_day"),
            models.CheckConstraint(condition=Q(count__gte=1), name="finding_count_is_positive"),
        ]
