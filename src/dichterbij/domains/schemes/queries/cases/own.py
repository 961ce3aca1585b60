"""What the applicant sees of their own case."""

from datetime import date

from dichterbij.domains.schemes.case_models import (
    Case,
    CaseEvent,
    OfficerTask,
)
from dichterbij.domains.schemes.queries.cases.one import letters_of
from dichterbij.domains.schemes.queries.cases.rows import OwnCase
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.contact import BY_APPLICANT, STOPS, can_be_paid_elsewhere
from dichterbij.domains.schemes.rules.procedure import (
    Stage,
    Step,
    kept_case,
    objection_term,
    read_clocks,
)
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import NotFoundError


def own_case(number: str, *, on: date) -> OwnCase:
    """What the applicant of this number sees; the page checks that it is theirs. NotFoundError before it is a case."""
    with own_work():
        row = Case.objects.filter(number=number).first()
        if row is None:
            raise NotFoundError("There is no such application.")
        state = kept_case(row.state)
        events = CaseEvent.objects.filter(case=row)
        asked = events.filter(step=Step.COMPLETION_ASKED.value).order_by("-number").first()
        about_it = events.filter(proposal__isnull=False).exclude(step__startswith="objection_")
        decisions = about_it.exclude(step="penalty_set").order_by("number")  # that one is about us, not about it
        first, decision = decisions.first(), decisions.last()
        ends = _object_by(decision, row)
        back = events.filter(step=Step.TAKEN_BACK.value).values_list("on", flat=True).first()
        tasks = set(OfficerTask.objects.filter(case=row, done_at=None).values_list("kind", flat=True))
        return OwnCase(
            row.number, opened(row.round_id).scheme.title.in_language(row.language), state.stage, row.received_on,
            back, first.on if first else None, state.settled_on, state.right_cents, state.ordered_cents,
            can_be_paid_elsewhere(state), STOPS in tasks, BY_APPLICANT in tasks, row.waits_for, row.term_ends,
            asked.reason if asked and state.stage is Stage.INCOMPLETE else "",
            state.granted_cents, state.paid_cents - state.repaid_cents, state.claimed_cents - state.repaid_cents,
            letters_of(row), decision.number if decision and ends and ends >= on else None, ends,
        )  # fmt: skip


def own_case_if_any(number: str, *, on: date) -> OwnCase | None:
    """The same; None before an officer has it."""
    try:
        return own_case(number, on=on)
    except NotFoundError:
        return None


def _object_by(decision: CaseEvent | None, row: Case) -> date | None:
    return objection_term(decision.on, clocks=read_clocks(on=row.received_on)).value.last_day if decision else None
