"""How long a desk takes and how long a sender is kept: dated data in `data/rules/placing/`."""

from dataclasses import dataclass
from datetime import date

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError

FOLDER = RULES / "placing"
# A title is somebody's own words: this stands for one that is forgotten.
NO_TITLE = "-"


@dataclass(frozen=True)
class AnswerTerm:
    """Working days within which a desk of this region answers; None: the region did not say. `source` as the data."""

    working_days: int | None
    source: str


@dataclass(frozen=True)
class Terms:
    """The terms of one period. A sender is kept `while_open_days` longer as long as a desk has to answer."""

    keep_sender_days: int
    keep_sender_source: str
    while_open_days: int
    longest_days: int
    answers: dict[str, AnswerTerm]
    answer_default: AnswerTerm
    checked_on: date

    def answer(self, region_code: str) -> AnswerTerm:
        """Within how many working days the desk of this region answers."""
        return self.answers.get(region_code, self.answer_default)


def load_terms(*, on: date) -> Terms:
    """The terms of this day. InputError for a file that cannot be used."""
    file = read_rule_folder(newest_folder(FOLDER, on=on), names=["terms"], own=None)["terms"]
    try:
        sender, answer = file.values["keep_sender"], file.values["answer"]
        return Terms(
            keep_sender_days=int(sender["days"]),
            keep_sender_source=str(sender["source"]),
            while_open_days=int(sender["while_open_days"]),
            longest_days=int(sender["longest_days"]),
            answers={
                code: AnswerTerm(int(row["working_days"]), row["source"]) for code, row in answer["regions"].items()
            },
            answer_default=AnswerTerm(answer["working_days"], str(answer["source"])),
            checked_on=file.values["checked_on"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error
