"""Campaign items, and how many visits took which step on which day. Nothing here is about one visitor."""

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.outreach.rules import Kind, Step, Target

KINDS = [kind.value for kind in Kind]
STEPS = [step.value for step in Step]
TARGETS = [target.value for target in Target]


class CampaignItem(models.Model):
    """A poster, flyer, advert or post with its own link. `made_by` is a desk or organisation, not a person."""

    id = models.BigAutoField(primary_key=True)
    code = models.TextField(unique=True)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    kind = models.TextField()
    target = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    made_by = models.TextField()
    made_on = models.DateField()
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9][a-z0-9-]{0,28}[a-z0-9]$"), name="campaign_code_fits_in_a_link"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(made_by=""), name="campaign_item_has_title_and_maker"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="campaign_kind_is_known"),
            models.CheckConstraint(condition=Q(target__in=TARGETS), name="campaign_target_is_known"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="campaign_dates_in_order"
            ),
        ]


class DailyCount(models.Model):
    """How many visits by the link of an item took a step on a day. No visitor, no address, no time of day."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(CampaignItem, on_delete=models.PROTECT, related_name="counts")
    on = models.DateField()
    step = models.TextField()
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "on", "step"], name="campaign_one_count_per_item_day_step"),
            models.CheckConstraint(condition=Q(count__gte=1), name="campaign_count_is_positive"),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="campaign_step_is_known"),
        ]
