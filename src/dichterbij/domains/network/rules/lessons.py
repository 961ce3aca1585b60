"""What a lesson says: learnt in which phase, where and when, and what changed because of it. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from dichterbij.data import ROOT, read_yaml
from dichterbij.domains.network.rules.employers import LONGEST_LINE, LONGEST_TEXT
from dichterbij.domains.network.rules.names import tidy
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

WHEN = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
FILE = ROOT / "texts" / "lessons" / "lessons.yaml"


class Phase(StrEnum):
    """Where in the work it was learnt: the approach is rolled out in phases and looked at on the way."""

    PREPARE = "prepare"
    FIRST_REGIONS = "first_regions"
    ALL_REGIONS = "all_regions"
    EVALUATE = "evaluate"
    KEEP = "keep"


class Subject(StrEnum):
    """What it is about."""

    REACHING = "reaching"
    EMPLOYERS = "employers"
    MEETING = "meeting"
    TOGETHER = "together"
    NATIONAL = "national"
    MONEY = "money"
    LEARNING = "learning"


class LessonStatus(StrEnum):
    """What came of it. CHANGED: something is done in another way since, and the lesson says what."""

    NOTED = "noted"
    TAKEN_UP = "taken_up"
    CHANGED = "changed"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as it is written once. `english` and `changed_english` may be empty: then the Dutch is shown."""

    phase: Phase
    subject: Subject
    dutch: str
    learnt_where: str
    learnt_when: str
    source: str
    status: LessonStatus
    english: str = ""
    changed: str = ""
    changed_english: str = ""

    @property
    def words(self) -> Words:
        """The lesson in both languages."""
        return Words(self.dutch, self.english or self.dutch)

    @property
    def changed_words(self) -> Words:
        """What changed, in both languages."""
        return Words(self.changed, self.changed_english or self.changed)


def checked(lesson: Lesson) -> Lesson:
    """The lesson without spaces around its words. InputError names the field that cannot be kept as it is."""
    if not _is_day(lesson.learnt_when):
        raise InputError("Write a year, a month or a day: 2023, 2023-06 or 2023-06-28.", field="learnt_when")
    found = replace(
        lesson,
        dutch=tidy(lesson.dutch, LONGEST_TEXT, "dutch", least=1), english=tidy(lesson.english, LONGEST_TEXT, "english"),
        changed=tidy(lesson.changed, LONGEST_TEXT, "changed"),
        changed_english=tidy(lesson.changed_english, LONGEST_TEXT, "changed_english"),
        learnt_where=tidy(lesson.learnt_where, LONGEST_LINE, "learnt_where", least=1),
        source=tidy(lesson.source, LONGEST_LINE, "source", least=1),
    )  # fmt: skip
    if found.status is LessonStatus.CHANGED and not found.changed:
        raise InputError("Say what changed.", field="changed")
    return found


def _is_day(text: str) -> bool:
    """Whether this year, month or day is in the calendar: 31 February is not."""
    try:
        return bool(WHEN.fullmatch(text) and date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False


@cache
def first_lessons() -> dict[str, Lesson]:
    """The lessons of the documents, with which every log begins, by key."""
    return {
        key: checked(
            Lesson(
                Phase(row["phase"]), Subject(row["subject"]), row["nl"], row["where"], str(row["when"]), row["source"],
                LessonStatus(row["status"]), row["en"], row.get("changed_nl", ""), row.get("changed_en", ""),
            )
        )
        for key, row in read_yaml(FILE)["lessons"].items()
    }  # fmt: skip
