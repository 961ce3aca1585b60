"""Regions, municipalities and postcodes, as loaded from the packaged reference data."""

from django.db import models
from django.db.models import F, Q


class Region(models.Model):
    """A labour-market region (arbeidsmarktregio, AM code). Obsolete rows stay, with the date they disappeared."""

    code = models.CharField(primary_key=True, max_length=4)
    name = models.TextField(unique=True)
    centre_municipality = models.ForeignKey(
        "regions.Municipality", on_delete=models.PROTECT, related_name="+", null=True, db_constraint=True
    )
    inhabitants = models.IntegerField()
    population_15_74 = models.IntegerField()
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^AM[0-9]{2}$"), name="region_code_is_am_and_two_digits"),
            models.CheckConstraint(
                condition=Q(population_15_74__gte=0) & Q(inhabitants__gte=F("population_15_74")),
                name="region_population_within_inhabitants",
            ),
        ]


class Municipality(models.Model):
    """A municipality (gemeente, CBS GM code), in exactly one region."""

    gm_code = models.CharField(primary_key=True, max_length=6)
    name = models.TextField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    province = models.TextField()
    lat = models.FloatField()
    lon = models.FloatField()
    inhabitants = models.IntegerField()
    population_15_74 = models.IntegerField()
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gm_code__regex=r"^GM[0-9]{4}$"), name="municipality_code_is_gm_and_four_digits"
            ),
            models.CheckConstraint(
                condition=Q(lat__range=(50.0, 54.0)) & Q(lon__range=(3.0, 7.5)), name="municipality_in_the_netherlands"
            ),
        ]


class Postcode(models.Model):
    """A four-digit postcode area (PC4). The point is the middle of its land, not of its people."""

    pc4 = models.IntegerField(primary_key=True)
    place = models.TextField()
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="postcodes")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="postcodes")
    lat = models.FloatField()
    lon = models.FloatField()
    km2 = models.FloatField()
    inhabitants = models.IntegerField(null=True)
    population_15_74 = models.IntegerField(null=True)
    obsolete_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pc4__range=(1000, 9999)), name="postcode_has_four_digits"),
            models.CheckConstraint(
                condition=Q(lat__range=(50.0, 54.0)) & Q(lon__range=(3.0, 7.5)), name="postcode_in_the_netherlands"
            ),
        ]
