"""`dichterbij ledger`: money moved, looked at, exported and proven from the command line."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction

from dichterbij.cli.ledger import command
from dichterbij.domains.budget import actions, queries
from dichterbij.domains.budget.errors import ApprovalError
from dichterbij.domains.budget.rules import read_account
from dichterbij.domains.budget.rules.lapsing import After
from dichterbij.shared.errors import InputError
from support.database import connected_to_own_database


@pytest.fixture(scope="module", autouse=True)
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A ledger with the programme in it, to spoil at the end."""
    with django_db_blocker.unblock(), connected_to_own_database("ledgercli"):
        assert ledger("load-programme").stdout == "16 postings made, 0 were there already\n"
        yield


def ledger(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments], obj=nullcontext, catch_exceptions=False)


def posted(source: str, target: str, euros: str, **options: str) -> Result:
    given = {"reason": "test", "by": "tester"} | options
    told = [f"--{name.replace('_', '-')}={value}" for name, value in given.items()]
    return ledger("post", "--from", source, "--to", target, "--euros", euros, *told)


def test_the_programme_is_loaded_once_and_its_balances_are_told() -> None:
    assert ledger("load-programme").stdout == "0 postings made, 16 were there already\n"
    told = ledger("balances", "--state", "returned").stdout
    assert told == "          6442000.00  returned:ddd:2022:purpose=employer-subsidy\n"
    before = ledger("balances", "--on", "2022-10-17", "--state", "free", "--json").stdout
    assert [json.loads(line)["cents"] for line in before.splitlines()] == [1_794_200_000]


def test_an_account_tells_what_came_and_went() -> None:
    lines = ledger("statement", "free:ddd:2022:purpose=employer-subsidy").stdout.splitlines()
    assert len(lines) == 6
    assert lines[-1].split()[:3] == ["2022-12-31", "-6442000.00", "0.00"]


def test_money_is_moved_once_with_a_warning_above_what_is_set_aside_for_a_route() -> None:
    posted("outside:own", "free:own", "1000")
    posted("free:own", "earmarked:own:route=carving", "100.50")
    name = str(uuid4())
    first = posted("free:own", "committed:own:route=carving", "100.51", id=name)
    again = posted("free:own", "committed:own:route=carving", "100.51", id=name)
    assert first.stderr == "Warning: this passes what is set aside for carving by 0.01 euros\n"
    assert (again.stdout, again.stderr) == (first.stdout.rstrip() + " (was there already)\n", "")


@pytest.mark.parametrize("amount", ["12,50", "1.5", "-3", "1e3", "1_000", "", "0.005", "€5", "١٢"])
def test_an_amount_that_can_be_read_in_two_ways_is_refused(amount: str) -> None:
    with pytest.raises(InputError, match="no amount"):
        posted("outside:own", "free:own", amount)


def test_what_was_reserved_and_not_settled_is_given_back() -> None:
    then = datetime.now(UTC) - timedelta(days=2)
    actions.reserve(posting=uuid4(), reservation=uuid4(), source=read_account("free:own"), cents=100,
                    until=then + timedelta(days=1), reason="hold", actor="x", now=then)  # fmt: skip
    assert ledger("release").stdout == "1 reservations released\n"
    assert ledger("release").stdout == "0 reservations released\n"


def test_what_lapses_first_stands_first() -> None:
    actions.set_term(fund="own", ends_on=date(2027, 1, 2), source="x", actor="x", now=datetime.now(UTC))
    lines = ledger("lapsing", "--fund", "own", "--today", "2027-01-01").stdout.splitlines()
    assert lines[0].split()[:3] == ["2027-01-02", "(1", "days)"]


def test_an_activity_on_temporary_money_shows_whether_somebody_decided() -> None:
    posted("outside:own", "free:own", "3")
    posted("free:own", "committed:own:region=AM01:activity=fair", "3")
    assert "AM01  fair  [own 2027-01-02]  NO DECISION" in ledger("activities").stdout
    actions.decide_after(activity="fair", region="AM01", what=After.EXTEND, on=date(2026, 1, 2), actor="x",
                         now=datetime.now(UTC))  # fmt: skip
    assert "[own 2027-01-02]  extend (2026-01-02)" in ledger("activities", "--region", "AM01").stdout


def test_money_that_waits_for_a_decision_moves_only_as_it_was_approved_and_each_kind_of_costs_is_told() -> None:
    aside, services = "earmarked:own:region=AM12:purpose=regional", "committed:own:region=AM12:purpose=regional"
    posted("outside:own", "free:own:region=AM12", "100")
    posted("free:own:region=AM12", aside, "100", day="2022-12-16")
    lines = ("--line", f"{services}:activity=services", "60", "--line", f"{services}:activity=temporary-staff", "15.50")
    name = ledger("propose", "--title", "2023", "--from", aside, *lines, "--by", "region").stdout.strip()
    with pytest.raises(ApprovalError, match="not approved"):
        ledger("carry-out", name, "--by", "region")
    with pytest.raises(ApprovalError):
        ledger("decide", name, "--approve", "--body", "directors", "--by", "region")
    assert "2023: NOT DECIDED" in ledger("proposals", "--region", "AM12").stdout
    ledger("decide", name, "--approve", "--body", "directors", "--on", "2023-07-06", "--by", "secretary")
    first, again = (ledger("carry-out", name, "--by", "region").stdout for _ in range(2))
    assert again == first.rstrip() + " (was there already)\n"
    told = ledger("proposals", "--region", "AM12").stdout
    assert "2023: approved by directors on 2023-07-06" in told
    assert "15.50  committed:own:region=AM12:purpose=regional:activity=temporary-staff  (moved 15.50)" in told
    assert "100.00  own::AM12  regional  (2022 to 2023)" in ledger("carried-over", "2022", "--region", "AM12").stdout
    spent = ledger("spending", "--by", "activity", "--region", "AM12", "--fund", "own").stdout.splitlines()
    assert [line.split()[:3] for line in spent] == [
        ["services", "promised", "60.00"], ["temporary-staff", "promised", "15.50"]
    ]  # fmt: skip


def test_a_term_and_what_happens_after_it_are_said_from_the_command_line() -> None:
    posted("outside:later", "free:later:region=AM33", "5")
    posted("free:later:region=AM33", "committed:later:region=AM33:activity=fair", "5")
    ledger("term", "later", "--ends", "2027-03-31", "--source", "a letter", "--by", "tester")
    assert "[later 2027-03-31]  NO DECISION" in ledger("activities", "--region", "AM33").stdout
    ledger("after", "fair", "--region", "AM33", "--what", "embed", "--on", "2027-01-04", "--by", "tester")
    assert "[later 2027-03-31]  embed (2027-01-04)" in ledger("activities", "--region", "AM33").stdout
    ledger("term", "later", "--ends", "2026-03-31", "--source", "another letter", "--by", "tester")
    assert "embed (2027-01-04), TOO LATE" in ledger("activities", "--region", "AM33").stdout
    ledger("term", "later", "--source", "nothing is known any more", "--by", "tester")
    assert "no end known" in ledger("lapsing", "--fund", "later").stdout


def test_each_route_shows_what_was_set_aside_and_each_region_what_each_source_paid() -> None:
    posted("outside:routes", "free:routes:region=AM22", "30")
    posted("free:routes:region=AM22", "earmarked:routes:region=AM22:route=meeting", "10")
    posted("free:routes:region=AM22", "committed:routes:region=AM22:route=meeting", "10.01")
    posted("free:routes:region=AM22", "committed:routes:region=AM22:route=carving", "1")
    meeting, carving = (
        "WARNING: 0.01 above it",
        "carving              set aside            0.00  used            1.00\n",
    )
    told = ledger("routes", "--region", "AM22").stdout
    assert meeting in told
    assert carving in told
    posted("committed:routes:region=AM22:route=carving", "paid:routes:region=AM22:route=carving", "0.40")
    (line,) = ledger("per-region", "--fund", "routes").stdout.splitlines()
    assert line.split() == ["AM22", "routes", "paid", "0.40", "left", "29.60"]


def test_a_report_of_a_region_is_made_on_paper_only_and_unknown_stays_unknown() -> None:
    posted("outside:paper", "free:paper:region=AM05", "50")
    posted("free:paper:region=AM05", "committed:paper:region=AM05:route=meeting:activity=fair", "20")
    told = json.loads(ledger("report-on-paper", "AM05").stdout)
    cells = {(one["about"], one["field"]): one["value"] for one in told["cells"]}
    assert told["asked"] is False
    assert (cells["fair", "route"], cells["fair", "committed_cents"]) == ("meeting", 2_000)
    assert (cells["fair", "people_reached"], cells["", "auditor_statement"]) == (None, None)


def test_the_journal_for_an_auditor_balances_in_every_transaction_and_says_the_balances() -> None:
    posted("outside:own", "free:own", "0.01", reason="a;b | c: =SUM(A1)")
    sums: Counter[str] = Counter()
    for block in ledger("export").stdout.split("\n\n")[1:]:
        lines = [line.split("  ") for line in block.splitlines()[1:] if not line.strip().startswith(";")]
        cents = {(number, line[2]): _cents(line[3]) for number, line in enumerate(lines)}
        assert sum(cents.values()) == 0
        for (_number, account), amount in cents.items():
            sums[account] += amount
    wanted = {one.account.short: one.cents for one in queries.balances()}
    assert {account: amount for account, amount in sums.items() if amount} == wanted


def _cents(text: str) -> int:
    amount, currency = text.split()
    assert currency == "EUR"
    return int(amount.replace(".", ""))


def test_no_cell_of_the_table_is_a_formula() -> None:
    posted("outside:own", "free:own", "0.01", reason="=1+1", by="@me")
    rows = list(csv.DictReader(ledger("export", "--format", "csv").stdout.splitlines()))
    assert (rows[-1]["reason"], rows[-1]["actor"], rows[-1]["cents"]) == ("'=1+1", "'@me", "1")
    assert not [cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_a_whole_ledger_is_told_to_be_and_a_spoilt_one_where() -> None:
    whole = ledger("verify")
    assert whole.exit_code == 0
    assert whole.stderr.endswith("all as they were written\n")
    head = whole.stdout.strip()
    assert ledger("verify", "--head", head).exit_code == 0
    assert ledger("verify", "--head", "1:" + "0" * 64).exit_code == 1
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE budget_posting SET approved_by = 'somebody' WHERE reason LIKE 'De werkgeverssubsidie%%'")
    spoilt = ledger("verify")
    assert spoilt.exit_code == 1
    assert "(place 7) was changed after it was written: this link is broken" in spoilt.stderr
