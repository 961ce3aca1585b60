"""How who applied can be reached and paid: beside the receipt and never in it, gone after its term."""

from django.db import models
from django.db.models import Q


class Contact(models.Model):
    """What was given beside an application. No event, receipt or decision holds any of it.

    `account`: an IBAN, or empty. `kvk`: the number that was proved by signing in, or empty. `link`: to its page.
    """

    receipt = models.OneToOneField("schemes.Receipt", models.PROTECT, primary_key=True, related_name="+")
    email = models.TextField()
    account = models.TextField(blank=True, default="")
    language = models.TextField(default="nl")
    kvk = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="")
    given_at = models.DateTimeField()
    keep_until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email="") | Q(email__contains="@"), name="schemes_contact_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(account="") | Q(account__regex=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,27}$"),
                name="schemes_contact_has_an_account",
            ),
            models.CheckConstraint(
                condition=Q(kvk="") | Q(kvk__regex=r"^[0-9]{8}$"), name="schemes_contact_has_a_kvk_number"
            ),
            models.CheckConstraint(condition=Q(language__in=["nl", "en"]), name="schemes_contact_language_is_written"),
        ]
        indexes = [
            models.Index(fields=["kvk", "receipt"], condition=~Q(kvk=""), name="schemes_contact_of_whom"),
            models.Index(fields=["keep_until"], name="schemes_contact_to_forget"),
        ]
