"""`dichterbij handovers import`: every line is checked first, each number comes once, and words stay words."""

import csv
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone

from dichterbij.cli.handovers import command
from dichterbij.cli.handovers_file import organisations_by_name, read_file
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.people import queries as people
from dichterbij.domains.people.models import Access, Consent, Contact, Person
from dichterbij.domains.post.models import Letter
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.actions import importing
from dichterbij.domains.referral.models import Handover, RegionAgreement, Step
from dichterbij.domains.referral.queries import Tab
from support.database import connected_to_own_database

RMT, WSP = str(demo_id("rmt-nhn")), str(demo_id("wsp-nhn"))
COLUMNS = ["number", "name", "phone", "email", "post", "language", "region", "topic", "question", "from", "to",
           "state", "sent_on", "accepted_on", "agreed_on"]  # fmt: skip
FORMULA = '=HYPERLINK("https://x.example";"klik")'
HTML = "<script>alert(1)</script> & 'Sami'"


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), connected_to_own_database("imports", loaded=True):
        yield


@pytest.fixture(autouse=True)
def nothing_there(site: None, db: None) -> None:
    """Each test is taken back."""


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(rows: list[dict[str, str]], delimiter: str = ";") -> Path:
        path = tmp_path / "oud.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return written


def line(number: int, **values: str) -> dict[str, str]:
    """One hand-over from the RMT to the WSP; every third one was accepted."""
    is_accepted = number % 3 == 0
    return {
        "number": f"A-{number}", "name": f"Persoon {number}", "phone": f"06{number:08d}", "language": "nl",
        "region": "AM15", "topic": "work", "question": "Wil werken in een winkel", "from": RMT, "to": WSP,
        "state": "accepted" if is_accepted else "waiting", "sent_on": "2026-10-01", "agreed_on": "2026-09-30",
        "accepted_on": "2026-10-05" if is_accepted else "",
    } | values  # fmt: skip


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(command, ["import", str(path), "--organisation", RMT, *options], obj=nullcontext)


def actor(organisation: str) -> Actor:
    return Actor(demo_id("anna"), Role.ADVISER, demo_id(organisation), "AM15")


def imported() -> Any:
    return Handover.objects.filter(made_at__lt=datetime(2026, 11, 1, tzinfo=UTC))


def test_three_hundred_lines_are_taken_over_once_and_no_letter_leaves(write: Write) -> None:
    letters = Letter.objects.count()
    path = write([line(number) for number in range(1, 301)])
    assert "300 would be made, 0 are there already" in run(path, "--dry-run").output
    assert imported().count() == 0
    told = run(path)
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "300 made, 0 were there already")
    assert run(path).output.splitlines()[-1] == "0 made, 300 were there already"
    assert (imported().count(), Letter.objects.count()) == (300, letters)
    assert imported().filter(state="accepted", owner_organisation=WSP, version=2).count() == 100
    assert Step.objects.filter(handover__in=imported()).count() == 400


def test_both_desks_see_who_it_is_and_both_logs_know(write: Write) -> None:
    run(write([line(1), line(3)]))
    now = timezone.now()
    rows = queries.today(actor=actor("wsp-nhn"), tab=Tab.ACCEPT, now=now, search="Persoon 1")
    assert [row.made_at.date().isoformat() for row in rows] == ["2026-10-01"]
    for desk in ("rmt-nhn", "wsp-nhn"):
        found = people.names(actor=actor(desk), people=[rows[0].person], purpose="hand_over", now=now)
        assert list(found.values()) == ["Persoon 1"]
    assert {agreed.given_at.date().isoformat() for agreed in Consent.objects.filter(person=rows[0].person)} == {
        "2026-09-30"
    }
    (event,) = latest_events(action=importing.IMPORTED)
    assert len(event.data["references"]) == 2  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT subject) FROM journal_processing WHERE name = 'people.take_over'"
        )
        assert cursor.fetchone() == (2, 2)


def test_an_old_yes_gives_a_partner_that_watches_nothing(write: Write) -> None:
    partner = demo_id("bibliotheek-nhn")
    RegionAgreement.objects.update_or_create(
        region="AM15", defaults={"owner_organisation": partner, "changed_at": timezone.now(), "changed_by": "tests"}
    )
    assert queries.ladder_of(region="AM15", on=timezone.localdate()).region == partner
    run(write([line(1) | {"from": "", "to": RMT}]))
    row = imported().get()
    assert row.owner_organisation != partner
    assert not Access.objects.filter(person_id=row.person, organisation_id=partner).exists()


def test_whose_access_had_passed_sees_the_person_of_a_new_hand_over(write: Write) -> None:
    run(write([line(1)]))
    now = timezone.now()
    passed = Access.objects.filter(organisation_id=WSP, person__name="Persoon 1")
    assert passed.update(since=now - timedelta(days=9), until=now - timedelta(days=1)) == 1
    run(write([line(1) | {"number": "B-1"}]))
    (person,) = Person.objects.filter(name="Persoon 1").values_list("pk", flat=True)
    assert people.names(actor=actor("wsp-nhn"), people=[person], purpose="hand_over", now=timezone.now())


@pytest.mark.parametrize("hour", [0, 7, 23])
def test_what_was_agreed_today_was_not_agreed_later_than_now(write: Write, hour: int) -> None:
    now = datetime(2026, 11, 24, hour, 30, tzinfo=timezone.get_default_timezone())
    day = "2026-11-24"
    path = write([line(3, sent_on=day, accepted_on=day, agreed_on=day)])
    lines, faults = read_file(path, today=now.date())
    placed, wrong = importing.place(lines, organisation=UUID(RMT), named=organisations_by_name())
    assert ([*faults], [*wrong]) == ([], [])
    importing.import_handovers(placed, organisation=UUID(RMT), actor="tests", now=now)
    (row,) = Handover.objects.filter(question="Wil werken in een winkel")
    agreed = Consent.objects.get(person=row.person, purpose="hand_over").given_at
    assert row.accepted_at is not None
    assert max(agreed, row.made_at, row.accepted_at) == min(now, now.replace(hour=12, minute=0))
    assert Consent.objects.filter(person=row.person).update(withdrawn_at=now) > 0, "it can be taken back at once"


def test_everything_that_is_wrong_is_told_with_its_place_and_nothing_is_made(write: Write) -> None:
    rows = [
        line(1), line(2, name="", phone="12"), line(4, region="ZZ", topic="werk", email="geen adres"),
        line(5, sent_on="1-10-2026", to="Bestaat Niet"), line(1), line(7, phone=""), line(8, agreed_on="2999-01-01"),
        line(10, to=RMT), line(11, **{"from": "", "to": WSP}), line(12, accepted_on=""),
    ]  # fmt: skip
    told = run(write(rows))
    assert told.exit_code == 1
    for said in (
        "line 3, name: is empty", "line 3, phone: A Dutch phone number", "line 4, region: 'ZZ' is none of",
        "line 4, topic: 'werk' is none of", "line 4, email: This is no e-mail", "line 5, sent_on: '1-10-2026' is no",
        "line 6, number: 'A-1' is on line 2 too", "line 7, phone: there is no phone, email or post",
        "line 8, agreed_on: 2999-01-01 is still to come", "line 9, to: is the same as from",
        "line 10, to: neither from nor to", "line 11, accepted_on: is empty",
    ):  # fmt: skip
        assert said in told.output
    assert "Nothing was made" in told.output
    assert imported().count() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "has no column"),
        (b"number;name\n1;Sami\n", "has no column region"),
        (b"\xff\xfe\x00", "UTF-8"),
        ((",".join(COLUMNS) + "\n").encode(), "no lines"),
        ((",".join([*COLUMNS, "bsn"]) + "\n").encode(), "does not know column bsn"),
        ((",".join(COLUMNS) + "\n1,2\n").encode(), "line 2: has 2 columns"),
        ((",".join(COLUMNS) + '\n"1,2\n').encode(), "quotation mark"),
    ],
)
def test_another_kind_of_file_is_told_in_a_sentence(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "anders.csv"
    path.write_bytes(text)
    assert said in str(run(path).exception)


def test_formulas_and_html_stay_words(write: Write) -> None:
    run(write([line(1, name=HTML, question=FORMULA, post=FORMULA)]))
    row = imported().get()
    assert row.question == FORMULA
    assert Person.objects.get(pk=row.person).name == HTML
    assert Contact.objects.get(person=row.person, kind="post").value == FORMULA


def test_a_run_that_was_stopped_is_given_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_A_TIME", 100)
    path = write([line(number, phone=f"06{number % 200:08d}", name=f"Persoon {number % 200}") for number in range(300)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "_steps", stopping(importing._steps, after=150))
        assert run(path).exit_code != 0
    assert imported().count() == 100
    assert run(path).output.splitlines()[-1] == "200 made, 100 were there already"
    assert Person.objects.filter(reference="import").count() == 200, "who is there twice is one person"


def stopping(work: Any, *, after: int) -> Any:
    """The machine stops after so many lines."""
    done = iter(range(after))

    def stopped(*given: Any) -> Any:
        if next(done, None) is None:
            raise KeyboardInterrupt
        return work(*given)

    return stopped


@pytest.mark.long
def test_fifty_thousand_in_minutes(write: Write) -> None:
    path = write([line(number) for number in range(50_000)])
    started = time.monotonic()
    assert run(path).output.splitlines()[-1] == "50000 made, 0 were there already"
    seconds = time.monotonic() - started
    print(f"50,000 hand-overs imported in {seconds:.0f} s")
    assert seconds < 300
    assert imported().count() == Person.objects.filter(reference="import").count() == 50_000
