"""Why a grant or a settlement may be taken back or lowered: the grounds of Awb 4:48 and 4:49, and no others. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Ground(StrEnum):
    """A ground; its words stand in the letters."""

    NOT_DONE = "not_done"
    DUTY_NOT_MET = "duty_not_met"
    WRONG_DATA = "wrong_data"
    KNEW_IT_WAS_WRONG = "knew_it_was_wrong"
    NEW_FACTS = "new_facts"
    SETTLEMENT_KNOWN_WRONG = "settlement_known_wrong"
    DUTY_AFTER_SETTLEMENT = "duty_after_settlement"


BEFORE_SETTLEMENT: Final[Mapping[Ground, str]] = {
    Ground.NOT_DONE: "Awb 4:48, first paragraph, a",
    Ground.DUTY_NOT_MET: "Awb 4:48, first paragraph, b",
    Ground.WRONG_DATA: "Awb 4:48, first paragraph, c",
    Ground.KNEW_IT_WAS_WRONG: "Awb 4:48, first paragraph, d",
}
AFTER_SETTLEMENT: Final[Mapping[Ground, str]] = {
    Ground.NEW_FACTS: "Awb 4:49, first paragraph, a",
    Ground.SETTLEMENT_KNOWN_WRONG: "Awb 4:49, first paragraph, b",
    Ground.DUTY_AFTER_SETTLEMENT: "Awb 4:49, first paragraph, c",
}


def grounds(*, is_settled: bool) -> Mapping[Ground, str]:
    """Each ground that can be used now, with its article."""
    return AFTER_SETTLEMENT if is_settled else BEFORE_SETTLEMENT
