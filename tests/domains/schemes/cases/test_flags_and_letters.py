"""Flags that refuse nothing, a sample with its seed, evidence by its digest, and letters as they were sent."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.checks import Aid, Tie, TieKind
from dichterbij.domains.schemes.rules.procedure import Stage, Step, StepNotPossibleError
from dichterbij.shared.errors import InputError, NotFoundError
from support.cases import ANNA, BRAM, Way, account, begun
from support.schemes import GRANT, code, kvk, opened

pytestmark = pytest.mark.usefixtures("site")


def flags(way: Way) -> list[str]:
    return [one.data["code"] for one in way.view.events if one.step == "flagged"]


def check(way: Way, **known: Any) -> int:
    return cases.check_round(
        round_id=way.here.id, known=cases.Known(**known), on=way.today, actor=ANNA, now=way.now
    )  # fmt: skip


def test_flags_stand_once_on_each_case_with_their_reason_and_refuse_nothing() -> None:
    here = opened(ceiling=5 * GRANT)
    same = begun(here, "Bakkerij Aalders", person="sami")
    begun(here, "Bakkerij Aalders BV", person="sami", party=cases.Party("Bakkerij Aalders BV", "", account(16)))
    assert check(same) == check(same) + 6
    assert sorted(flags(same)) == ["near_name", "same_account", "same_person"]
    assert (same.view.row.open_flags, same.view.state.stage) == (3, Stage.RECEIVED)
    event = next(one for one in same.view.events if one.step == "flagged")
    assert event.data["source"]
    answer: dict[str, Any] = {
        "case": same.id,
        "flagged": event.number,
        "answer": "Twee vestigingen.",
        "actor": BRAM,
        "now": same.now,
    }
    cases.answer_flag(version=same.version, **answer)
    assert same.view.row.open_flags == 2
    with pytest.raises(InputError, match="already"):
        cases.answer_flag(version=same.version, **answer)
    same.granted()
    assert same.view.state.stage is Stage.GRANTED  # flagged, and granted all the same
    assert reading.rebuilt(same.id)


def test_aid_above_the_ceiling_of_the_undertaking_is_flagged_on_the_grant_that_does_not_fit() -> None:
    here = opened(ceiling=9 * GRANT)
    first, second = begun(here, "Alfa", person="p1"), begun(here, "Gieterij", person="p2")
    first.granted()
    known = {
        "ties": (Tie(kvk("Alfa"), kvk("Gieterij"), TieKind.VOTES, first.today),),
        "aids": (Aid(kvk("Alfa"), 30_000_000 - GRANT, first.today, "declaration"),),
    }
    check(first, **known)
    assert (flags(first), flags(second)) == ([], ["de_minimis"])
    assert check(first, **known) == 0, "the same again is no new flag"


def test_an_employer_that_splits_after_the_fifth_placement_and_one_who_is_also_employee_are_flagged() -> None:
    here = opened(ceiling=9 * GRANT)
    ways = [begun(here, "Alfa", person=f"p{n}", party=cases.Party(f"Alfa {n}")) for n in range(5)]
    split = begun(here, "Beta", person="p9", party=cases.Party("Beta"))
    tie = Tie(kvk("Alfa"), kvk("Beta"), TieKind.SPLIT_FROM, split.today)
    check(split, ties=(tie,), most_per_group=5, owners={kvk("Beta"): frozenset({code("p9")})},
          ended_on={ways[0].number: ways[0].today + timedelta(days=1)})  # fmt: skip
    flagged = [way for way in (*ways, split) if "group_cap" in flags(way)]
    assert len(flagged) == 1  # the sixth, in order of number on one day
    assert "own_employer" in flags(split)
    assert split.view.state.stage is Stage.RECEIVED


def test_a_sample_is_drawn_again_with_its_seed_and_the_journal_says_how() -> None:
    here = opened(ceiling=3 * GRANT)
    ways = [begun(here, f"Firma {name}") for name in ("Noord", "Zuidwest", "Oostpolder")]
    draw: dict[str, Any] = {"round_id": here.id, "on": ways[0].today, "actor": ANNA, "now": ways[0].now}
    first = cases.sample_round(seed="22 november", **draw)
    assert cases.sample_round(seed="22 november", **draw) == first
    assert sum(way.view.row.open_flags for way in ways) == len(first[0].taken) + len(first[1].taken) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM journal_auditevent WHERE action = 'case.sampled' ORDER BY id DESC LIMIT 1")
        told = str(cursor.fetchone()[0])
    assert all(part in told for part in ("22 november", first[0].list_digest, '"low", 3, 1, "1/3"'))


def test_a_document_is_kept_as_what_it_is_and_its_digest() -> None:
    way = begun()
    document = cases.NewEvidence(
        "contract", "Overeenkomst.pdf", "application/pdf", 1000, hashlib.sha256(b"x").hexdigest()
    )
    for _ in range(2):
        cases.add_evidence(case=way.id, version=way.version, document=document, actor=ANNA, now=way.now)
    assert [(one.title, one.size) for one in way.view.evidence] == [("Overeenkomst.pdf", 1000)]


def test_a_letter_is_given_back_as_it_was_sent() -> None:
    way = begun()
    (letter,) = way.view.letters
    pdf, digest = reading.letter_pdf(letter.id, case=way.id)
    assert pdf.startswith(b"%PDF")
    assert hashlib.sha256(pdf).hexdigest() == digest == letter.digest
    with pytest.raises(NotFoundError):
        reading.letter_pdf(letter.id, case=begun().id)


def test_a_decision_is_no_step_of_one_person() -> None:
    way = begun()
    for step in (Step.GRANTED, Step.PAID, Step.REPAID):
        with pytest.raises(StepNotPossibleError):
            way.take(step)


def test_a_page_costs_as_many_queries_whatever_there_is(django_assert_max_num_queries: Any) -> None:
    here = opened(ceiling=9 * GRANT)
    for turn in range(4):
        begun(here, f"Kosten {turn}")
    way = begun(here, "Kosten").settled()
    with django_assert_max_num_queries(12):
        reading.worklist(reading.Tab.TO_APPROVE, on=way.today, round_id=here.id)
    with django_assert_max_num_queries(20):
        reading.case(way.id, on=way.today)
