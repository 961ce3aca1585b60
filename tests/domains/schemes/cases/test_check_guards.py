"""What the database keeps of ties, aid and documents: take a guard away, and what it stops is done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.check_models import AidTold, UndertakingTie
from dichterbij.domains.schemes.rules.checks import TieKind
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError, NotFoundError
from domains.schemes.cases.test_guards import run, undone, without
from support.cases import ANNA, Way, begun
from support.people import as_owner

pytestmark = pytest.mark.usefixtures("site")
TABLES = ("undertakingtie", "aidtold", "document", "checkasked")
STRUCK = ("undertakingtie", "aidtold")


@pytest.fixture(scope="module")
def way(site: None) -> Way:
    """A case with a document; aid and a tie that stand, and aid and a tie that were struck out."""
    way = begun()
    document = cases.read_document(kind="other", title="x.pdf", content=b"%PDF-1.7")
    cases.add_evidence(case=way.id, version=way.version, document=document, actor=ANNA, now=way.now)
    for turn in range(2):
        aid, tie = uuid4(), uuid4()
        for _ in range(2):  # the same id twice is one
            cases.tell_aid(aid=aid, entity="kvk:1", cents=5, on=way.today, source="x", actor=ANNA, now=way.now)
            cases.tell_tie(tie=tie, one="kvk:1", other="kvk:2", kind=TieKind.VOTES, since=way.today, source="x",
                           actor=ANNA, now=way.now)  # fmt: skip
        if turn:
            cases.ask_to_look(round_id=way.here.id, actor=ANNA, now=way.now)
        for id in (aid, tie) if turn else ():
            cases.strike_out(id=id, actor=ANNA, now=way.now)
            cases.strike_out(id=id, actor=ANNA, now=way.now)
    return way


def seen(table: str, before: str = "") -> int:
    """How many rows somebody sees who does not do the work of schemes."""
    with undone():
        if before:
            with as_owner(), connection.cursor() as cursor:
                cursor.execute(before)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM schemes_{table}")
            return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", TABLES)
def test_nobody_else_sees_them(way: Way, table: str) -> None:
    assert run(f"SELECT FROM schemes_{table}")
    assert seen(table) == 0
    assert seen(table, f"DROP POLICY schemes_{table}_seen ON schemes_{table};"
                f" CREATE POLICY all_of_it ON schemes_{table} USING (true)") > 0  # fmt: skip


@pytest.mark.parametrize("table", STRUCK)
def test_a_line_is_struck_out_once_and_never_changed_or_taken_away(way: Way, table: str) -> None:
    strike = f"UPDATE schemes_{table} SET struck_at = now(), struck_by = 'x' WHERE struck_at IS {{}} NULL"
    assert run(strike.format(""))
    assert not run(strike.format("NOT"))
    assert without(f"DROP TRIGGER schemes_{table}_is_struck_once ON schemes_{table}", strike.format("NOT"))
    change = f"UPDATE schemes_{table} SET source = 'anders' WHERE struck_at IS NULL"
    assert not run(change)
    assert without(f"GRANT UPDATE ON schemes_{table} TO dichterbij_site", change)
    gone = f"DELETE FROM schemes_{table}"
    assert not run(gone)
    assert not without(f"GRANT DELETE ON schemes_{table} TO dichterbij_site", gone)
    assert without(f"DROP TRIGGER schemes_{table}_stays ON schemes_{table}; GRANT DELETE ON schemes_{table} TO"
                   " dichterbij_site", gone)  # fmt: skip


def test_evidence_is_struck_out_once_by_who_added_it(way: Way) -> None:
    strike = "UPDATE schemes_evidence SET struck_at = now(), struck_by = {}"
    assert run(strike.format("added_by"))
    check = "ALTER TABLE schemes_evidence DROP CONSTRAINT case_evidence_is_struck_by_who_added_it"
    assert not run(strike.format("'somebody else'"))
    assert without(check, strike.format("'somebody else'"))
    twice = f"{strike.format('added_by')}; {strike.format('added_by')}"
    assert not run(twice)
    assert without("DROP TRIGGER schemes_evidence_is_struck_once ON schemes_evidence", twice)
    change, grant = f"{strike.format('added_by')}, title = 'x'", "GRANT UPDATE ON schemes_evidence TO dichterbij_site"
    assert not run(change)
    assert not without(grant, change)
    assert without(f"{grant}; DROP TRIGGER schemes_evidence_is_struck_once ON schemes_evidence", change)
    columns = "case_id, kind, title, media_type, size, digest, added_at, added_by"
    again = f"INSERT INTO schemes_evidence ({columns}, struck_by) SELECT {columns}, '' FROM schemes_evidence LIMIT 1"
    assert not run(again)
    assert run(f"{strike.format('added_by')}; {again}")
    assert without("DROP INDEX case_evidence_is_added_once", again)


def test_what_was_asked_is_done_once_and_never_goes(way: Way) -> None:
    again = "UPDATE schemes_checkasked SET done_at = now(), found = 0"
    assert not run(again)
    assert without("DROP TRIGGER schemes_checkasked_is_done_once ON schemes_checkasked", again)
    change, gone = "UPDATE schemes_checkasked SET seed = 'x'", "DELETE FROM schemes_checkasked"
    assert not run(change)
    right = "DROP TRIGGER schemes_checkasked_is_done_once ON schemes_checkasked;"
    assert without(f"{right} GRANT UPDATE ON schemes_checkasked TO dichterbij_site", change)
    assert not without("GRANT DELETE ON schemes_checkasked TO dichterbij_site", gone)
    assert without("DROP TRIGGER schemes_checkasked_stays ON schemes_checkasked;"
                   " GRANT DELETE ON schemes_checkasked TO dichterbij_site", gone)  # fmt: skip


@pytest.mark.parametrize(
    ("guard", "values"),
    [
        ("CONSTRAINT schemes_checkasked_is_of_somebody", "'', '', NULL, NULL"),
        ("CONSTRAINT schemes_checkasked_says_what_it_found", "'', 'x', now(), NULL"),
    ],
)
def test_what_was_asked_says_who_and_what_it_found(way: Way, guard: str, values: str) -> None:
    add = ("INSERT INTO schemes_checkasked (round_id, asked_at, seed, asked_by, done_at, found)"
           f" SELECT id, now(), {values} FROM schemes_round LIMIT 1")  # fmt: skip
    assert not run(add)
    assert without(f"ALTER TABLE schemes_checkasked DROP {guard}", add)


def test_what_is_asked_twice_waits_once(way: Way) -> None:
    add = ("INSERT INTO schemes_checkasked (round_id, asked_at, seed, asked_by)"
           " SELECT id, now(), 'x', 'x' FROM (SELECT min(id) AS id FROM schemes_round) r")  # fmt: skip
    assert run(add)
    assert not run(f"{add}; {add}")
    assert without("DROP INDEX schemes_checkasked_waits_once", f"{add}; {add}")


def test_a_document_is_not_changed_and_may_go(way: Way) -> None:
    change = "UPDATE schemes_document SET content = ''"
    assert not run(change)
    assert without("GRANT UPDATE ON schemes_document TO dichterbij_site", change)
    assert run("DELETE FROM schemes_document")


CHECKED = [
    ("schemes_tie_has_two_ends", "undertakingtie", "one", "other"),
    ("schemes_tie_is_known", "undertakingtie", "kind", "'friends'"),
    ("schemes_tie_ends_after_it_began", "undertakingtie", "until", "since - 1"),
    ("schemes_tie_says_how_it_is_known", "undertakingtie", "source", "''"),
    ("schemes_tie_is_struck_by_somebody", "undertakingtie", "struck_by", "'x'"),
    ("schemes_aid_is_of_somebody", "aidtold", "entity", "''"),
    ("schemes_aid_is_not_minus", "aidtold", "cents", "-1"),
    ("schemes_aid_says_how_it_is_known", "aidtold", "source", "''"),
    ("schemes_aid_is_struck_by_somebody", "aidtold", "struck_by", "'x'"),
]


@pytest.mark.parametrize(("check", "table", "column", "value"), CHECKED)
def test_what_cannot_be_is_refused(way: Way, check: str, table: str, column: str, value: str) -> None:
    right = f"GRANT UPDATE ON schemes_{table} TO dichterbij_site"
    wrong = f"UPDATE schemes_{table} SET {column} = {value} WHERE struck_at IS NULL"
    assert not without(right, wrong)
    assert without(f"{right}; ALTER TABLE schemes_{table} DROP CONSTRAINT {check}", wrong)


def aid(**more: Any) -> None:
    told = {"aid": uuid4(), "entity": "kvk:1", "cents": 1, "on": date(2026, 1, 1), "source": "x", "actor": ANNA}
    cases.tell_aid(**{**told, **more})


def test_what_was_filled_in_wrongly_is_named(way: Way) -> None:
    for wrong in ({"source": " "}, {"entity": ""}, {"cents": -1}, {"on": date(2999, 1, 1)}):
        with pytest.raises(InputError):
            aid(now=way.now, **wrong)
    with pytest.raises(NotFoundError):
        cases.strike_out(id=uuid4(), actor=ANNA, now=way.now)
    with pytest.raises(InputError):
        cases.tell_tie(tie=uuid4(), one="kvk:1", other="kvk:1", kind=TieKind.VOTES, since=way.today, source="x",
                       actor=ANNA, now=way.now)  # fmt: skip
    with pytest.raises(InputError):
        cases.read_document(kind="other", title="x", content=b"<html>")


def test_what_two_officers_write_down_at_one_moment_with_one_id_is_one(way: Way) -> None:
    aid, tie = uuid4(), uuid4()

    def tell() -> None:
        cases.tell_aid(aid=aid, entity="kvk:7", cents=5, on=way.today, source="x", actor=ANNA, now=way.now)
        cases.tell_tie(tie=tie, one="kvk:7", other="kvk:8", kind=TieKind.VOTES, since=way.today, source="x",
                       actor=ANNA, now=way.now)  # fmt: skip

    def beside() -> None:
        try:
            tell()
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            tell()  # not kept yet: whoever comes now finds nothing, and waits for it
            other = pool.submit(beside)
            wait_for_a_lock()
        other.result(timeout=20)
    with own_work():
        assert (AidTold.objects.filter(pk=aid).count(), UndertakingTie.objects.filter(pk=tie).count()) == (1, 1)


def wait_for_a_lock() -> None:
    """Until somebody waits for this transaction."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("nobody waits")
