"""Accounts, postings, transfers, terms and the chain. Guards are the database's own: migration 0002."""

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.budget.rules import Needs, State


class Account(models.Model):
    """Money in one state at one place. Its balance is kept by the database when transfers are written, by nobody else.

    `held_cents`: of the balance, what is reserved with a term, so that nothing else can take it.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(unique=True)
    state = models.TextField()
    fund = models.TextField()
    tranche = models.TextField()
    region = models.TextField()
    scheme = models.TextField()
    route = models.TextField()
    purpose = models.TextField()
    activity = models.TextField()
    needs = models.TextField(default="", db_default="")
    balance_cents = models.BigIntegerField(default=0, db_default=0)
    held_cents = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="budget_state_known"),
            models.CheckConstraint(condition=Q(needs__in=[needs.value for needs in Needs]), name="budget_needs_known"),
            models.CheckConstraint(condition=~Q(fund=""), name="budget_fund_named"),
            models.CheckConstraint(
                condition=Q(state=State.OUTSIDE.value) | Q(balance_cents__gte=0), name="budget_within_bound"
            ),
            models.CheckConstraint(
                condition=Q(held_cents=0) | Q(held_cents__gt=0, held_cents__lte=F("balance_cents")),
                name="budget_held_is_there",
            ),
        ]
        indexes = [models.Index(fields=["fund", "tranche", "state"], name="budget_account_by_fund")]


class Posting(models.Model):
    """Why money moved, said by whom, approved by whom. `day`: of which day it is; `content`: what the client asked."""

    id = models.UUIDField(primary_key=True)
    day = models.DateField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.TextField()
    approved_by = models.TextField(default="", db_default="")
    proposal = models.UUIDField(null=True)
    reason = models.TextField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(actor="") & ~Q(reason=""), name="budget_posting_is_told"),
            models.CheckConstraint(condition=~Q(approved_by=F("actor")), name="budget_approved_by_another"),
        ]
        indexes = [models.Index(fields=["day"], name="budget_posting_by_day")]


class Transfer(models.Model):
    """Cents from one account to another. Numbers follow the order of the commits."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    posting = models.UUIDField()
    source = models.BigIntegerField()
    target = models.BigIntegerField()
    cents = models.BigIntegerField()
    reference = models.TextField(default="", db_default="")
    until = models.DateTimeField(null=True)
    settles = models.UUIDField(null=True)
    corrects = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gt=0, cents__lte=100_000_000_000_000), name="budget_cents_positive"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="budget_between_two"),
            models.CheckConstraint(
                condition=Q(until=None, settles=None) | Q(until=None, corrects=None) | Q(settles=None, corrects=None),
                name="budget_one_meaning",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "number"], name="budget_transfer_from"),
            models.Index(fields=["target", "number"], name="budget_transfer_to"),
            models.Index(fields=["corrects"], condition=Q(corrects__isnull=False), name="budget_transfer_corrects"),
        ]


class Reservation(models.Model):
    """Money reserved with a term, by the id of its transfer; made and settled by the database with the transfers."""

    id = models.UUIDField(primary_key=True)
    account = models.BigIntegerField()
    came_from = models.BigIntegerField()
    until = models.DateTimeField()
    cents = models.BigIntegerField()
    left_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_cents__gte=0, left_cents__lte=F("cents")), name="budget_settled_once"
            )
        ]
        indexes = [models.Index(fields=["until"], condition=Q(left_cents__gt=0), name="budget_reservation_open")]


class Link(models.Model):
    """A place in the chain: one posting with its transfers, tied to the one before."""

    place = models.BigIntegerField(primary_key=True)
    posting = models.UUIDField(unique=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    digest = models.BinaryField()


class Proposal(models.Model):
    """What somebody wants to do with money that waits for a decision."""

    id = models.UUIDField(primary_key=True)
    title = models.TextField()
    source = models.BigIntegerField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(made_by=""), name="budget_proposal_told")]


class ProposalLine(models.Model):
    """One part of a proposal: at most so much to this account. `moved_cents` is kept by the database."""

    id = models.BigAutoField(primary_key=True)
    proposal = models.UUIDField()
    target = models.BigIntegerField()
    cents = models.BigIntegerField()
    moved_cents = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "target"], name="budget_line_once"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="budget_line_positive"),
            models.CheckConstraint(
                condition=Q(moved_cents__gte=0, moved_cents__lte=F("cents")), name="budget_within_proposal"
            ),
        ]


class Decision(models.Model):
    """What a body decided about a proposal: once, and by somebody else than who made it."""

    proposal = models.UUIDField(primary_key=True)
    approved = models.BooleanField()
    body = models.TextField()
    day = models.DateField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(body="") & ~Q(by=""), name="budget_decision_told")]


class Term(models.Model):
    """Until when money of a fund may be used; the newest said counts. None: no end is known."""

    id = models.BigAutoField(primary_key=True)
    fund = models.TextField()
    tranche = models.TextField(default="", db_default="")
    region = models.TextField(default="", db_default="")
    ends_on = models.DateField(null=True)
    source = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(fund="") & ~Q(source="") & ~Q(by=""), name="budget_term_told")
        ]
        indexes = [models.Index(fields=["fund", "tranche", "region", "-id"], name="budget_term_newest")]


class Continuity(models.Model):
    """What happens to an activity when its temporary money ends; the newest said counts."""

    id = models.BigAutoField(primary_key=True)
    region = models.TextField()
    activity = models.TextField()
    what = models.TextField()
    day = models.DateField()
    words = models.TextField(default="", db_default="")
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=["stop", "extend", "embed"]), name="budget_continuity_known"),
            models.CheckConstraint(condition=~Q(activity="") & ~Q(by=""), name="budget_continuity_told"),
        ]
        indexes = [models.Index(fields=["region", "activity", "-id"], name="budget_continuity_newest")]
