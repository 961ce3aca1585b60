"""What was asked and is not answered yet."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from dichterbij.domains.people.models.people import Person


class LinkRequest(models.Model):
    """Somebody asked a link to an own page, with an address or for this person. Gone when it is answered.

    `page` and `ask`: addresses of the site, as letters name them. `actor` and `organisation`: who asked it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.TextField(default="", db_default="")
    value = models.TextField(default="", db_default="")
    language = models.TextField()
    page = models.TextField()
    ask = models.TextField()
    by_text = models.BooleanField(default=False)
    actor = models.TextField()
    organisation = models.UUIDField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(value="") | Q(person__isnull=False, value=""),
                name="link_request_is_for_one",
            )
        ]
        indexes = [models.Index(fields=["asked_at", "id"], name="link_request_by_age")]
