"""What employers send about one opening. It is never an opening by itself: the desk decides about that."""

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.openings.rules.references import PATTERN


class Message(models.Model):
    """One message, without who sent it. `token_digest` recognises its secret link, and a form that is sent again."""

    id = models.BigAutoField(primary_key=True)
    reference = models.TextField()
    token_digest = models.TextField()
    placed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    title = models.TextField()
    occupation_uri = models.TextField(null=True)
    postcode = models.ForeignKey("regions.Postcode", on_delete=models.PROTECT, db_column="pc4", related_name="+")
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    desk_id = models.TextField()
    desk_is_invented = models.BooleanField()
    language = models.TextField()
    asked = models.JSONField()
    keep_sender_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="message_reference_is_unique"),
            models.UniqueConstraint(fields=["token_digest"], name="message_is_placed_once"),
            models.CheckConstraint(condition=Q(reference__regex=PATTERN), name="message_reference_can_be_read"),
            models.CheckConstraint(
                condition=Q(("token_digest__regex", r"^[0-9a-f]{64}$")), name="message_keeps_a_digest_of_its_token"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(desk_id=""), name="message_has_title_and_desk"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("placed_at")),
                name="message_is_withdrawn_after_it_is_placed",
            ),
        ]
        indexes = [models.Index(fields=["-placed_at", "-id"], name="message_newest_first")]


class Sender(models.Model):
    """The only table with who sent a message, and with everything written in own words. Deleted after its term."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True, related_name="sender")
    firm = models.TextField()
    person = models.TextField()
    email = models.TextField()
    phone = models.TextField()
    question = models.TextField()
    own_tasks = models.TextField()
    own_demands = models.TextField()
    kvk = models.TextField(blank=True, db_default="", default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(firm="") & ~Q(person=""), name="sender_has_firm_and_person"),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="sender_can_be_reached"),
        ]
