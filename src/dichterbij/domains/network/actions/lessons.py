"""The log of lessons: added, and amended by a new version. Nothing that was written is ever changed."""

from dataclasses import asdict
from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.errors import ChangedError
from dichterbij.domains.network.may import LESSONS, check_may
from dichterbij.domains.network.models import LessonRow
from dichterbij.domains.network.rules.lessons import Lesson, checked, first_lessons
from dichterbij.shared.errors import NotFoundError


def add_lesson(*, actor: Actor, lesson: Lesson, now: datetime) -> str:
    """A new lesson; returns its key. InputError; NotAllowedError for who does not keep the log."""
    check_may(actor, LESSONS, now)
    key = uuid4().hex
    _write(actor, key, 1, lesson, "network.lesson_added", now)
    return key


def amend_lesson(*, actor: Actor, key: str, lesson: Lesson, version: int, now: datetime) -> None:
    """The lesson reads so from now on; what it said before stays. `version`: the one that was looked at.

    NotFoundError; ChangedError when somebody else amended it meanwhile; InputError.
    """
    check_may(actor, LESSONS, now)
    with acting(actor):
        newest = LessonRow.objects.filter(key=key).order_by("-version").values_list("version", flat=True).first()
    if newest is None and key not in first_lessons():
        raise NotFoundError("There is no such lesson.")
    if version != (newest or 1):
        raise ChangedError("Somebody else amended this lesson. Look at it again.")
    _write(actor, key, version + 1, lesson, "network.lesson_amended", now)


def _write(actor: Actor, key: str, version: int, lesson: Lesson, told: str, now: datetime) -> None:
    values = asdict(checked(lesson))
    try:
        with acting(actor):
            LessonRow.objects.create(key=key, version=version, by=str(actor), at=now, **values)
            record(actor=str(actor), action=told, data={"lesson": key, "version": version}, now=now)
    except IntegrityError as error:
        raise ChangedError("Somebody else amended this lesson. Look at it again.") from error
