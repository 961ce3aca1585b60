"""Regional tables: schools, municipalities and others of a region around one subject. Only added to, as lessons are."""

from django.db import models
from django.db.models import Q


class RegionalTable(models.Model):
    """What was written of a table at a moment; its newest version holds. No word in it is about a single person."""

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField()
    version = models.IntegerField()
    region = models.TextField()
    on = models.DateField()
    subject = models.TextField()
    parties = models.TextField(blank=True, default="")
    agenda = models.TextField()
    outcomes = models.TextField(blank=True, default="")
    invented = models.BooleanField(default=False)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="table_has_one_of_a_version"),
            models.CheckConstraint(
                condition=~Q(region="") & ~Q(subject="") & ~Q(agenda="") & ~Q(by="") & Q(version__gte=1),
                name="table_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["region", "-on"], name="table_by_region")]
