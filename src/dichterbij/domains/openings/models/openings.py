"""Openings as they were delivered: vacancies, learning places, volunteer and work-experience places."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from dichterbij.domains.openings.rules import AGREEMENTS, DAYPARTS


class Opening(models.Model):
    """One opening. Columns, ranges and the meaning of null are those of the bridge; closed rows stay.

    `origin` names who delivered it; `tasks` is a list of {hours, essential, demands, dayparts, level_min}.
    """

    id = models.BigAutoField(primary_key=True)
    opening_id = models.TextField(unique=True)
    origin = models.TextField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    postcode = models.ForeignKey("regions.Postcode", on_delete=models.PROTECT, db_column="pc4", related_name="+")
    agreement = models.TextField()
    hours_min = models.SmallIntegerField()
    hours_max = models.SmallIntegerField()
    latest_start = models.DateField(null=True)
    dayparts = ArrayField(models.TextField())
    dutch = models.SmallIntegerField()
    dutch_on_the_job = models.BooleanField()
    level_min = models.SmallIntegerField(null=True)
    licences = ArrayField(models.TextField())
    legal = ArrayField(models.TextField())
    demands = ArrayField(models.TextField())
    essential = ArrayField(models.TextField())
    optional = ArrayField(models.TextField())
    onboarding_weeks = models.SmallIntegerField(null=True)
    open_hiring = models.BooleanField()
    queue_weeks = models.SmallIntegerField(null=True)
    learning_company = models.BooleanField()
    carvable = models.BooleanField()
    carve_min_hours = models.SmallIntegerField(null=True)
    carve_max_share = models.SmallIntegerField(null=True)
    tasks = models.JSONField(default=list)

    title_nl = models.TextField()
    title_en = models.TextField(null=True)
    occupation_uri = models.TextField(null=True)
    employer_name = models.TextField(null=True)
    sector = models.TextField(null=True)
    wage_cents_per_hour_min = models.IntegerField(null=True)
    wage_cents_per_hour_max = models.IntegerField(null=True)
    invented = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(opening_id="") & ~Q(title_nl=""), name="opening_has_id_and_title"),
            models.CheckConstraint(condition=Q(agreement__in=AGREEMENTS), name="opening_agreement_is_known"),
            models.CheckConstraint(
                condition=Q(hours_min__gte=1, hours_max__lte=60, hours_min__lte=F("hours_max")),
                name="opening_hours_1_to_60_in_order",
            ),
            models.CheckConstraint(
                condition=Q(dayparts__contained_by=list(DAYPARTS), dayparts__len__gt=0),
                name="opening_dayparts_are_known",
            ),
            models.CheckConstraint(condition=Q(dutch__range=(1, 4)), name="opening_dutch_1_to_4"),
            models.CheckConstraint(
                condition=Q(level_min=None) | Q(level_min__range=(1, 6)), name="opening_level_1_to_6"
            ),
            models.CheckConstraint(
                condition=Q(onboarding_weeks=None) | Q(onboarding_weeks__range=(0, 52)),
                name="opening_onboarding_0_to_52_weeks",
            ),
            models.CheckConstraint(
                condition=Q(queue_weeks=None) | Q(queue_weeks__range=(0, 255)), name="opening_queue_0_to_255_weeks"
            ),
            models.CheckConstraint(
                condition=Q(carve_min_hours=None) | Q(carve_min_hours__range=(1, 60)),
                name="opening_carve_hours_1_to_60",
            ),
            models.CheckConstraint(
                condition=Q(carve_max_share=None) | Q(carve_max_share__range=(0, 1000)),
                name="opening_carve_share_0_to_1000",
            ),
            models.CheckConstraint(
                condition=(Q(wage_cents_per_hour_min=None) & Q(wage_cents_per_hour_max=None))
                | Q(wage_cents_per_hour_min__gt=0, wage_cents_per_hour_max__gte=F("wage_cents_per_hour_min")),
                name="opening_wage_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="opening_closes_after_it_opens"
            ),
        ]
        indexes = [
            models.Index(fields=["origin"], condition=Q(closed_on=None), name="open_opening_by_origin"),
        ]
