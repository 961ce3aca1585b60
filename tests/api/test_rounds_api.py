"""Rounds: the ceiling now, every decision document, and whether it can all be made again."""

from datetime import timedelta
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone

from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.queries import receipts
from dichterbij.domains.schemes.queries.documents import MOST_REPLAYED, Kind, documents, public_rounds
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.seeing import own_work
from support.people import as_owner
from support.programs import Program
from support.schemes import GRANT, apply, decided, opened

pytestmark = pytest.mark.usefixtures("site")


def base(here: Opened) -> str:
    return f"/regelingen/{here.scheme.slug}/openstellingen/{here.digest.hex()[:16]}"


@pytest.fixture
def here() -> Opened:
    """A round with six grants and five refusals, then one taken back."""
    here = opened(ceiling=6 * GRANT)
    numbers = [apply(here, f"Bedrijf {n}").number for n in range(11)]
    decided(here)
    actions.withdraw(number=numbers[0], reason="Sami komt niet", actor="officer", now=timezone.now())
    return here


def test_the_money_is_that_of_when_five_amounts_had_joined_so_that_none_is_told_alone(
    program: Program, here: Opened
) -> None:
    """One of six was taken back: that shows when four more have changed."""
    told = program.get(base(here))
    assert (told["plafondCenten"], told["toegekendCenten"], told["overCenten"]) == (6 * GRANT, 6 * GRANT, 0)
    for number in (row.number for row in receipts(scheme=here.scheme.slug)[1:5]):
        assert program.get(base(here))["standOp"] == told["standOp"]
        actions.withdraw(number=number, reason="komt niet", actor="officer", now=timezone.now())
    after = program.get(base(here))
    assert (after["toegekendCenten"], after["overCenten"]) == (GRANT, 5 * GRANT)
    assert after["standOp"] > told["standOp"]


def test_before_five_amounts_nothing_is_told_of_them(program: Program) -> None:
    here = opened(ceiling=6 * GRANT)
    for number in range(4):
        apply(here, f"Bedrijf {number}")
    decided(here)
    told = program.get(base(here))
    assert (told["standOp"], told["toegekendCenten"], told["perDagCenten"]) == (None, 0, 0)
    apply(here, "Nog een")
    decided(here)
    told = program.get(base(here))
    assert told["toegekendCenten"] == 5 * GRANT
    assert told["isOpen"]
    assert told["perDagCenten"] == 5 * GRANT // told["dagen"]
    assert told["verwachtOp"]


def test_a_scheme_lists_its_rounds_and_one_without_has_none(program: Program, here: Opened) -> None:
    told = program.get(f"/regelingen/{here.scheme.slug}/openstellingen")
    assert [one["digest"] for one in told["resultaten"]] == [here.digest.hex()]
    assert program.get("/regelingen/reintegration/openstellingen")["resultaten"] == []
    program.get("/regelingen/bestaat_niet/openstellingen", 404)


def test_a_round_of_another_scheme_is_not_there(program: Program, here: Opened) -> None:
    program.get(f"/regelingen/employer_subsidy/openstellingen/{here.digest.hex()[:16]}", 404)
    program.get(f"/regelingen/{here.scheme.slug}/openstellingen/geen/besluitdocumenten", 404)


def test_every_document_is_there_the_newest_first_without_anybody_in_it(program: Program, here: Opened) -> None:
    told = program.get(f"{base(here)}/besluitdocumenten")
    assert [one["soort"] for one in told["resultaten"]] == ["intrekking", "besluiten", "opening"]
    assert "Sami" not in str(told)
    assert "kvk" not in str(told)
    for one in told["resultaten"]:
        assert program.get(one["_links"]["self"]["href"]) == one


def test_numbers_are_told_from_five(program: Program, here: Opened) -> None:
    taken_back, first, *_ = program.get(f"{base(here)}/besluitdocumenten")["resultaten"]
    assert taken_back["uitkomsten"] == {
        "aantal": None, "toegekend": None, "bedragCenten": None, "redenen": [], "overige": None,
    }  # fmt: skip
    told = first["uitkomsten"]
    assert (told["aantal"], told["toegekend"], told["bedragCenten"]) == (11, 6, 6 * GRANT)
    assert {one["reden"]["code"]: one["aantal"] for one in told["redenen"]} == {"granted": 6, "ceiling_reached": 5}


def test_documents_of_one_kind_can_be_asked(program: Program, here: Opened) -> None:
    told = program.get(f"{base(here)}/besluitdocumenten?soort=besluiten")
    assert (told["totaal"], [one["soort"] for one in told["resultaten"]]) == (1, ["besluiten"])
    assert "intrekking" in program.get(f"{base(here)}/besluitdocumenten?soort=feest", 400)["detail"]
    program.get(f"{base(here)}/besluitdocumenten/batch-99", 404)


def test_a_draw_is_told_with_its_list_and_its_seed(program: Program) -> None:
    here = opened()
    for number in range(5):
        apply(here, f"Bedrijf {number}")
    end, seed_at = actions.raise_barrier(opened=here), timezone.now() + timedelta(milliseconds=300)
    listed = actions.publish_list(
        scheme=here.scheme.slug, from_at=here.opens_at, until_at=end, seed_from="de Lotto", seed_at=seed_at,
        actor="officer", now=timezone.now(),
    )  # fmt: skip
    sleep(max(0, (seed_at - timezone.now()).total_seconds()))
    actions.draw_lots(
        scheme=here.scheme.slug, from_at=listed.from_at, seed="kop 42", reason="De klok stond fout", actor="officer",
        approved_by="other", now=timezone.now(),
    )  # fmt: skip
    drawn, before, *_ = program.get(f"{base(here)}/besluitdocumenten")["resultaten"]
    assert (drawn["soort"], drawn["zaad"], drawn["lotnummers"]) == ("loting", "kop 42", 5)
    assert (before["soort"], before["zaadUit"], before["digest"]) == ("lijst", "de Lotto", drawn["digest"])
    assert "klok" not in str(drawn)


def test_everything_is_decided_again_and_equal(program: Program, here: Opened) -> None:
    told = program.get(f"{base(here)}/naspelen")
    assert (told["uitkomst"], told["besluiten"], told["documenten"], told["verschillen"]) == ("gelijk", 12, 2, 0)
    assert told["opdracht"].startswith(f"dichterbij schemes replay {here.scheme.slug} --at '")


def test_a_decision_that_was_changed_shows(program: Program, here: Opened) -> None:
    with as_owner(), own_work(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE schemes_decision DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE schemes_decision SET asked_cents = asked_cents + 1 WHERE round_id = %s AND place = 3", [here.id]
        )
        assert cursor.rowcount == 1
        cursor.execute("ALTER TABLE schemes_decision ENABLE TRIGGER USER")
    told = program.get(f"{base(here)}/naspelen")
    assert told["uitkomst"] == "verschilt"
    assert told["verschillen"]


def test_a_round_that_is_too_large_for_a_page_names_the_command(
    program: Program, here: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dichterbij.domains.schemes.queries.documents.MOST_REPLAYED", 3)
    apply(here, "Nog een")
    decided(here)
    told = program.get(f"{base(here)}/naspelen")
    assert (told["uitkomst"], told["verschillen"]) == ("te-groot", None)
    assert MOST_REPLAYED > 3


def test_pages_of_documents_are_the_whole_list(here: Opened) -> None:
    (round,) = public_rounds(scheme=here.scheme.slug)
    whole = documents(round)
    assert whole == (*documents(round, most=2), *documents(round, skip=2, most=2))
    assert [one.kind for one in documents(round, kind=Kind.OPENED)] == [Kind.OPENED]
