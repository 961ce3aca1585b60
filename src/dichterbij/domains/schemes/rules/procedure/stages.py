"""The stages of a case and its steps: which step follows on which stage, and which one it leads to. Pure."""

from enum import StrEnum
from typing import Final

from dichterbij.shared.errors import DichterbijError


class StepNotPossibleError(DichterbijError):
    """This step does not follow on the stage the case is in; the text says which ones do."""

    code = "case_step_not_possible"


class Stage(StrEnum):
    """Where a case is. After REFUSED, NOT_CONSIDERED, TAKEN_BACK and CLOSED only an objection opens it again."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    GRANTED = "granted"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    NOT_CONSIDERED = "not_considered"
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"


class Step(StrEnum):
    """What was done, and what the calendar or the bank did."""

    RECEIVED = "received"
    COMPLETION_ASKED = "completion_asked"
    COMPLETED = "completed"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_STRUCK = "evidence_struck"
    ACCOUNT_CHANGED = "account_changed"
    FLAGGED = "flagged"
    FLAG_ANSWERED = "flag_answered"
    PLACEMENT_ENDED = "placement_ended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    POSTPONED = "postponed"
    DEFAULT_TOLD = "default_told"
    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_CONSIDERED = "not_considered"
    TAKEN_BACK = "taken_back"
    ADVANCE_SET = "advance_set"
    SETTLED = "settled"
    PAYMENT_HELD = "payment_held"
    PAYMENT_RELEASED = "payment_released"
    PAYMENT_ORDERED = "payment_ordered"
    PAID = "paid"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_RETURNED = "payment_returned"
    LOWERED = "lowered"
    WITHDRAWN = "withdrawn"
    RECOVERY_CLAIMED = "recovery_claimed"
    REPAID = "repaid"
    PENALTY_SET = "penalty_set"
    CLOSED = "closed"


DECISIONS: Final = frozenset(
    {
        Step.GRANTED,
        Step.REFUSED,
        Step.NOT_CONSIDERED,
        Step.ADVANCE_SET,
        Step.SETTLED,
        Step.LOWERED,
        Step.WITHDRAWN,
        Step.RECOVERY_CLAIMED,
        Step.PENALTY_SET,
    }
)
"""Steps that need two people: one who assessed, another one who approved."""

OPEN: Final = frozenset({Stage.RECEIVED, Stage.INCOMPLETE})

ENDED: Final = frozenset({Stage.REFUSED, Stage.NOT_CONSIDERED, Stage.TAKEN_BACK, Stage.CLOSED})

WITH_MONEY: Final = frozenset({Stage.GRANTED, Stage.SETTLED})

REOPENING: Final = frozenset({Step.GRANTED, Step.SETTLED})

BESIDE: Final = frozenset(
    {
        Step.EVIDENCE_ADDED, Step.EVIDENCE_STRUCK, Step.ACCOUNT_CHANGED, Step.FLAGGED, Step.FLAG_ANSWERED,
        Step.PLACEMENT_ENDED, Step.PROPOSED, Step.SENT_BACK,
    }
)  # fmt: skip
"""Steps that change no stage and no sum: always possible while the case is not ended."""
LOOKING: Final = frozenset(
    {Step.EVIDENCE_ADDED, Step.EVIDENCE_STRUCK, Step.FLAGGED, Step.FLAG_ANSWERED, Step.PLACEMENT_ENDED}
)
"""Those of somebody who looks: possible after the end as well, where a sample or an objection asks it."""

FROM: Final[dict[Step, frozenset[Stage]]] = {
    Step.COMPLETION_ASKED: frozenset({Stage.RECEIVED}),
    Step.COMPLETED: frozenset({Stage.INCOMPLETE}),
    Step.SUSPENDED: frozenset({Stage.RECEIVED}),
    Step.RESUMED: frozenset({Stage.RECEIVED}),
    Step.POSTPONED: OPEN,
    Step.DEFAULT_TOLD: OPEN,
    Step.GRANTED: frozenset({Stage.RECEIVED}),
    Step.REFUSED: frozenset({Stage.RECEIVED}),
    Step.NOT_CONSIDERED: frozenset({Stage.INCOMPLETE}),
    Step.TAKEN_BACK: OPEN,
    Step.ADVANCE_SET: frozenset({Stage.GRANTED}),
    Step.SETTLED: frozenset({Stage.GRANTED}),
    Step.PAYMENT_HELD: WITH_MONEY,
    Step.PAYMENT_RELEASED: WITH_MONEY,
    Step.PAYMENT_ORDERED: WITH_MONEY,
    Step.PAID: WITH_MONEY | {Stage.WITHDRAWN},
    Step.PAYMENT_FAILED: WITH_MONEY | {Stage.WITHDRAWN},
    Step.PAYMENT_RETURNED: WITH_MONEY | {Stage.WITHDRAWN, Stage.CLOSED},
    Step.LOWERED: WITH_MONEY,
    Step.WITHDRAWN: WITH_MONEY,
    Step.RECOVERY_CLAIMED: WITH_MONEY | {Stage.WITHDRAWN},
    Step.REPAID: WITH_MONEY | {Stage.WITHDRAWN},
    Step.PENALTY_SET: frozenset(Stage),
    Step.CLOSED: frozenset({Stage.SETTLED, Stage.WITHDRAWN}),
}

TO: Final[dict[Step, Stage]] = {
    Step.COMPLETION_ASKED: Stage.INCOMPLETE,
    Step.COMPLETED: Stage.RECEIVED,
    Step.GRANTED: Stage.GRANTED,
    Step.REFUSED: Stage.REFUSED,
    Step.NOT_CONSIDERED: Stage.NOT_CONSIDERED,
    Step.TAKEN_BACK: Stage.TAKEN_BACK,
    Step.SETTLED: Stage.SETTLED,
    Step.WITHDRAWN: Stage.WITHDRAWN,
    Step.CLOSED: Stage.CLOSED,
}
