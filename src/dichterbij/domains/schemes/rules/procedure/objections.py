"""An objection: its term, whether it came in time, hearing, and when the answer must be there. Awb 6:4-7:13. Pure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from dichterbij.domains.schemes.rules.procedure.clock import Clock, Clocks, Suspension, Term, term
from dichterbij.domains.schemes.rules.procedure.stages import StepNotPossibleError
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.shared.errors import InputError


class ObjectionStage(StrEnum):
    """Where an objection is."""

    LODGED = "lodged"
    INCOMPLETE = "incomplete"
    HEARD = "heard"
    UPHELD = "upheld"
    REJECTED = "rejected"
    INADMISSIBLE = "inadmissible"
    TAKEN_BACK = "taken_back"


class ObjectionStep(StrEnum):
    """What was done with it."""

    DEFECT_TOLD = "defect_told"
    DEFECT_MENDED = "defect_mended"
    LATENESS_EXCUSED = "lateness_excused"
    INVITED = "invited"
    HEARD = "heard"
    HEARING_WAIVED = "hearing_waived"
    ADJOURNED = "adjourned"
    UPHELD = "upheld"
    REJECTED = "rejected"
    INADMISSIBLE = "inadmissible"
    TAKEN_BACK = "taken_back"


OPEN_OBJECTIONS: Final = tuple(
    one.value for one in (ObjectionStage.LODGED, ObjectionStage.INCOMPLETE, ObjectionStage.HEARD)
)
ANSWERS: Final = frozenset({ObjectionStep.UPHELD, ObjectionStep.REJECTED, ObjectionStep.INADMISSIBLE})
ANSWERED: Final = frozenset(
    {ObjectionStage.UPHELD, ObjectionStage.REJECTED, ObjectionStage.INADMISSIBLE, ObjectionStage.TAKEN_BACK}
)


class Lateness(StrEnum):
    """Whether it came in time."""

    IN_TIME = "in_time"
    BY_POST = "by_post"
    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection after its steps. `term_end`: the last day on which it could be lodged."""

    stage: ObjectionStage
    decision_on: date
    lodged_on: date
    term_end: date
    lateness: Lateness
    is_excused: bool = False
    with_committee: bool = False
    is_heard: bool = False
    is_adjourned: bool = False
    mend_by: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    answered_on: date | None = None
    version: int = 1

    @property
    def is_admissible(self) -> bool:
        """Whether its content must be looked at."""
        return self.lateness is not Lateness.LATE or self.is_excused


def objection_term(published_on: date, *, clocks: Clocks) -> Outcome[Term]:
    """Six weeks from the day after the decision was made known (6:7, 6:8)."""
    return term(Clock.OBJECTION, after=published_on, clocks=clocks)


def lateness(*, published_on: date, received_on: date, posted_on: date | None, clocks: Clocks) -> Outcome[Lateness]:
    """Whether it came in time; by post it was posted before the end and came within a week after it (6:9, 6:10)."""
    ends = objection_term(published_on, clocks=clocks)
    inputs = {"last_day": ends.value.last_day, "received_on": received_on, "posted_on": posted_on}
    found = Lateness.LATE
    if received_on < published_on:
        found = Lateness.EARLY
    elif received_on <= ends.value.last_day:
        found = Lateness.IN_TIME
    elif posted_on is not None and posted_on <= ends.value.last_day:
        week = term(Clock.BY_POST, after=ends.value.last_day, clocks=clocks)
        found = Lateness.BY_POST if received_on <= week.value.last_day else Lateness.LATE
    articles = {
        Lateness.EARLY: "Awb 6:10", Lateness.IN_TIME: "Awb 6:9, first paragraph",
        Lateness.BY_POST: "Awb 6:9, second paragraph", Lateness.LATE: "Awb 6:11",
    }  # fmt: skip
    return Outcome(found, (*ends.reasons, Reason(f"objection.{found.value}", articles[found], inputs)))


def lodge(
    *,
    published_on: date,
    received_on: date,
    clocks: Clocks,
    posted_on: date | None = None,
    with_committee: bool = False,
) -> Objection:
    """A new objection. A late one is received too: whether the applicant could help it is asked, never assumed."""
    when = lateness(published_on=published_on, received_on=received_on, posted_on=posted_on, clocks=clocks).value
    ends = objection_term(published_on, clocks=clocks).value.last_day
    return Objection(ObjectionStage.LODGED, published_on, received_on, ends, when, with_committee=with_committee)


def answer_term(objection: Objection, *, clocks: Clocks, on: date | None = None) -> Outcome[Term]:
    """Six weeks, twelve with a committee, counted from the end of the term to object; six more adjourned (7:10)."""
    clock = Clock.OBJECTION_COMMITTEE if objection.with_committee else Clock.OBJECTION_DECISION
    still = objection.suspensions
    if objection.mend_by is not None and on is not None and on > objection.mend_by:
        still = (*still[:-1], replace(still[-1], last=objection.mend_by))
    first = term(clock, after=objection.term_end, clocks=clocks, suspended=still, on=on)
    if not objection.is_adjourned:
        return first
    more = term(Clock.ADJOURNMENT, after=first.value.counted_to, clocks=clocks)
    return Outcome(replace(more.value, stands_still=first.value.stands_still), (*first.reasons, *more.reasons))


def take_objection(
    objection: Objection, step: ObjectionStep, *, on: date, clocks: Clocks, until: date | None = None
) -> Objection:
    """The objection after this step. StepNotPossibleError when it does not follow; `until`: when a defect is mended."""
    is_again = objection.stage is ObjectionStage.UPHELD and step is ObjectionStep.UPHELD  # money follows later
    if objection.stage in ANSWERED and not is_again:
        raise StepNotPossibleError("This objection is answered: against the answer one can go to court.")
    changed = _taken(objection, step, on, clocks, until)
    return replace(changed, version=objection.version + 1)


def possible_for(objection: Objection) -> tuple[ObjectionStep, ...]:
    """Every step that follows now."""
    return tuple(step for step in ObjectionStep if _stops(objection, step) is None)


def _taken(objection: Objection, step: ObjectionStep, on: date, clocks: Clocks, until: date | None) -> Objection:
    why_not = _stops(objection, step)
    if why_not:
        raise StepNotPossibleError(why_not)
    match step:
        case ObjectionStep.DEFECT_TOLD:
            mend_by = until or term(Clock.COMPLETION, after=on, clocks=clocks).value.last_day
            if mend_by <= on:
                raise InputError("The term to mend it ends after today (Awb 6:6).", field="until")
            still = (*objection.suspensions, Suspension(on + timedelta(days=1)))
            return replace(objection, stage=ObjectionStage.INCOMPLETE, mend_by=mend_by, suspensions=still)
        case ObjectionStep.DEFECT_MENDED:
            return replace(_runs(objection, on), stage=ObjectionStage.LODGED)
        case ObjectionStep.LATENESS_EXCUSED:
            return replace(objection, is_excused=True)
        case ObjectionStep.INVITED:
            if until is None or until <= on:
                raise InputError("Name the day of the hearing, after today (Awb 7:2).", field="until")
            return objection
        case ObjectionStep.HEARD | ObjectionStep.HEARING_WAIVED:
            return replace(objection, stage=ObjectionStage.HEARD, is_heard=True)
        case ObjectionStep.ADJOURNED:
            return replace(objection, is_adjourned=True)
        case _:
            return replace(_runs(objection, on), stage=ObjectionStage(step.value), answered_on=on)


def _runs(objection: Objection, on: date) -> Objection:
    """The term of the answer runs again from the day after this one."""
    if not objection.suspensions or objection.suspensions[-1].last is not None:
        return objection
    *before, still = objection.suspensions
    last = min(on, objection.mend_by or on)
    kept = [replace(still, last=last)] if last >= still.first else []
    return replace(objection, suspensions=(*before, *kept), mend_by=None)


def _stops(objection: Objection, step: ObjectionStep) -> str | None:
    """Why this step cannot be taken; None when it can."""
    incomplete = objection.stage is ObjectionStage.INCOMPLETE
    checks = {
        ObjectionStep.DEFECT_TOLD: (objection.stage is not ObjectionStage.LODGED, "It is being completed, or heard."),
        ObjectionStep.DEFECT_MENDED: (not incomplete, "Nothing was missing."),
        ObjectionStep.LATENESS_EXCUSED: (objection.lateness is not Lateness.LATE, "It came in time."),
        ObjectionStep.INVITED: (objection.stage is not ObjectionStage.LODGED, "It is heard already, or incomplete."),
        ObjectionStep.HEARD: (objection.stage is not ObjectionStage.LODGED, "It is heard already, or incomplete."),
        ObjectionStep.HEARING_WAIVED: (
            objection.stage is not ObjectionStage.LODGED,
            "It is heard already, or incomplete.",
        ),
        ObjectionStep.ADJOURNED: (objection.is_adjourned, "It was adjourned once: more needs consent (Awb 7:10)."),
        ObjectionStep.UPHELD: (not objection.is_admissible, "It came too late, and that was not excused (Awb 6:11)."),
        ObjectionStep.REJECTED: (
            not (objection.is_admissible and objection.is_heard),
            "Whoever objects is heard first, or says that they need not be (Awb 7:2, 7:3).",
        ),
        ObjectionStep.INADMISSIBLE: (
            objection.is_admissible and not incomplete,
            "It came in time and nothing is missing: its content must be looked at.",
        ),
    }
    stops, why = checks.get(step, (False, ""))
    return why if stops else None
