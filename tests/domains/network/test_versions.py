"""What was written stays readable in its order: the database itself keeps the chain of versions."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.network import actions, models
from dichterbij.domains.network.rules.lessons import first_lessons
from support.network import ALKMAAR, MONDAY, UTRECHT, Country
from support.people import as_owner
from support.sweeping import undone

LESSON = first_lessons()["meetings"]
NAMES = ("phase", "subject", "dutch", "learnt_where", "learnt_when", "source", "status")


def lesson(**more: Any) -> None:
    values = {name: getattr(LESSON, name) for name in NAMES}
    models.LessonRow.objects.create(by="t", at=MONDAY, **values, **more)


def table(**more: Any) -> None:
    values = {"region": ALKMAAR, "on": MONDAY.date(), "subject": "S", "agenda": "A", "by": "t", "at": MONDAY}
    models.RegionalTable.objects.create(**values | more)


def test_a_version_of_a_lesson_follows_the_one_before_it(country: Country) -> None:
    key = actions.add_lesson(actor=country.national, lesson=LESSON, now=MONDAY)
    wrong = [(key, 99), (key, 3), (uuid4().hex, 2), ("early_partners", 1), ("early_partners", 3)]
    for name, version in wrong:
        with acting(country.national), pytest.raises(IntegrityError, match="follows"), undone():
            lesson(key=name, version=version)
    with acting(country.national), undone():
        lesson(key=key, version=2)
        lesson(key=key, version=3)
        lesson(key="early_partners", version=2)


def test_a_version_of_a_table_follows_the_one_before_it_in_the_same_region(country: Country) -> None:
    plan = actions.Table(ALKMAAR, MONDAY.date(), "S", "A")
    key = actions.plan_table(actor=country.national, table=plan, now=MONDAY)
    for wrong in ({"key": key, "version": 99}, {"key": key, "version": 2, "region": UTRECHT},
                  {"key": uuid4(), "version": 2}):  # fmt: skip
        with acting(country.national), pytest.raises(IntegrityError, match="follows"), undone():
            table(**wrong)
    with acting(country.national), undone():
        table(key=key, version=2)


@pytest.mark.parametrize("name", ["network_lesson", "network_regionaltable"])
def test_without_its_trigger_any_version_would_be_kept(country: Country, name: str) -> None:
    with undone():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        with acting(country.national):
            lesson(key=uuid4().hex, version=99) if name == "network_lesson" else table(key=uuid4(), version=99)


def test_a_lesson_of_the_documents_is_told_from_another_by_its_key() -> None:
    assert not [key for key in first_lessons() if re.fullmatch("[0-9a-f]{32}", key)]
