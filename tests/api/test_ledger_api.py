"""The ledger for the program of an auditor: all of it without anybody in it, and whether it is whole."""

import csv

import pytest
from django.db import connection

from dichterbij.domains.journal.models import AuditEvent
from support.budget import at, filled, move, posted
from support.people import as_owner
from support.programs import Program, with_right

pytestmark = pytest.mark.usefixtures("site")
LEDGER = "/geld/grootboek"


@pytest.fixture
def auditor() -> Program:
    return with_right("audit_money")


@pytest.fixture
def fund() -> str:
    """A fund in which somebody moved money for somebody."""
    fund = filled(700)
    posted(
        move(at("free", fund), at("earmarked", fund, purpose="training"), 300, reference="AV-SAMI"),
        reason="Voor Sami Verzonnen", actor="Jan Verzonnen",
    )  # fmt: skip
    return fund


def test_every_transfer_is_a_row_in_cents_without_anybody(auditor: Program, fund: str) -> None:
    text = auditor.text(LEDGER, Accept="text/csv")
    rows = [row for row in csv.DictReader(text.splitlines()) if f":{fund}:" in f"{row['van']}:{row['naar']}:"]
    assert [(row["naar"], row["bedragCenten"]) for row in rows] == [
        (str(at("free", fund).name), "700"), (at("earmarked", fund, purpose="training").name, "300"),
    ]  # fmt: skip
    assert not {"Sami", "SAMI", "Jan"} & {word for word in ("Sami", "SAMI", "Jan") if word in text}


def test_as_plain_text_accounting_it_balances_without_anybody(auditor: Program, fund: str) -> None:
    text = auditor.text(LEDGER, Accept="text/plain")
    lines = [line.split() for line in text.splitlines() if line.endswith(" EUR") and f":{fund}" in line]
    assert sorted(cents for _account, cents, _eur in lines) == ["-3.00", "-7.00", "3.00", "7.00"]
    assert not [word for word in ("Sami", "SAMI", "Jan") if word in text]


def test_whoever_asks_for_neither_is_told_the_two(auditor: Program) -> None:
    assert "text/csv" in auditor.get(LEDGER, 406, Accept="application/json")["detail"]


def test_taking_it_along_is_one_event_of_the_program(auditor: Program) -> None:
    auditor.text(LEDGER, Accept="text/csv")
    event = AuditEvent.objects.filter(action="budget.exported").latest("id")
    assert event.actor.startswith("program:")
    assert event.data == {"kind": "text/csv"}


def test_the_check_says_that_all_is_as_it_was_written_and_what_is_not(auditor: Program, fund: str) -> None:
    told = auditor.get(f"{LEDGER}/controle")
    assert (told["isHeel"], told["fouten"], told["verschilCenten"]) == (True, [], 0)
    head = told["kop"]
    assert auditor.get(f"{LEDGER}/controle?kop={head}")["isHeel"]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE budget_posting DISABLE TRIGGER USER")
        cursor.execute("UPDATE budget_posting SET reason = 'iets anders' WHERE reason = 'Voor Sami Verzonnen'")
        spoiled = auditor.get(f"{LEDGER}/controle")
        cursor.execute("UPDATE budget_posting SET reason = 'Voor Sami Verzonnen' WHERE reason = 'iets anders'")
        cursor.execute("ALTER TABLE budget_posting ENABLE TRIGGER USER")
    assert not spoiled["isHeel"]
    assert "veranderd" in {one["soort"] for one in spoiled["fouten"]}
    other = f"{head.partition(':')[0]}:{'0' * 64}"
    assert auditor.get(f"{LEDGER}/controle?kop={other}")["fouten"][-1]["soort"] == "andere-kop"
    auditor.get(f"{LEDGER}/controle?kop=onzin", 400)


def test_without_the_right_nobody_takes_it_along(program: Program) -> None:
    for path in (LEDGER, f"{LEDGER}/controle"):
        program.get(path, 401)
        with_right("carry_out_scheme").get(path, 403)


@pytest.mark.parametrize("path", [f"{LEDGER}?fund=x", f"{LEDGER}/controle?x=1"])
def test_a_question_that_does_not_exist_is_refused(auditor: Program, path: str) -> None:
    auditor.get(path, 400)
