"""Reading the log of lessons, which is public: what each says now, and what it said before."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import datetime

from dichterbij.domains.network.models import LessonRow
from dichterbij.domains.network.rules.lessons import Lesson, LessonStatus, Phase, Subject, first_lessons


@dataclass(frozen=True, slots=True)
class Version:
    """What a lesson said from a moment on. `at` None: it came along with the documents."""

    number: int
    lesson: Lesson
    at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptLesson:
    """A lesson of the log with every version, the newest first."""

    key: str
    versions: tuple[Version, ...]

    @property
    def now(self) -> Lesson:
        """As it reads now."""
        return self.versions[0].lesson

    @property
    def number(self) -> int:
        """The version that holds now."""
        return self.versions[0].number


def lessons() -> tuple[KeptLesson, ...]:
    """All of them, what was learnt last first. One query."""
    found: dict[str, list[Version]] = defaultdict(list)
    for row in LessonRow.objects.order_by("key", "-version"):
        found[row.key].append(Version(row.version, _lesson(row), row.at))
    for key, lesson in first_lessons().items():
        found[key].append(Version(1, lesson, None))
    kept = (KeptLesson(key, tuple(versions)) for key, versions in found.items())
    return tuple(sorted(kept, key=lambda one: (_newest(one), one.key)))


def _newest(one: KeptLesson) -> tuple[int, ...]:
    parts = [*one.now.learnt_when.split("-"), "0", "0"]
    return tuple(-int(part) for part in parts[:3])


def _lesson(row: LessonRow) -> Lesson:
    values = {field.name: getattr(row, field.name) for field in fields(Lesson)}
    kinds = {
        "phase": Phase(row.phase), "subject": Subject(row.subject), "status": LessonStatus(row.status)
    }  # fmt: skip
    return Lesson(**{**values, **kinds})
