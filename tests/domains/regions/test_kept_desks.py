"""A region keeps its own desks: at once, by nobody else, and never lost. Guards are tried in the role of the site."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.regions import actions
from dichterbij.domains.regions.actions.desks import load_desks
from dichterbij.domains.regions.errors import DeskChangedError
from dichterbij.domains.regions.models import KeptDesk, Region
from dichterbij.domains.regions.queries.desks import all_desks, changes_of, desks_for
from dichterbij.domains.regions.rules.desk_files import read_desks
from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind, Topic, Who
from dichterbij.domains.regions.rules.desk_records import read_desk, record_of
from dichterbij.shared.errors import InputError, NotFoundError
from support.people import as_owner, as_the_site

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
CARLA = Actor(user=uuid4(), role=Role.COORDINATOR, organisation=uuid4(), region="AM12")
TRUUS = Actor(user=uuid4(), role=Role.COORDINATOR, organisation=uuid4(), region="AM05")
ANNA = replace(CARLA, role=Role.ADVISER)
AZIZ = Actor(user=uuid4(), role=Role.ADMINISTRATOR, organisation=uuid4(), region="")
RMT = next(desk for desk in read_desks() if desk.desk_id == "AM12-rmt")


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), as_the_site("kept_desks"):  # type: ignore[attr-defined]
        codes = sorted({desk.region_code for desk in read_desks() if desk.region_code})
        with as_owner():
            Region.objects.bulk_create(
                Region(code=code, name=f"Regio {code}", inhabitants=2, population_15_74=1) for code in codes
            )
            with transaction.atomic():
                load_desks(TODAY)
        yield


@pytest.fixture
def undone(site: None) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def given() -> Desk:
    """Where somebody in AM12 who looks for work is sent now."""
    found = desks_for(who=Who.JOB_SEEKER, topic=Topic.WORK, home_region="AM12", work_region=None, on=TODAY)
    return found.value[0].desk


@pytest.mark.parametrize("desk", read_desks(), ids=lambda desk: desk.desk_id)
def test_the_record_of_a_desk_is_that_desk(desk: Desk) -> None:
    assert read_desk(record_of(desk), region_code=desk.region_code, where="here") == desk


@pytest.mark.usefixtures("undone")
def test_a_change_is_there_at_once_and_stays_when_the_files_are_loaded_again() -> None:
    actions.keep_desk(actor=CARLA, desk=replace(RMT, phone="(0XX) 000 12 99"), seen=0, now=NOW)
    assert given().phone == "(0XX) 000 12 99"
    with as_owner():
        load_desks(TODAY)
    assert given().phone == "(0XX) 000 12 99"
    assert len(all_desks()) == len(read_desks())


@pytest.mark.usefixtures("undone")
def test_every_change_can_be_taken_back_until_the_packaged_desk_counts_again() -> None:
    for seen, phone in enumerate(["(0XX) 000 12 98", "(0XX) 000 12 99"]):
        actions.keep_desk(actor=CARLA, desk=replace(RMT, phone=phone), seen=seen, now=NOW)
    for number, phone in ((2, "(0XX) 000 12 98"), (1, RMT.phone)):
        actions.take_desk_back(actor=CARLA, desk_id=RMT.desk_id, number=number, now=NOW)
        assert given().phone == phone
    with pytest.raises(NotFoundError):
        actions.take_desk_back(actor=CARLA, desk_id=RMT.desk_id, number=1, now=NOW)
    assert [one.desk.phone for one in changes_of([RMT.desk_id])[RMT.desk_id]] == ["(0XX) 000 12 99", "(0XX) 000 12 98"]


@pytest.mark.usefixtures("undone")
def test_of_two_who_looked_at_the_same_desk_the_second_is_told() -> None:
    actions.keep_desk(actor=CARLA, desk=replace(RMT, phone="(0XX) 000 12 98"), seen=0, now=NOW)
    with pytest.raises(DeskChangedError):
        actions.keep_desk(actor=CARLA, desk=replace(RMT, phone="(0XX) 000 12 99"), seen=0, now=NOW)
    assert given().phone == "(0XX) 000 12 98"


@pytest.mark.usefixtures("undone")
def test_a_new_desk_gets_an_id_of_its_own_and_a_closed_one_sends_to_its_successor() -> None:
    new = actions.new_desk_id(replace(RMT, phone="(0XX) 000 12 77", valid_from=TODAY + timedelta(1)))
    assert new.desk_id == "AM12-rmt-2"
    actions.keep_desk(actor=CARLA, desk=new, seen=0, now=NOW)
    actions.keep_desk(actor=CARLA, desk=replace(RMT, valid_to=TODAY), seen=0, now=NOW)
    tomorrow = TODAY + timedelta(1)
    found = desks_for(who=Who.JOB_SEEKER, topic=Topic.WORK, home_region="AM12", work_region=None, on=tomorrow)
    assert found.value[0].desk.desk_id == "AM12-rmt-2"


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize("actor", [TRUUS, ANNA], ids=["another region", "adviser"])
def test_nobody_else_keeps_a_desk(actor: Actor) -> None:
    with pytest.raises(NotAllowedError):
        actions.keep_desk(actor=actor, desk=RMT, seen=0, now=NOW)
    actions.keep_desk(actor=AZIZ, desk=RMT, seen=0, now=NOW)
    with pytest.raises(NotFoundError):
        actions.take_desk_back(actor=actor, desk_id=RMT.desk_id, number=1, now=NOW)


@pytest.mark.usefixtures("undone")
def test_the_same_press_twice_undoes_one_change() -> None:
    for seen in range(2):
        actions.keep_desk(actor=CARLA, desk=RMT, seen=seen, now=NOW)
    actions.take_desk_back(actor=CARLA, desk_id=RMT.desk_id, number=2, now=NOW)
    with pytest.raises(DeskChangedError):
        actions.take_desk_back(actor=CARLA, desk_id=RMT.desk_id, number=2, now=NOW)


@pytest.mark.usefixtures("undone")
def test_a_desk_that_was_added_and_undone_can_be_added_again() -> None:
    for _ in range(2):
        new = actions.new_desk_id(RMT)
        actions.keep_desk(actor=CARLA, desk=new, seen=0, now=NOW)
        actions.take_desk_back(actor=CARLA, desk_id=new.desk_id, number=1, now=NOW)


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize("change", [{"valid_to": TODAY}, {"valid_from": TODAY + timedelta(1)}])
def test_the_national_team_cannot_be_ended_because_every_page_ends_with_it(change: dict[str, Any]) -> None:
    team = next(desk for desk in read_desks() if desk.kind is Kind.NATIONAL)
    with pytest.raises(InputError, match="One national desk stays"):
        actions.keep_desk(actor=AZIZ, desk=replace(team, **change), seen=0, now=NOW)
    assert KeptDesk.objects.count() == 0


@pytest.mark.usefixtures("undone")
def test_what_a_newer_version_cannot_read_is_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    actions.keep_desk(actor=CARLA, desk=replace(RMT, phone="(0XX) 000 12 99"), seen=0, now=NOW)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute('UPDATE regions_keptdesk SET record = record || \'{"kind": "gone"}\'')
    assert given().phone == RMT.phone
    assert "AM12-rmt" in caplog.text


@pytest.mark.usefixtures("undone")
def test_a_desk_that_cannot_be_is_not_kept() -> None:
    with pytest.raises(InputError, match="invented phone"):
        actions.keep_desk(actor=CARLA, desk=replace(RMT, phone="030 123 45 67"), seen=0, now=NOW)
    assert KeptDesk.objects.count() == 0


def write(actor: Actor | None, statement: str) -> int:
    """What a query of the site does that asks nobody; how many rows it reached."""
    with transaction.atomic():
        if actor is None:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.rowcount
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount


INSERT = """INSERT INTO regions_keptdesk (desk_id, region_id, number, record, kept_at, kept_by)
    VALUES ('AM12-x', 'AM12', 1, '{}', now(), 'me')"""
TAKE_BACK = "UPDATE regions_keptdesk SET taken_back_at = now() WHERE desk_id = 'AM12-rmt'"


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize("actor", [None, TRUUS, ANNA], ids=["nobody", "another region", "adviser"])
def test_the_database_takes_a_desk_from_its_own_region_only(actor: Actor | None) -> None:
    actions.keep_desk(actor=CARLA, desk=RMT, seen=0, now=NOW)
    with pytest.raises(DatabaseError, match="row-level security"):
        write(actor, INSERT)
    assert write(actor, TAKE_BACK) == 0
    assert write(CARLA, TAKE_BACK) == 1


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize(
    "statement", ["DELETE FROM regions_keptdesk", "UPDATE regions_keptdesk SET record = '{}'"], ids=["delete", "update"]
)
def test_what_was_kept_is_never_changed_or_removed(statement: str) -> None:
    actions.keep_desk(actor=CARLA, desk=RMT, seen=0, now=NOW)
    with pytest.raises(DatabaseError, match="permission denied"):
        write(CARLA, statement)
