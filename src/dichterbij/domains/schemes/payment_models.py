"""Money on its way to applicants: files for the bank, the payments in them, and what the bank answered.

Everything is seen by the work of schemes alone.
"""

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.schemes.rules.procedure.payments import Result


class PaymentFile(models.Model):
    """A file for the bank. It is made by one person and released by another one; only then is anything paid."""

    id = models.UUIDField(primary_key=True, editable=False)
    message_id = models.TextField(unique=True)
    round = models.ForeignKey("schemes.Round", models.PROTECT, related_name="+")
    count = models.IntegerField()
    cents = models.BigIntegerField()
    execute_on = models.DateField()
    content = models.BinaryField()
    digest = models.TextField()
    prepared_by = models.TextField()
    prepared_at = models.DateTimeField()
    released_by = models.TextField(blank=True, default="")
    released_at = models.DateTimeField(null=True)
    dropped_by = models.TextField(blank=True, default="")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0, cents__gt=0), name="payment_file_pays_something"),
            models.CheckConstraint(
                condition=Q(dropped_by="", dropped_at=None)
                | ~Q(dropped_by="") & Q(dropped_at__isnull=False, released_by=""),
                name="payment_file_is_released_or_dropped",
            ),
            models.CheckConstraint(condition=~Q(released_by=F("prepared_by")), name="payment_file_is_seen_by_two"),
            models.CheckConstraint(
                condition=Q(released_by="", released_at=None) | ~Q(released_by="") & Q(released_at__isnull=False),
                name="payment_file_is_released_at_a_moment",
            ),
        ]


class Payment(models.Model):
    """One payment of a case, in exactly one file. `beyond_cents`: of it, from what was held back for objections."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey("schemes.Case", models.PROTECT, related_name="payments")
    file = models.ForeignKey(PaymentFile, models.PROTECT, related_name="payments")
    position = models.IntegerField()
    event = models.IntegerField()
    cents = models.BigIntegerField()
    beyond_cents = models.BigIntegerField(default=0)
    name = models.TextField()
    account = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="payment_has_its_place"),
            models.UniqueConstraint(fields=["case", "event"], name="payment_is_ordered_once"),
            models.CheckConstraint(
                condition=Q(cents__gt=0, beyond_cents__gte=0, beyond_cents__lte=F("cents")),
                name="payment_pays_something",
            ),
        ]


class BankFile(models.Model):
    """An answer of the bank that was read. The same one is never read twice."""

    digest = models.TextField(primary_key=True)
    message_id = models.TextField(unique=True)
    about = models.TextField(blank=True, default="")
    lines = models.IntegerField()
    read_at = models.DateTimeField()
    read_by = models.TextField()


class PaymentResult(models.Model):
    """What became of a payment: at most once each of paid, refused and returned. No `bank_file`: it never left."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="results")
    result = models.TextField()
    code = models.TextField(blank=True, default="")
    bank_file = models.ForeignKey(BankFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "result"], name="payment_has_each_result_once"),
            models.CheckConstraint(
                condition=Q(result__in=[one.value for one in Result if one is not Result.WAITING]),
                name="payment_result_is_final",
            ),
        ]
