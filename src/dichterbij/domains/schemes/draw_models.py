"""In which order applications are decided where the moment of receipt does not say it: scores, lists and lots.

All of it is only added to.
"""

from django.db import models
from django.db.models import F, Q


class Score(models.Model):
    """What a plan is worth in a tender: one officer gives it with reasons, another approves. The newest one holds.

    No `score`: the one before does not hold any more.
    """

    round = models.ForeignKey("schemes.Round", models.PROTECT, related_name="+")
    receipt = models.ForeignKey("schemes.Receipt", models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    score = models.IntegerField(null=True)
    reasons = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.TextField()
    approved_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "number"], name="schemes_score_has_one_number"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=10_000), name="schemes_score_is_in_range"),
            models.CheckConstraint(condition=~Q(reasons=""), name="schemes_score_has_reasons"),
            models.CheckConstraint(condition=~Q(given_by=F("approved_by")), name="schemes_score_is_seen_by_two"),
            models.CheckConstraint(
                condition=Q(score=None) | ~Q(given_by="") & ~Q(approved_by=""), name="schemes_score_has_two_names"
            ),
        ]


class Mark(models.Model):
    """The points that one officer gives an application by themselves, before they see those of a colleague.

    At most two people have points on one application; where they are the same, they become its score. The newest of
    each person holds. No `score`: taken back.
    """

    round = models.ForeignKey("schemes.Round", models.PROTECT, related_name="+")
    receipt = models.ForeignKey("schemes.Receipt", models.PROTECT, related_name="+", db_index=False)
    given_by = models.TextField()
    number = models.SmallIntegerField()
    score = models.IntegerField(null=True)
    reasons = models.TextField(blank=True, default="")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "given_by", "number"], name="schemes_mark_has_one_number"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=10_000), name="schemes_mark_is_in_range"
            ),
            models.CheckConstraint(condition=Q(score=None) | ~Q(reasons=""), name="schemes_mark_has_reasons"),
            models.CheckConstraint(condition=~Q(given_by=""), name="schemes_mark_is_of_somebody"),
        ]


class EntryList(models.Model):
    """Who takes part in a draw or ranking: its digest is public before anybody knows the seed.

    `seed_from`: where the seed will come from, at `seed_at`; neither where equal scores go by receipt. From here until
    the draw nothing in the stretch is decided, and no score changes.
    """

    round = models.ForeignKey("schemes.Round", models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    digest = models.BinaryField()
    entrants = models.IntegerField()
    seed_from = models.TextField()
    seed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField()
    published_by = models.TextField()
    published_in = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(from_at__lt=F("until_at")), name="schemes_entrylist_has_a_stretch"),
            models.CheckConstraint(
                condition=Q(seed_from="", seed_at=None)
                | (~Q(seed_from="") & Q(seed_at__isnull=False, seed_at__gt=F("published_at"))),
                name="schemes_entrylist_comes_before_its_seed",
            ),
        ]


class Draw(models.Model):
    """A decision document: within these moments the order is drawn by lot, or follows from scores.

    `seed` came after `entries` was public; an application's lot is sha256 of the two, nothing is random. Draws of
    before lists were published first have none.
    """

    round = models.ForeignKey("schemes.Round", models.PROTECT, related_name="+")
    entries = models.OneToOneField(EntryList, models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.TextField()
    seed = models.TextField()
    list_digest = models.BinaryField()
    lots = models.IntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.TextField()
    approved_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(from_at__lt=F("until_at")), name="schemes_draw_has_a_stretch"),
            models.CheckConstraint(condition=~Q(decided_by=F("approved_by")), name="schemes_draw_is_seen_by_two"),
        ]


class Lot(models.Model):
    """The place of one application in a draw. `score`: what it was worth in a tender; none where it has no score."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="+")
    position = models.IntegerField()
    receipt = models.OneToOneField("schemes.Receipt", models.PROTECT, related_name="+")
    score = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "position"], name="schemes_lot_has_one_place")]
