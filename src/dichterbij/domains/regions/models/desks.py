"""Desks as data: who helps whom, where and when. Filled by the packaged files, and by what a region says of its own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Desk(models.Model):
    """A place with people who help; `region` null is national. The codes are those of `rules.desks`."""

    desk_id = models.CharField(primary_key=True, max_length=40)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="desks", null=True)
    kind = models.CharField(max_length=20)
    name_nl = models.TextField()
    name_en = models.TextField()
    serves = ArrayField(models.CharField(max_length=20))
    topics = ArrayField(models.CharField(max_length=20))
    address = models.TextField()
    phone = models.TextField()
    email = models.TextField()
    website = models.TextField()
    hours = models.JSONField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    invented = models.BooleanField()
    source = models.TextField()
    exception_nl = models.TextField(blank=True, default="")
    exception_en = models.TextField(blank=True, default="")
    note_nl = models.TextField(blank=True, default="")
    note_en = models.TextField(blank=True, default="")
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="desk_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(serves__len__gt=0) & Q(topics__len__gt=0), name="desk_serves_somebody_about_something"
            ),
            models.CheckConstraint(
                condition=Q(invented=False) | (Q(phone__startswith="(0XX) 000 ") & Q(email__endswith=".example")),
                name="invented_desk_cannot_be_reached",
            ),
        ]


class KeptDesk(models.Model):
    """A desk as its region keeps it on screen, in front of the packaged one. Rows are added, and at most taken back.

    `record` is as in a desks file. The newest row of a desk that was not taken back counts.
    """

    id = models.BigAutoField(primary_key=True)
    desk_id = models.CharField(max_length=40)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+", null=True)
    number = models.IntegerField()
    record = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.TextField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk_id", "number"], name="kept_desk_has_its_place"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(taken_back_at__gte=F("kept_at")),
                name="kept_desk_is_taken_back_after_it_was_kept",
            ),
        ]
