"""The log of lessons. Only added: a lesson is what its newest row says, the rows before it are its history."""

from django.db import models
from django.db.models import Q

from dichterbij.domains.network.rules.lessons import LessonStatus, Phase, Subject


class LessonRow(models.Model):
    """A lesson as somebody of the national team wrote it. Version 1 of a lesson of the documents stands in a file."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField()
    version = models.IntegerField()
    phase = models.TextField()
    subject = models.TextField()
    dutch = models.TextField()
    english = models.TextField(blank=True, default="")
    learnt_where = models.TextField()
    learnt_when = models.TextField()
    source = models.TextField()
    status = models.TextField()
    changed = models.TextField(blank=True, default="")
    changed_english = models.TextField(blank=True, default="")
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "network_lesson"
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="lesson_has_one_of_a_version"),
            models.CheckConstraint(
                condition=~Q(dutch="") & ~Q(learnt_where="") & ~Q(source="") & ~Q(by="") & Q(version__gte=1),
                name="lesson_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(("learnt_when__regex", r"^[12][0-9]{3}(-[0-9]{2}){0,2}$")), name="lesson_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(
                    phase__in=[one.value for one in Phase],
                    subject__in=[one.value for one in Subject],
                    status__in=[one.value for one in LessonStatus],
                ),
                name="lesson_is_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(status=LessonStatus.CHANGED.value) | ~Q(changed=""), name="lesson_says_what_changed"
            ),
        ]
