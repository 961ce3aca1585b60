"""Hand-overs, and every step each of them took. No name of anybody: those come from people and openings."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from dichterbij.domains.referral.rules import Ending, Level, Move, State
from dichterbij.domains.referral.rules.references import PATTERN

STATES = [state.value for state in State]
LEVELS = [level.value for level in Level]
ENDINGS = [ending.value for ending in Ending]
MOVES = [move.value for move in Move]


class Handover(models.Model):
    """Somebody handed over: a person, or an employer with the message of this reference (the other one is empty).

    `to_organisation` must act, `owner_organisation` answers for it until then.

    `from_organisation` is null where a helper or the person did it. `version` counts the moves: whoever acts on a page
    says which one it showed. `token_digest` recognises the person's own link, and a form that is sent again.
    `adviser` is the colleague of `to_organisation` who accepted. Who leaves school: `last_day` there, and `contact_on`,
    the first contact of whoever has it with them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reference = models.TextField()
    token_digest = models.TextField()
    person = models.UUIDField(null=True)
    message = models.TextField(blank=True, default="")
    region = models.TextField()
    topic = models.TextField()
    from_organisation = models.UUIDField(null=True)
    to_organisation = models.UUIDField()
    owner_organisation = models.UUIDField()
    adviser = models.UUIDField(null=True)
    state = models.TextField()
    level = models.TextField()
    bounces = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=1)
    answer_by = models.DateField()
    reminded_for = models.DateField(null=True)
    question = models.TextField()
    sender_words = models.TextField(blank=True, default="")
    language = models.TextField()
    ending = models.TextField(blank=True, default="")
    onward = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="follows")
    result_goes_along = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    invented = models.BooleanField(default=False)
    last_day = models.DateField(null=True)
    contact_on = models.DateField(null=True)
    place = models.TextField(blank=True, default="")  # the code of the finding place somebody came through

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="handover_reference_is_unique"),
            models.UniqueConstraint(fields=["token_digest"], name="handover_is_sent_once"),
            models.CheckConstraint(condition=Q(reference__regex=PATTERN), name="handover_reference_can_be_read"),
            models.CheckConstraint(
                condition=Q(person=None) & ~Q(message="") | Q(person__isnull=False, message=""),
                name="handover_is_about_one",
            ),
            models.UniqueConstraint(
                fields=["message"],
                condition=~Q(message="") & Q(state__in=["sent", "accepted"]),
                name="handover_of_a_message_is_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.ANSWERED.value) | ~Q(message=""), name="handover_answered_is_of_an_employer"
            ),
            models.CheckConstraint(
                condition=Q(("token_digest__regex", r"^[0-9a-f]{64}$")), name="handover_keeps_a_digest_of_its_token"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="handover_state_is_known"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="handover_level_is_known"),
            models.CheckConstraint(condition=Q(ending__in=["", *ENDINGS]), name="handover_ending_is_known"),
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(ending="") | ~Q(state="closed") & Q(ending=""),
                name="handover_says_how_it_ended",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.NOT_SUITABLE.value) | Q(onward__isnull=False),
                name="handover_not_suitable_goes_on",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(owner_organisation=F("to_organisation"), accepted_at__isnull=False),
                name="handover_accepted_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "accepted"], ended_at=None)
                | Q(state__in=["closed", "withdrawn"], ended_at__isnull=False),
                name="handover_that_ended_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(contact_on=None) | Q(last_day__isnull=False), name="handover_contact_follows_a_last_day"
            ),
            models.CheckConstraint(condition=Q(last_day=None) | Q(message=""), name="handover_of_school_is_a_person"),
            models.CheckConstraint(
                condition=Q(from_organisation=None) | ~Q(version=1) | ~Q(to_organisation=F("from_organisation")),
                name="handover_goes_to_somebody_else",
            ),
        ]
        indexes = [
            models.Index(fields=["to_organisation", "state", "answer_by"], name="handover_to_answer"),
            models.Index(fields=["owner_organisation", "state", "answer_by"], name="handover_answered_for"),
            models.Index(fields=["from_organisation", "state", "answer_by"], name="handover_sent_by"),
            models.Index(fields=["person"], name="handover_of_a_person"),
            # Whole: who sees a message is asked without saying that there is one.
            models.Index(fields=["message"], name="handover_of_a_message"),
            models.Index(
                fields=["adviser", "state"], condition=Q(adviser__isnull=False), name="handover_of_an_adviser"
            ),
            models.Index(fields=["region", "made_at"], name="handover_of_a_region"),
            models.Index(fields=["place"], condition=~Q(place=""), name="handover_of_a_finding_place"),
            models.Index(fields=["answer_by"], condition=Q(state="sent"), name="handover_waiting"),
            models.Index(
                fields=["last_day"],
                condition=Q(state__in=["sent", "accepted"], last_day__isnull=False),
                name="handover_of_who_leaves_school",
            ),
            models.Index(
                fields=["region", "state"],
                condition=Q(state__in=["sent", "accepted"]),
                name="handover_open_in_a_region",
            ),
            *(
                models.Index(
                    fields=[f"{whose}_organisation", "-ended_at"],
                    condition=Q(ended_at__isnull=False),
                    name=f"handover_done_{whose}",
                )
                for whose in ("to", "owner", "from")
            ),
        ]


class Step(models.Model):
    """One move of a hand-over. Rows are added, never changed. `organisation` moved it; null: person or calendar."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="steps")
    number = models.IntegerField()
    move = models.TextField()
    at = models.DateTimeField()
    organisation = models.UUIDField(null=True)
    to_organisation = models.UUIDField(null=True)
    level = models.TextField()
    answer_by = models.DateField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "number"], name="step_has_its_place"),
            models.CheckConstraint(condition=Q(move__in=MOVES), name="step_move_is_known"),
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="step_level_is_known"),
            models.CheckConstraint(
                condition=~Q(move__in=["returned", "redirected"]) | ~Q(reason=""), name="step_back_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-at"], name="step_by_organisation")]
