"""Scarce money from the command line: a whole round, and a scheme tried on paper."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dichterbij import cli
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from support.database import connected_to_own_database
from support.schemes import GRANT, apply, in_window, opened

HEAD = "complete_at,applicant,employer,person,category,start,met"
ROW = "2022-07-01T09:00:0{}+02:00,employer,{},{},open_hiring,2022-05-01,unused_potential interview"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.group, ["schemes", *words], obj=nullcontext)


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("clischemes"):
        yield


def test_a_round_is_decided_shown_and_decided_again(own_database: None) -> None:
    here = opened(ceiling=2 * GRANT + 50_000)
    slug, numbers = here.scheme.slug, [apply(here, f"employer {turn}").number for turn in range(3)]
    assert "3 decided, 2 granted, 0 moved up, 3,000.00 euros in 1 batches" in run("decide", slug).stdout
    shown = run("show", slug).stdout
    assert "500.00 euros left of 3,500.00 euros" in shown
    assert ["ceiling_reached", "1"] in [line.split() for line in shown.splitlines()]
    listed = run("receipts", slug, "--json").stdout.splitlines()
    assert [json.loads(line)["number"] for line in listed] == numbers
    assert run("receipts", slug, "--after", numbers[0]).stdout.startswith(numbers[1])
    replayed = run("replay", slug)
    assert (replayed.exit_code, len(replayed.stdout.strip())) == (0, 64)
    assert slug in run("list").stdout
    assert run("show", "no_such").exit_code == 2
    willing = run("interviews", slug, "--by", "campaign")
    assert [line.split(",")[2:] for line in willing.stdout.splitlines()[1:]] == [["1", one, ""] for one in numbers[:2]]


def test_a_timer_decides_brings_cases_to_the_officers_and_forgets(own_database: None) -> None:
    here = opened(ceiling=GRANT)
    for turn in range(2):
        apply(here, f"employer {turn}")
    first, second = run("work"), run("work")
    assert "2 decided, 1 granted, 0 moved up" in first.stdout
    assert second.stdout == "", "nothing is done twice"
    assert "2 decided, 1 granted" not in run("decide", here.scheme.slug).stdout
    assert run("forget").stdout == "0 forgotten\n"


def test_after_an_old_backup_no_number_of_the_lost_time_goes_to_somebody_else(own_database: None) -> None:
    here = opened()
    kept = [apply(here, "bakery", f"person {turn}").number for turn in range(2)]
    lost = {number_of((id_of(kept[-1]) or 0) + ahead) for ahead in range(1, 1_000)}
    assert run("restored").stdout.startswith("The next number is AV-")
    assert apply(here, "butcher", "somebody").number not in lost
    assert run("compare-payments", "--by", "Anna").exit_code == 2, "files, or the word that there are none"
    assert run("compare-payments", "--none", "--by", "Anna").stdout == "0 payments are here. Payments go on.\n"


def test_a_tender_is_scored_published_ranked_and_decided_from_the_command_line(
    own_database: None, tmp_path: Path
) -> None:
    tender = '{method: tender, rest: next, ties: receipt, source: "assumption"}'
    here = opened(ceiling=2 * GRANT, begins=-3 * 3600, ends=-3600, distribution=tender, questions="[]")
    with in_window():
        slug, numbers = here.scheme.slug, [apply(here, f"employer {turn}").number for turn in range(3)]
    assert "after the window closes" in run("decide", slug).stdout
    file, two = tmp_path / "scores.csv", ("--by", "Anna", "--approved-by", "Bo")
    rows = [f"{number},{score},a plan" for number, score in zip(numbers, (5, 5, 90), strict=True)]
    file.write_text("\n".join(["number,score,reasons", *rows]), encoding="utf-8")
    assert "3 scores are kept" in run("score", slug, str(file), *two).stdout
    assert "3 take part" in run("publish-list", slug, "--by", "Anna").stdout
    assert "3 have their place" in run("draw", slug, "--reason", "as the scheme says", *two).stdout
    assert "3 decided, 2 granted" in run("decide", slug).stdout
    ranked = json.loads(run("ranking", slug, "--json").stdout)
    assert [(one["number"], one["score"]) for one in ranked["entries"]] == [
        (numbers[2], 90), (numbers[0], 5), (numbers[1], 5),
    ]  # fmt: skip
    lines = "\n".join(sorted(f"{one['number']} {one['score']}" for one in ranked["entries"]))
    assert ranked["digest"] == hashlib.sha256(lines.encode()).hexdigest()
    assert f"1 {numbers[2]}  90" in run("ranking", slug).stdout
    assert run("replay", slug).exit_code == 0
    file.write_text("number,score,reasons\nAV-1,five,x", encoding="utf-8")
    assert "row 2: a score is a whole number" in str(run("score", slug, str(file), *two).exception)


def test_the_employer_subsidy_on_paper_stops_at_11333_with_500_euros_left() -> None:
    told = json.loads(run("simulate", "employer_subsidy", "--people", "60000", "--json").stdout)
    assert (told["grants"], told["cents"], told["left_cents"]) == (11_333, 1_699_950_000, 50_000)
    assert sum(told["reasons"].values()) == told["applications"] == 60_000
    for answer, left in ((("order", "draw"), 50_000), (("last_payment", "part"), 0)):
        other = run("simulate", "employer_subsidy", "--people", "60000", "--choice", *answer, "--json").stdout
        assert json.loads(other)["left_cents"] == left


def test_a_file_of_applications_is_tried_on_paper(tmp_path: Path) -> None:
    file = tmp_path / "applications.csv"
    rows = [ROW.format(turn, "bakery", f"person {turn}") for turn in range(7)]
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    told = json.loads(run("simulate", "employer_subsidy", str(file), "--json").stdout)
    assert told["reasons"] == {"granted": 5, "employer_full": 2}


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        (HEAD, "2022-07-01T09:00:00,employer,a,b,open_hiring,2022-05-01,", "row 2: complete_at needs its time zone"),
        (HEAD + ",cost_cents", ROW.format(1, "a", "b") + ',"1.500,00"', "row 2: cost_cents is a whole number"),
        (HEAD, ROW.format(1, "a", "b").replace("interview", "tea"), "row 2: tea is no condition"),
        (HEAD, ROW.format(1, "a", "b").replace("2022-05-01", "2022-02-29"), "row 2"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_row(head: str, row: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "applications.csv"
    file.write_text(f"{head}\n{row}", encoding="utf-8")
    assert said in str(run("simulate", "employer_subsidy", str(file)).exception)
