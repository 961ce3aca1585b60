"""What a region's coordinator agreed about hand-overs; the data in `data/rules/hand_over/` stand under it."""

from django.db import models
from django.db.models import Q


class RegionAgreement(models.Model):
    """The named owner of a region's hand-overs and its desks' term. Null: the region did not say."""

    region = models.TextField(primary_key=True)
    owner_organisation = models.UUIDField(null=True)
    answer_days = models.SmallIntegerField(null=True)
    goal_places = models.IntegerField(null=True)
    goal_people = models.IntegerField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days=None) | Q(answer_days__gte=1, answer_days__lte=20),
                name="agreement_term_is_some_weeks_at_most",
            ),
            models.CheckConstraint(
                condition=(Q(goal_places=None) | Q(goal_places__gte=1)) & (Q(goal_people=None) | Q(goal_people__gte=1)),
                name="agreement_goals_are_something",
            ),
        ]
