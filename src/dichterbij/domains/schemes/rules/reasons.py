"""Why an application gets what it gets: stable codes, with a short name and a text for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from dichterbij.data import RULES, read_yaml
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words


class Why(IntEnum):
    """The code of a decision, kept for ever: a number is never given to another reason. Below 10: money is granted."""

    GRANTED = 1
    LESS_PERSON = 2
    LESS_EMPLOYER = 3
    LESS_GROUP = 4
    LESS_CEILING = 5
    LESS_PRO_RATA = 6
    SETTLED_LOWER = 7
    ON_OBJECTION = 8

    SCHEME_CLOSED = 10
    SCHEME_WITHDRAWN = 11
    TOO_EARLY = 12
    BETWEEN_WINDOWS = 13
    TOO_LATE = 14
    WRONG_APPLICANT = 15
    START_MISSING = 16
    STARTED_TOO_EARLY = 17
    STARTED_TOO_LATE = 18
    WRONG_CATEGORY = 19
    NOTHING_ASKED = 20
    TOO_MUCH = 21
    NOTHING_TO_PAY = 22
    SCORE_TOO_LOW = 23
    PERSON_MISSING = 24
    EMPLOYER_MISSING = 25
    AMOUNT_IMPOSSIBLE = 26

    PERSON_FULL = 30
    EMPLOYER_FULL = 31
    GROUP_FULL = 32
    PLACES_FULL = 33
    CEILING_REACHED = 34
    WITHDRAWN = 40

    NO_ROUTE = 100
    NOT_UNUSED_POTENTIAL = 101
    NO_INTERVIEW = 102
    PRAKTIJKLEREN_TOO = 103
    PRAKTIJKLEREN_MBO_TOO = 104
    OWN_EMPLOYEE = 105
    NOT_RECOGNISED = 106
    SCHOOL_NOT_RECOGNISED = 107
    NO_OWN_MONEY = 108
    NOT_REGISTERED = 109
    NO_LINK_WITH_LABOUR_MARKET = 110
    NOT_FROM_ANOTHER_SECTOR = 111
    NOT_A_SHORTAGE_SECTOR = 112
    NO_PROFESSIONAL_JUDGEMENT = 113
    NOT_IN_TARGET_GROUP = 114
    NO_WW = 115
    RETURN_TO_SCHOOL_POSSIBLE = 116
    NO_REGIONAL_PLAN = 117
    NOT_THE_LAST_STEP = 118
    REGULAR_FIRST = 119
    NO_JOB = 120
    REGION_NOT_INVOLVED = 121
    NO_CLOSING_CASE = 122
    CAN_ABSORB = 123
    NOT_WORKING_WITH_WELFARE = 124
    NOT_THE_REGION = 125

    @property
    def slug(self) -> str:
        """The name in files and the API: `employer_full`."""
        return self.name.lower()

    @property
    def is_grant(self) -> bool:
        """Whether money is granted with this reason."""
        return self < LAST_GRANT


LAST_GRANT = 10  # codes below this one grant


@dataclass(frozen=True, slots=True)
class ReasonText:
    """What a reason says to the applicant, and the rule behind it."""

    why: Why
    words: Words
    basis: str


def why(slug: str) -> Why:
    """The reason of this name. KeyError for a name that does not exist."""
    return Why[slug.upper()]


@lru_cache(maxsize=1)
def reason_texts() -> Mapping[Why, ReasonText]:
    """The text of every reason."""
    read = Record.of(read_yaml(RULES / "scheme_reasons" / "2026-01-01" / "reasons.yaml"), at="reasons.yaml",
                     required=("valid_from", "checked_on", "source", "reasons"))  # fmt: skip
    reasons = Record.of(read.fields["reasons"], at="reasons.yaml", required=[one.slug for one in Why])
    return {one: _text(one, reasons) for one in Why}


def _text(one: Why, reasons: Record) -> ReasonText:
    record = Record.of(reasons.fields[one.slug], at=f"reasons.yaml, {one.slug}", required=("words", "basis"))
    return ReasonText(one, record.words("words"), record.text("basis"))


REASONS: Mapping[int, str] = {int(one): one.slug for one in Why}
