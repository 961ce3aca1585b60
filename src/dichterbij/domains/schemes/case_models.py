"""Cases: what happens to an application after it came, as events that are only added; letters and tasks.

A case is the fold of its events (`rules.procedure`); the row of a case is where it stands now, for lists and for the
constraints. Everything is seen by the work of schemes alone.
"""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Least

from dichterbij.domains.schemes.rules.procedure import DECISIONS, ObjectionStage, ObjectionStep, Stage, Step

DECIDED = sorted(step.value for step in DECISIONS)
LAST = Value(date.max)
ANSWERS = ["objection_inadmissible", "objection_rejected", "objection_upheld"]
STEPS = [*(step.value for step in Step), "objection_lodged", *(f"objection_{step.value}" for step in ObjectionStep)]


class Case(models.Model):
    """One application in the hands of officers. `number` is that of the receipt.

    `state` is the fold of the events, as JSON; the columns beside it are for lists. `version` counts the events:
    whoever acts on a page says which one it showed. `weeks`: for the decision, by the scheme. `language`, `email`:
    for letters. `account`: where is paid. `adopted`: the place of the last decision that came on it as a proposal;
    `to_look`: it is new or its stage moved, so there may be a decision for it that waits;
    `has_proposal`: one waits that nobody carried out or sent back; `proposed_by`: of whom. `answer_first`: when the
    first of its objections that are open must be answered; `ends_first`: that day or the end of its own term, for the
    order of lists.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.TextField(unique=True)
    receipt = models.OneToOneField("schemes.Receipt", models.PROTECT, related_name="+")
    round = models.ForeignKey("schemes.Round", models.PROTECT, related_name="+")
    applicant = models.TextField()
    name = models.TextField()
    email = models.TextField(blank=True, default="")
    language = models.TextField(default="nl")
    account = models.TextField(blank=True, default="")
    weeks = models.SmallIntegerField()
    stage = models.TextField()
    version = models.IntegerField(default=1)
    state = models.JSONField()
    received_on = models.DateField()
    waits_for = models.TextField(blank=True, default="")
    term_ends = models.DateField(null=True)
    warn_on = models.DateField(null=True)
    due_cents = models.BigIntegerField(default=0)
    undue_cents = models.BigIntegerField(default=0)
    open_flags = models.SmallIntegerField(default=0)
    moved_at = models.DateTimeField()
    invented = models.BooleanField(default=False)
    adopted = models.BigIntegerField(default=0)
    to_look = models.BooleanField(default=True)
    has_proposal = models.BooleanField(default=False)
    proposed_by = models.TextField(blank=True, default="", db_default="")
    answer_first = models.DateField(null=True)
    ends_first = models.GeneratedField(
        expression=Least(Coalesce("term_ends", LAST), Coalesce("answer_first", LAST)),
        output_field=models.DateField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=[one.value for one in Stage]), name="case_stage_is_known"),
            models.CheckConstraint(condition=Q(language__in=["nl", "en"]), name="case_language_is_written"),
            models.CheckConstraint(condition=Q(due_cents__gte=0, undue_cents__gte=0), name="case_sums_are_not_minus"),
        ]
        indexes = [
            models.Index(fields=["ends_first", "received_on", "number"], name="case_in_order"),
            models.Index(fields=["stage", "ends_first", "received_on", "number"], name="case_of_stage_in_order"),
            models.Index(fields=["warn_on"], condition=Q(warn_on__isnull=False), name="case_to_warn"),
            models.Index(fields=["round", "id"], condition=Q(due_cents__gt=0), name="case_to_pay"),
            models.Index(fields=["round", "receipt"], condition=Q(to_look=True), name="case_to_look_at"),
            models.Index(fields=["round", "id"], condition=Q(undue_cents__gt=0), name="case_to_recover"),
            models.Index(fields=["round", "id"], condition=Q(open_flags__gt=0), name="case_flagged"),
            models.Index(fields=["stage", "round"], condition=Q(has_proposal=False), name="case_to_assess"),
        ]


class Brought(models.Model):
    """How far a round was brought to the officers, so that only what is new is looked at.

    Every receipt until `received_at` has a case or is stuck, and every completion until then is on its case. Every
    decision until `place` was looked at.
    """

    round = models.OneToOneField("schemes.Round", models.PROTECT, primary_key=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    place = models.BigIntegerField(default=0, db_default=0)


class Stuck(models.Model):
    """An application that could not become a case: it is tried again after all others, a few in each turn."""

    receipt = models.OneToOneField("schemes.Receipt", models.PROTECT, primary_key=True, related_name="+")
    tried_at = models.DateTimeField(db_index=True)


class CaseEvent(models.Model):
    """One step of a case. A decision names the proposal it carries out, and who made that: never the same person."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    number = models.IntegerField()
    step = models.TextField()
    on = models.DateField()
    at = models.DateTimeField()
    actor = models.TextField()
    cents = models.BigIntegerField(default=0)
    until = models.DateField(null=True)
    reopens = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")
    ground = models.TextField(blank=True, default="")
    data = models.JSONField(default=dict)
    proposal = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    assessed_by = models.TextField(blank=True, default="")
    objection = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_event_has_its_place"),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="case_event_step_is_known"),
            models.CheckConstraint(condition=Q(cents__gte=0), name="case_event_is_not_minus"),
            models.CheckConstraint(condition=~Q(actor=""), name="case_event_has_an_actor"),
            models.CheckConstraint(
                condition=~Q(step__in=[*DECIDED, *ANSWERS])
                | Q(proposal__isnull=False) & ~Q(assessed_by="") & ~Q(assessed_by=F("actor")),
                name="case_decision_is_seen_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=["refused", "not_considered", "withdrawn", "lowered", *ANSWERS]) | ~Q(reason=""),
                name="case_decision_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=["withdrawn", "lowered"]) | ~Q(ground=""), name="case_withdrawal_has_a_ground"
            ),
            models.CheckConstraint(
                condition=~Q(step__startswith="objection_") | Q(objection__isnull=False),
                name="case_objection_step_has_its_objection",
            ),
        ]


class Objection(models.Model):
    """Where an objection is now; its steps are events of the case. `against`: the decision it is about."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="objections")
    against = models.ForeignKey(CaseEvent, models.PROTECT, related_name="+")
    stage = models.TextField()
    state = models.JSONField()
    lodged_on = models.DateField()
    answer_by = models.DateField()
    warn_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["against"],
                condition=Q(stage__in=["lodged", "incomplete", "heard"]),
                name="case_decision_has_one_open_objection",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[one.value for one in ObjectionStage]), name="case_objection_stage_is_known"
            ),
        ]
        indexes = [models.Index(fields=["stage", "answer_by"], name="case_objection_by_stage")]


class Evidence(models.Model):
    """A document that was shown: what it is and the digest of its bytes. The document itself is not kept.

    Put at the wrong case, it is struck out by whoever put it there; the line stays.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    kind = models.TextField()
    title = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    digest = models.TextField()
    added_at = models.DateTimeField()
    added_by = models.TextField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "digest"], condition=Q(struck_at=None), name="case_evidence_is_added_once"
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by="") | Q(struck_at__isnull=False, struck_by=F("added_by")),
                name="case_evidence_is_struck_by_who_added_it",
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="case_evidence_has_a_digest"),
            models.CheckConstraint(condition=Q(size__gt=0), name="case_evidence_is_not_empty"),
        ]


class CaseLetter(models.Model):
    """A letter as it was sent: its text and the bytes of its PDF. Never changed, whatever the template becomes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    event = models.IntegerField()
    kind = models.TextField()
    language = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    pdf = models.BinaryField()
    digest = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "event", "kind"], name="case_letter_tells_a_step_once"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="case_letter_has_a_digest"),
        ]


class OfficerTask(models.Model):
    """Something that a person must look at, until somebody did."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    kind = models.TextField()
    about = models.TextField()
    data = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "about"], name="case_task_is_made_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by="") | Q(done_at__isnull=False) & ~Q(done_by=""),
                name="case_task_is_done_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["made_at"], condition=Q(done_at=None), name="case_task_to_do")]
