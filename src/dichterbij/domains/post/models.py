"""Letters that must leave once."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from dichterbij.domains.post.rules import Channel


class Letter(models.Model):
    """One mail or text message. When it has left, its address and text are gone.

    `claimed_at`: since when somebody is sending it. Kept before it is sent, so that whoever is stopped in between
    leaves a letter that is never sent a second time by itself. `refusals`: how many times an answer said no to it;
    `not_before`: when it may be tried again. `given_up_at`: it never left and never will, and is empty as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    channel = models.TextField()
    about = models.TextField()
    kind = models.TextField()
    number = models.IntegerField()
    recipient = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    refusals = models.SmallIntegerField(default=0, db_default=0)
    not_before = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "kind", "number"], name="letter_tells_a_thing_once"),
            models.CheckConstraint(condition=~Q(about="") & ~Q(kind=""), name="letter_is_about_something"),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]), name="letter_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, given_up_at=None) & ~Q(recipient="") & ~Q(text="")
                | Q(sent_at__isnull=False, given_up_at=None, recipient="", subject="", text="")
                | Q(sent_at=None, given_up_at__isnull=False, claimed_at=None, recipient="", subject="", text=""),
                name="letter_keeps_nothing_after_it_left",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"],
                condition=Q(sent_at=None, claimed_at=None, given_up_at=None),
                name="letter_that_waits",
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(sent_at=None, claimed_at__isnull=False), name="letter_in_hands"
            ),
        ]
