"""How long somebody has to answer: dated data in `data/rules/hand_over/`, under what a coordinator set on screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.referral.rules.days import FOLDER
from dichterbij.domains.referral.rules.states import Level
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError


@dataclass(frozen=True)
class Terms:
    """The terms of one period, in working days. `is_assumption`: no region and no document said so.

    `undo_days`: calendar days in which the division of a caseload can be taken back. `an_hour_per_place`: hand-overs
    without an account, from one network address.
    """

    answer_days: int
    answers: Mapping[str, int]
    level_days: Mapping[Level, int]
    remind_days: int
    longest_days: int
    undo_days: int
    an_hour_per_place: int
    source: str

    def days(self, level: Level, region: str, own: int | None = None) -> int:
        """Working days to answer for whoever has it at this level. `own`: what the region's coordinator set."""
        if level is not Level.DESK:
            return self.level_days[level]
        return own or self.answers.get(region, self.answer_days)

    def is_assumption(self, region: str, own: int | None = None) -> bool:
        """Whether the term of this region's desks is ours, and not the region's."""
        return own is None and region not in self.answers


def load_terms(*, on: date) -> Terms:
    """The terms of this day. InputError for a file that cannot be used."""
    file = read_rule_folder(newest_folder(FOLDER, on=on), names=["terms"], own=None)["terms"]
    try:
        values = file.values
        return Terms(
            answer_days=int(values["answer"]["working_days"]),
            answers={code: int(row["working_days"]) for code, row in values["answer"]["regions"].items()},
            level_days={
                level: int(values["levels"][level.value]["working_days"]) for level in Level if level is not Level.DESK
            },
            remind_days=int(values["remind"]["working_days_before"]),
            longest_days=int(values["longest"]["working_days"]),
            undo_days=int(values["undo_division"]["days"]),
            an_hour_per_place=int(values["without_account"]["an_hour_per_place"]),
            source=str(values["source"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error
