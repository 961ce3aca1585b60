"""The words of officers: lists, stages, steps, flags, grounds, and what could not be done."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.queries.coworkers import names_of
from dichterbij.domains.budget.errors import InsufficientError
from dichterbij.domains.schemes.actions.cases import ChangedError, FourEyesError
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries.cases import Tab
from dichterbij.domains.schemes.rules.checks import Found
from dichterbij.domains.schemes.rules.procedure import Clock, Ground, Stage, Step, StepNotPossibleError
from dichterbij.domains.schemes.rules.reasons import Why, reason_texts
from dichterbij.shared.errors import DichterbijError, InputError
from dichterbij.web.schemes.officer_article_words import article
from dichterbij.web.schemes.present import in_words
from dichterbij.web.schemes.words import DOCUMENTS

TABS: Mapping[Tab, Promise] = {
    Tab.WARNED: _("Term ends soon"),
    Tab.TO_ASSESS: _("To assess"),
    Tab.TO_APPROVE: _("To approve"),
    Tab.INCOMPLETE: _("Incomplete"),
    Tab.FLAGGED: _("To look at"),
    Tab.TO_SETTLE: _("To settle"),
    Tab.TO_PAY: _("To pay"),
    Tab.TO_RECOVER: _("To get back"),
    Tab.OBJECTIONS: _("Objections"),
    Tab.ENDED: _("Ended cases"),
}
STAGES: Mapping[Stage, Promise] = {
    Stage.RECEIVED: _("Received"),
    Stage.INCOMPLETE: _("Something is missing"),
    Stage.GRANTED: _("Granted"),
    Stage.SETTLED: _("Settled"),
    Stage.WITHDRAWN: _("Withdrawn"),
    Stage.REFUSED: _("Refused"),
    Stage.NOT_CONSIDERED: _("Not considered"),
    Stage.TAKEN_BACK: _("Taken back by the applicant"),
    Stage.CLOSED: _("Closed"),
}
STEPS: Mapping[str, Promise] = {
    Step.RECEIVED.value: _("Received"),
    Step.COMPLETION_ASKED.value: _("Asked what is missing"),
    Step.COMPLETED.value: _("The application is complete"),
    Step.EVIDENCE_ADDED.value: _("Evidence shown"),
    Step.EVIDENCE_STRUCK.value: _("Document taken back: it is not of this case"),
    Step.ACCOUNT_CHANGED.value: _("Account number changed"),
    Step.FLAGGED.value: _("A reason to look"),
    Step.FLAG_ANSWERED.value: _("Looked at"),
    Step.PLACEMENT_ENDED.value: _("The placement ended"),
    Step.SUSPENDED.value: _("Term stands still"),
    Step.RESUMED.value: _("Term runs again"),
    Step.POSTPONED.value: _("A later day told"),
    Step.DEFAULT_TOLD.value: _("The applicant says that we are late"),
    Step.PROPOSED.value: _("Proposed"),
    Step.SENT_BACK.value: _("Proposal sent back"),
    Step.GRANTED.value: _("Granted"),
    Step.REFUSED.value: _("Refused"),
    Step.NOT_CONSIDERED.value: _("Not considered"),
    Step.TAKEN_BACK.value: _("Taken back by the applicant"),
    Step.ADVANCE_SET.value: _("Advance"),
    Step.SETTLED.value: _("Settled"),
    Step.PAYMENT_HELD.value: _("Payment held"),
    Step.PAYMENT_RELEASED.value: _("Payment goes on"),
    Step.PAYMENT_ORDERED.value: _("Put in a payment file"),
    Step.PAID.value: _("Paid"),
    Step.PAYMENT_FAILED.value: _("Payment did not go through"),
    Step.PAYMENT_RETURNED.value: _("Payment came back"),
    Step.LOWERED.value: _("Lowered"),
    Step.WITHDRAWN.value: _("Withdrawn"),
    Step.RECOVERY_CLAIMED.value: _("Claimed back"),
    Step.REPAID.value: _("Repaid"),
    Step.PENALTY_SET.value: _("Penalty for being late set"),
    Step.CLOSED.value: _("Closed"),
    "objection_lodged": _("Objection received"),
    "objection_defect_told": _("Objection: asked what is missing"),
    "objection_defect_mended": _("Objection: complete"),
    "objection_lateness_excused": _("Objection: late for a good reason"),
    "objection_invited": _("Objection: invited to talk"),
    "objection_heard": _("Objection: heard"),
    "objection_hearing_waived": _("Objection: need not be heard"),
    "objection_adjourned": _("Objection: a later day"),
    "objection_upheld": _("Objection: won"),
    "objection_rejected": _("Objection: not won"),
    "objection_inadmissible": _("Objection: not taken up"),
    "objection_taken_back": _("Objection: taken back"),
}
TO_PROPOSE: Mapping[Step, Promise] = {
    Step.GRANTED: _("Grant"),
    Step.REFUSED: _("Refuse"),
    Step.NOT_CONSIDERED: _("Do not consider: it stayed incomplete"),
    Step.ADVANCE_SET: _("Give an advance"),
    Step.SETTLED: _("Settle"),
    Step.LOWERED: _("Lower"),
    Step.WITHDRAWN: _("Withdraw"),
    Step.RECOVERY_CLAIMED: _("Claim money back"),
    Step.PENALTY_SET: _("Set the penalty for being late"),
}
TO_TAKE: Mapping[Step, Promise] = {
    Step.COMPLETION_ASKED: _("Ask what is missing"),
    Step.COMPLETED: _("It is complete now"),
    Step.SUSPENDED: _("Let the term stand still"),
    Step.RESUMED: _("Let the term run again"),
    Step.POSTPONED: _("Tell a later day"),
    Step.DEFAULT_TOLD: _("The applicant wrote that we are late"),
    Step.TAKEN_BACK: _("The applicant takes it back"),
    Step.PAYMENT_HELD: _("Hold the payment"),
    Step.PAYMENT_RELEASED: _("Let the payment go on"),
    Step.CLOSED: _("Close the case"),
}
CLOCKS: Mapping[str, Promise] = {
    Clock.COMPLETION.value: _("The applicant sends what is missing"),
    Clock.NOT_CONSIDERED.value: _("Decide not to consider it"),
    Clock.DECISION.value: _("Decide"),
    Clock.SETTLEMENT.value: _("Settle"),
    Clock.PAYMENT.value: _("Pay out"),
    Clock.PAYMENT_HELD.value: _("Payment is held, at the longest"),
}
FLAGS: Mapping[str, Promise] = {
    "same_person": _("More than one application for the same person"),
    "same_account": _("Another employer has the same account number"),
    "same_address": _("Another employer has the same address"),
    "near_name": _("Another employer has almost the same name"),
    "group_cap": _("The group has more placements than it may"),
    "quick_dismissal": _("The placement ended soon"),
    "own_employer": _("Somebody placed at a company of their own"),
    "risk_sample": _("Drawn to be checked, by risk"),
    "random_sample": _("Drawn to be checked, from all"),
    "de_minimis": _("More state aid in three years than is allowed"),
}
FOUND: Mapping[str, Promise] = {
    Found.IN_ORDER.value: _("Yes, it is in order"),
    Found.NOT_IN_ORDER.value: _("No, something is wrong"),
    Found.UNCLEAR.value: _("Cannot be said"),
}
DOCUMENT_KINDS: Mapping[str, Promise] = {
    **DOCUMENTS,
    "objection": _("letter of objection"),
    "other": _("something else"),
}
MISSING: Mapping[str, Promise] = {**DOCUMENTS, "de_minimis": _("statement of state aid of the last three years")}
GROUNDS: Mapping[Ground, Promise] = {
    Ground.NOT_DONE: _("What the money is for was not done"),
    Ground.DUTY_NOT_MET: _("A duty was not met"),
    Ground.WRONG_DATA: _("The application said something that is not right"),
    Ground.KNEW_IT_WAS_WRONG: _("The decision was wrong, and the applicant could know"),
    Ground.NEW_FACTS: _("New facts that nobody could know then"),
    Ground.SETTLEMENT_KNOWN_WRONG: _("The settlement was wrong, and the applicant could know"),
    Ground.DUTY_AFTER_SETTLEMENT: _("A duty was not met after the settlement"),
}
TASKS: Mapping[str, Promise] = {
    "payment_refused": _("The bank refused the payment: ask another account number"),
    "payment_returned": _("The payment came back: ask another account number"),
    "payment_in_doubt": _("Perhaps paid already: look at the bank before you pay"),
    "document_came": _("The applicant sent a document: look whether that is all"),
    "account_by_applicant": _("The applicant gave another account number: call them first, at a number you know"),
    "applicant_stops": _("The applicant wants to stop: propose to withdraw what was granted"),
    "bank_says_otherwise": _("The bank names something else than we ordered: call the bank"),
}
FACTS: Mapping[str, Promise] = {
    "applicant": _("Who asks"),
    "employer": _("Employer"),
    "group": _("Group"),
    "person": _("Person, as a code"),
    "category": _("Kind"),
    "quantity": _("How many"),
    "start": _("Begins on"),
    "cost_cents": _("Costs"),
    "own_cents": _("Pays of it themselves"),
    "met": _("Says that this is so"),
}
INPUTS: Mapping[str, Promise] = {
    "times": _("times"),
    "employers": _("employers"),
    "likeness": _("alike, of 100"),
    "least": _("at least"),
    "names": _("names"),
    "started_on": _("first day"),
    "ended_on": _("last day"),
    "looked_at_until": _("looked at until"),
    "employer": _("employer"),
    "asks": _("ask for"),
    "entities": _("companies"),
    "placements": _("placements"),
    "most": _("at most"),
    "class": _("class of risk"),
    "seed": _("seed"),
    "size": _("cases in this class"),
    "taken": _("drawn"),
    "chance": _("chance to be drawn"),
    "given_cents": _("given"),
    "ceiling_cents": _("at most"),
    "since": _("since"),
    "asked_cents": _("asked now"),
    "left_cents": _("left"),
}
ACTORS: Mapping[str, Promise] = {
    "decider": _("the rules of the scheme"),
    "demo": _("the example data"),
    "dichterbij schemes": _("the computer"),
    "applicant": _("the applicant"),
    "bank": _("the bank"),
}
RESULTS: Mapping[str, Promise] = {
    "paid": _("paid"),
    "refused": _("refused"),
    "returned": _("came back"),
}
MEND: Mapping[str, Promise] = {
    "reason": _("Write why, in at most 2,000 letters. Whoever gets the letter reads this."),
    "answer": _("Write what you found, in at most 2,000 letters."),
    "ground": _("Choose the ground. The law has other ones before the settlement than after it."),
    "cents": _("This amount cannot be. Look at what was granted, paid and claimed back."),
    "until": _("Fill in a day that lies after today."),
    "account": _("That is no account number. Look at each sign."),
    "flagged": _("A colleague answered this already."),
    "document": _("Choose a PDF, PNG or JPEG of at most 10 MB."),
    "words": _("Write what the applicant says, in at most 2,000 letters."),
    "received_on": _("An objection came today or before."),
    "posted_on": _("It was posted on the day it came, or before."),
    "last_day": _("The placement ended today or before."),
    "on": _("Fill in today or a day before."),
    "source": _("Write how you know it."),
    "other": _("Fill in the number of another company."),
    "amount": _("Fill in an amount: 0 when the company had none."),
    "seed": _("Fill in a number to draw with, or leave it empty."),
}


def names(actors: Iterable[str]) -> dict[str, str]:
    """What these actors are called on a page. One query."""
    asked = set(actors)
    users = {one: UUID(one.removeprefix("user:")) for one in asked if one.startswith("user:")}
    known = names_of(users.values()) if users else {}
    found = {one: known.get(user) or gettext("a colleague") for one, user in users.items()}
    return {one: found.get(one) or str(ACTORS.get(one, one)) for one in asked}


def reason(actor: str, text: str) -> str:
    """A reason as people read it: of the decider it is the name of a reason of the scheme."""
    try:
        found = reason_texts()[Why[text.upper()]] if actor == "decider" else None
    except KeyError:
        return text
    return f"{in_words(found.words)} ({article(found.basis)})" if found else text


def proposal(step: str) -> str:
    """What is proposed: "Grant"; an answer to an objection as it stands in the history."""
    return str(TO_PROPOSE[Step(step)] if step in set(Step) and Step(step) in TO_PROPOSE else STEPS.get(step, step))


def problem(error: DichterbijError) -> str:
    """What could not be done, and what to do, in the language of the page."""
    if isinstance(error, ChangedError):
        return gettext(
            "A colleague did something with this just now. Below is how it is now. What you typed is still there: look"
            " first, then press the button again."
        )
    if isinstance(error, FourEyesError):
        return gettext("You had a part in this yourself. Somebody else must look at it: ask a colleague.")
    if isinstance(error, InsufficientError):
        return gettext(
            "There is not enough money for this now. Nothing was written down, and the proposal stays: approve it when"
            " there is money."
        )
    if isinstance(error, StepNotPossibleError):
        return gettext("That cannot be done with this case now. Below is what can be done.")
    if isinstance(error, NotPossibleError):
        return gettext("That cannot be done now. Look at the amounts and at what was done before.")
    if isinstance(error, InputError):
        return str(MEND.get(str(error.fields.get("field"))) or gettext("Something is not right. Look at it again."))
    return gettext("It could not be done now. Nothing is lost: try again.")


def status_of(error: DichterbijError) -> int:
    """422 for what must be mended, 409 for what is otherwise than the page said."""
    return 422 if isinstance(error, InputError) else 409
