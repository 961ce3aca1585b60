"""Receipts, and apart from them decisions. All of it is only added to, but for two tables of where things stand.

What the database itself guards is in the migrations: docs/reference/deciding.md tells each guard and why it is there.
"""

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.schemes import case_models as case_models  # its tables are of this app
from dichterbij.domains.schemes import check_models as check_models
from dichterbij.domains.schemes import contact_models as contact_models
from dichterbij.domains.schemes import payment_models as payment_models
from dichterbij.domains.schemes.draw_models import Draw as Draw
from dichterbij.domains.schemes.draw_models import EntryList as EntryList
from dichterbij.domains.schemes.draw_models import Lot as Lot
from dichterbij.domains.schemes.draw_models import Score as Score

DIGEST = 32  # bytes of sha256


class Round(models.Model):
    """One published version of a scheme, open for applications between two moments, with its ceiling.

    `definition` is the file as it was published, `choices` the answers to its open questions; `digest` is over all
    that decides. `caps`: per kind of counter the most times, units and cents. `account`: the ledger's, that reserves
    the ceiling. An exercise is open at other moments than the file says.
    """

    scheme = models.TextField()
    version = models.DateField()
    definition = models.TextField()
    choices = models.JSONField(default=dict)
    is_exercise = models.BooleanField(default=False)
    digest = models.BinaryField(unique=True)
    account = models.TextField()
    ceiling_cents = models.BigIntegerField()
    objections_cents = models.BigIntegerField(default=0)
    caps = models.JSONField(default=dict)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.TextField()
    posting = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "opens_at"], name="schemes_round_opens_once"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="schemes_round_has_a_period"),
            models.CheckConstraint(
                condition=Q(ceiling_cents__gt=0, objections_cents__gte=0), name="schemes_round_has_a_ceiling"
            ),
        ]


class Position(models.Model):
    """Where the decider of a round is: the one row that says who may write the next batch, and after what.

    `barrier_at`: every receipt that was complete until then is there, and none will come. `cursor_at`, `cursor_key`:
    the order of the last receipt decided. `freed`: money or room came free that those who wait may still get.
    """

    round = models.OneToOneField(Round, models.PROTECT, primary_key=True, related_name="+")
    fence = models.BigIntegerField(default=0)
    barrier_at = models.DateTimeField(null=True)
    batches = models.IntegerField(default=0)
    places = models.BigIntegerField(default=0)
    cursor_at = models.DateTimeField(null=True)
    cursor_key = models.BinaryField(default=b"")
    freed = models.BooleanField(default=False)
    digest = models.BinaryField(default=b"")


class Door(models.Model):
    """The turn that was given last to somebody who came to the form. No row: nobody came yet."""

    round = models.OneToOneField(Round, models.PROTECT, primary_key=True, related_name="+")
    turn_at = models.DateTimeField()


class Receipt(models.Model):
    """An application arrived. `facts` is canonical JSON, to the byte as it was digested.

    The moments, `ticket` (which divides those of one moment) and `proof` are written by the database.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField()
    applicant = models.TextField()
    facts = models.TextField()
    received_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True)
    ticket = models.BinaryField()
    proof = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="schemes_receipt_key_is_used_once")]
        indexes = [
            models.Index(
                fields=["round", "complete_at", "ticket"],
                condition=Q(complete_at__isnull=False),
                name="schemes_receipt_in_order",
            ),
            models.Index(fields=["applicant"], name="schemes_receipt_of_whom"),
            models.Index(fields=["round", "received_at"], name="schemes_receipt_as_it_came"),
        ]


class Completion(models.Model):
    """What was missing came: from this moment on the application counts, with these facts in place of the first."""

    receipt = models.OneToOneField(Receipt, models.PROTECT, primary_key=True, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    facts = models.TextField()
    complete_at = models.DateTimeField()
    ticket = models.BinaryField()
    proof = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["round", "complete_at", "ticket"], name="schemes_completion_in_order")]


class Batch(models.Model):
    """Decisions that were written together, in one transaction with the ledger's posting.

    `digest` is over the batch before and every decision in it, so that a replay compares one value.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.IntegerField()
    kind = models.TextField()
    fence = models.BigIntegerField()
    barrier_at = models.DateTimeField(null=True)
    first_place = models.BigIntegerField()
    last_place = models.BigIntegerField()
    cursor_at = models.DateTimeField(null=True)
    cursor_key = models.BinaryField(default=b"")
    frees = models.BooleanField(default=False)
    digest = models.BinaryField()
    posting = models.UUIDField(null=True, unique=True)
    note = models.TextField(default="")
    decided_at = models.DateTimeField()
    decided_by = models.TextField()
    written_in = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="schemes_batch_has_one_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["decided", "moved_up", "withdrawn", "objection", "lowered"]),
                name="schemes_batch_kind_is_known",
            ),
        ]


class Decision(models.Model):
    """One outcome for one receipt. A later decision names the place of the earlier one; both stay.

    `turn` is the place of the receipt's first decision: the order in which those who wait move up. `asked_cents` is
    what the rules give without scarcity, `left_cents` what the ceiling had left when it was this one's turn; with the
    facts of the receipt these are all inputs of `reason`. `beyond_cents`: the part of a won objection that is paid from
    what is held back for objections, beyond the ceiling. Keys are those of the rules: -1 for nobody.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    place = models.BigIntegerField()
    turn = models.BigIntegerField()
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    earlier = models.BigIntegerField(null=True)
    cents = models.BigIntegerField()
    beyond_cents = models.BigIntegerField(default=0)
    units = models.IntegerField()
    reason = models.SmallIntegerField()
    asked_cents = models.BigIntegerField()
    left_cents = models.BigIntegerField()
    waits = models.BooleanField()
    window = models.SmallIntegerField()
    category = models.SmallIntegerField()
    person_key = models.BigIntegerField()
    employer_key = models.BigIntegerField()
    group_key = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="schemes_decision_has_one_place"),
            models.UniqueConstraint(
                fields=["receipt"], condition=Q(earlier=None), name="schemes_decision_is_begun_once"
            ),
            models.UniqueConstraint(
                fields=["round", "earlier"],
                condition=Q(earlier__isnull=False),
                name="schemes_decision_is_replaced_once",
            ),
            models.CheckConstraint(condition=Q(cents__gte=0, units__gte=0), name="schemes_decision_is_not_minus"),
            models.CheckConstraint(
                condition=Q(beyond_cents__gte=0, beyond_cents__lte=F("cents")), name="schemes_decision_beyond_is_part"
            ),
            models.CheckConstraint(condition=Q(cents=0) | Q(waits=False), name="schemes_decision_waits_or_has"),
        ]
        indexes = [
            models.Index(fields=["receipt"], condition=Q(earlier__isnull=False), name="schemes_decision_that_replaces"),
            models.Index(fields=["round", "turn"], condition=Q(waits=True), name="schemes_decision_that_waits"),
        ]


class Counter(models.Model):
    """How much of a round one person, employer or group has, in all or in one window, and the round as a whole.

    Kept by a trigger on decisions, whatever wrote them; the caps are constraints.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    window = models.SmallIntegerField()
    key = models.BigIntegerField()
    times = models.IntegerField()
    units = models.BigIntegerField()
    cents = models.BigIntegerField()
    most_times = models.IntegerField(null=True)
    most_units = models.BigIntegerField(null=True)
    most_cents = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "key", "window"], name="schemes_counter_is_one"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{what}__gte": 0})
                    & (Q(**{f"most_{what}": None}) | Q(**{f"{what}__lte": F(f"most_{what}")})),
                    name=f"schemes_counter_keeps_to_{what}",
                )
                for what in ("times", "units", "cents")
            ),
        ]
