"""Whether people who are handed over have a benefit: numbers only, with nobody in them."""

from django.db import models
from django.db.models import Q

from dichterbij.domains.referral.rules import Income


class IncomeCount(models.Model):
    """How many people of a region were handed over in a month with this answer."""

    region = models.TextField()
    month = models.DateField()
    income = models.TextField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "month", "income"], name="income_is_counted_once"),
            models.CheckConstraint(condition=Q(income__in=[one.value for one in Income]), name="income_is_known"),
            models.CheckConstraint(condition=Q(count__gt=0, month__day=1), name="income_counts_a_month"),
        ]
