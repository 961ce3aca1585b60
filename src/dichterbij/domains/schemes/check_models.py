"""What officers write down to check with: which companies are one undertaking, aid that it had; and documents to read.

Everything is seen by the work of schemes alone. What was wrong is struck out, never changed.
"""

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.schemes.rules.checks import TieKind

STRUCK = Q(struck_at=None, struck_by="") | Q(struck_at__isnull=False) & ~Q(struck_by="")


class UndertakingTie(models.Model):
    """Two companies that belong together from a day on, and how an officer knows. `one`, `other`: as applicants say."""

    id = models.UUIDField(primary_key=True, editable=False)
    one = models.TextField()
    other = models.TextField()
    kind = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.TextField()
    told_at = models.DateTimeField()
    told_by = models.TextField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(one="") & ~Q(other="") & ~Q(one=F("other")), name="schemes_tie_has_two_ends"
            ),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in TieKind]), name="schemes_tie_is_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="schemes_tie_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="schemes_tie_says_how_it_is_known"),
            models.CheckConstraint(condition=STRUCK, name="schemes_tie_is_struck_by_somebody"),
        ]
        indexes = [
            models.Index(fields=["one"], name="schemes_tie_one"),
            models.Index(fields=["other"], name="schemes_tie_other"),
        ]


class AidTold(models.Model):
    """De-minimis aid that a company says it had, by the day of the right to it. 0 cents: it says that it had none."""

    id = models.UUIDField(primary_key=True, editable=False)
    entity = models.TextField()
    cents = models.BigIntegerField()
    on = models.DateField()
    source = models.TextField()
    told_at = models.DateTimeField()
    told_by = models.TextField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(entity=""), name="schemes_aid_is_of_somebody"),
            models.CheckConstraint(condition=Q(cents__gte=0), name="schemes_aid_is_not_minus"),
            models.CheckConstraint(condition=~Q(source=""), name="schemes_aid_says_how_it_is_known"),
            models.CheckConstraint(condition=STRUCK, name="schemes_aid_is_struck_by_somebody"),
        ]
        indexes = [models.Index(fields=["entity", "on"], name="schemes_aid_of_whom")]


class Document(models.Model):
    """The bytes of a document that was shown, to read beside the application. It goes when the case is long over; what
    it was, and its digest, stay.
    """

    evidence = models.OneToOneField("schemes.Evidence", models.PROTECT, primary_key=True, related_name="+")
    content = models.BinaryField()


class CheckAsked(models.Model):
    """Somebody asked to look through all cases of a round, or to draw from them; a turn of the timer does it.

    `seed`: what is drawn with, empty for checks. `found`: how many reasons to look are new.
    """

    round = models.ForeignKey("schemes.Round", models.PROTECT, related_name="+")
    seed = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    done_at = models.DateTimeField(null=True)
    found = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "seed"], condition=Q(done_at=None), name="schemes_checkasked_waits_once"
            ),
            models.CheckConstraint(condition=~Q(asked_by=""), name="schemes_checkasked_is_of_somebody"),
            models.CheckConstraint(
                condition=Q(done_at=None, found=None) | Q(done_at__isnull=False, found__isnull=False),
                name="schemes_checkasked_says_what_it_found",
            ),
        ]
        indexes = [models.Index(fields=["round", "-done_at"], name="schemes_checkasked_newest")]
