"""What applicants do with their own application: take it back, correct their details, say that they stop."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.post.seeing import own_work as post_work
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.errors import NoRoundError, NotPossibleError
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries.cases import Tab, own_case
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.contact import NewContact, can_be_paid_elsewhere
from dichterbij.domains.schemes.rules.procedure import Stage
from dichterbij.domains.schemes.rules.procedure.payments import masked
from dichterbij.domains.schemes.rules.procedure.state import CaseState
from dichterbij.shared.errors import InputError
from support.cases import ANNA, BRAM, CARLA, Way, account, prepare
from support.schemes import GRANT, NUMBERS, decided, facts, opened
from support.schemes import apply as receipt

pytestmark = pytest.mark.usefixtures("site")
OLD, NEW = account(1), account(2)
KEYS: dict[str, UUID] = {}
GIVEN = NewContact("bol@example.nl", OLD, "nl", "", "https://site.example/vind/")


@pytest.fixture
def here(site: None) -> Opened:
    return opened(ceiling=GRANT)


def apply(here: Opened, contact: NewContact | None = GIVEN) -> str:
    told = facts("bakery", f"person {next(NUMBERS)}")
    key = uuid4()
    done = actions.receive(scheme=here.scheme.slug, key=key, applicant="12345678 Bol", facts=told, contact=contact)
    KEYS[done.number] = key
    return done.number


def way_of(here: Opened, number: str) -> Way:
    actions.take_in(actor=ANNA, now=timezone.now())
    return Way(here, number, reading.case_of(number))


def mails(number: str) -> list[tuple[str, str, str]]:
    with post_work(), connection.cursor() as cursor:
        cursor.execute("SELECT recipient, subject, text FROM post_letter WHERE about = %s ORDER BY id", [number])
        found: list[tuple[str, str, str]] = cursor.fetchall()
    return found


def events(action: str, number: str) -> list[Any]:
    return list(latest_events(action=action, limit=9, about={"case": number}))


def in_list(tab: Tab, number: str) -> bool:
    return number in {row.number for row in reading.worklist(tab, on=timezone.localdate(), actor=BRAM)}


def test_before_anybody_looked_it_is_taken_back_at_once_and_is_never_decided(here: Opened) -> None:
    first, second = apply(here), apply(here)
    actions.take_back(number=first, now=timezone.now())
    decided(here)
    way = way_of(here, first)
    assert (way.view.state.stage, way.view.row.proposal) == (Stage.TAKEN_BACK, None)
    assert [one.reason for one in queries.status(number=first).decisions] == ["withdrawn"]
    assert queries.status(number=second).decisions[-1].cents == GRANT, "what it would get went to the next one"
    assert len(events("case.taken_back", first)) == 1


def test_what_was_worked_out_for_it_comes_free_and_no_proposal_waits_any_more(here: Opened) -> None:
    first, second = apply(here), apply(here)
    decided(here)
    way = way_of(here, first)
    assert in_list(Tab.TO_APPROVE, first)
    actions.take_back(number=first, now=timezone.now())
    actions.work(actor=ANNA, now=timezone.now())
    assert not in_list(Tab.TO_APPROVE, first)
    assert way.view.row.proposal is None
    assert queries.status(number=second).decisions[-1].cents == GRANT
    assert reading.rebuilt(way.id)


def test_what_is_not_complete_is_taken_back_too_and_stays_so(here: Opened) -> None:
    number = receipt(here, "Bol", complete=False).number
    actions.take_back(number=number, now=timezone.now())
    assert way_of(here, number).view.state.stage is Stage.TAKEN_BACK
    with pytest.raises(NotPossibleError):
        actions.correct(number=number, account=NEW, now=timezone.now())


def test_it_is_taken_back_once_and_told_once(here: Opened) -> None:
    number = apply(here)
    for _ in range(2):
        actions.take_back(number=number, now=timezone.now())
    assert len(events("case.taken_back", number)) == 1
    (mail,) = [one for one in mails(number) if "ingetrokken" in one[1]]
    assert mail[0] == "bol@example.nl"
    assert "https://site.example/vind/" in mail[2]


def test_after_the_decision_it_cannot_be_taken_back_and_stopping_is_a_task_for_an_officer(here: Opened) -> None:
    number = apply(here)
    way = way_of(here, number).granted()
    with pytest.raises(Exception, match="cannot be taken_back"):
        actions.take_back(number=number, now=timezone.now())
    assert queries.status(number=number).decisions[-1].cents == GRANT, "nothing of it happened"
    for _ in range(2):
        actions.ask_to_stop(number=number, now=timezone.now())
    assert [one.kind for one in way.view.tasks] == ["applicant_stops"]
    assert len(events("case.stop_asked", number)) == 1
    assert way.view.state.stage is Stage.GRANTED, "only a decision changes it"


def test_who_asked_to_stop_and_was_looked_at_can_ask_again(here: Opened) -> None:
    number = apply(here)
    way = way_of(here, number).granted()
    for hour in range(2):
        actions.ask_to_stop(number=number, now=way.now + timedelta(hours=hour))
        (task,) = way.view.tasks
        assert task.kind == "applicant_stops"
        cases.finish_task(task=task.id, actor=ANNA, now=way.now)


def test_two_that_ask_to_stop_at_one_moment_are_one_task(here: Opened) -> None:
    number = apply(here)
    way = way_of(here, number).granted()

    def ask(_: int) -> None:
        try:
            actions.ask_to_stop(number=number, now=way.now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, range(2)))
    assert [one.kind for one in way.view.tasks] == ["applicant_stops"]


def test_nothing_can_be_stopped_where_nothing_is_granted(here: Opened) -> None:
    with pytest.raises(NotPossibleError):
        actions.ask_to_stop(number=apply(here), now=timezone.now())
    for action in (actions.take_back, actions.ask_to_stop, actions.correct):
        with pytest.raises(NoRoundError):
            action(number="AV-2222-2222", now=timezone.now())


def test_another_account_is_told_to_both_addresses_and_no_event_or_mail_holds_a_number(here: Opened) -> None:
    number = apply(here)
    assert actions.correct(number=number, email="Nieuw@example.nl", account=NEW, now=timezone.now())
    kept = queries.contact_of(number)
    assert kept
    assert (kept.email, kept.account) == ("nieuw@example.nl", NEW)
    told = [one for one in mails(number) if "gewijzigd" in one[1]]
    assert {one[0] for one in told} == {"bol@example.nl", "nieuw@example.nl"}
    way = way_of(here, number)
    everything = repr([told, events("case.account_changed", number), way.view.events])
    assert not [one for one in (OLD, NEW, masked(OLD), masked(NEW)) if one in everything]
    assert len(events("case.account_changed", number)) == 1
    assert [one.kind for one in way.view.tasks] == ["account_by_applicant"]


def test_nothing_is_paid_until_an_officer_looked_at_the_account_that_was_changed(here: Opened) -> None:
    number = apply(here)
    way = way_of(here, number)
    cases.change_account(case=way.id, version=way.version, account=OLD, reason="x", actor=ANNA, now=way.now)
    way.settled()
    actions.correct(number=number, account=NEW, now=timezone.now())
    with pytest.raises(NotPossibleError):
        prepare(here, uuid4(), way.now)
    cases.change_account(case=way.id, version=way.version, account=NEW, reason="called", actor=ANNA, now=way.now)
    assert not way.view.tasks
    prepare(here, uuid4(), way.now)
    assert [one.account for one in way.view.payments] == [NEW]


def test_an_account_of_the_applicant_is_not_ticked_off_and_nothing_else_with_it(here: Opened) -> None:
    number = apply(here)
    way = way_of(here, number).granted()
    actions.ask_to_stop(number=number, now=way.now)
    actions.correct(number=number, account=NEW, now=way.now)
    with pytest.raises(NotPossibleError, match="account"):
        cases.finish_tasks(tasks=[one.id for one in way.view.tasks], actor=ANNA, now=way.now)
    assert {one.kind for one in way.view.tasks} == {"applicant_stops", "account_by_applicant"}


def sure(number: str) -> str:
    contact, known = queries.contact_of(number), queries.known_from(key=KEYS[number])
    assert contact
    assert known
    assert contact.sure_account == known.account
    return known.account


def test_an_account_that_nobody_looked_at_goes_to_no_next_application(here: Opened) -> None:
    number = apply(here)
    assert sure(number) == OLD, "as it came"
    actions.correct(number=number, account=NEW, now=timezone.now())
    way = way_of(here, number)
    assert sure(number) == ""
    cases.change_account(case=way.id, version=way.version, account=OLD, reason="called", actor=ANNA, now=way.now)
    assert sure(number) == OLD, "it was refused"


def test_an_account_left_at_the_end_of_a_case_stays_unsure(here: Opened) -> None:
    number = apply(here)
    actions.correct(number=number, account=NEW, now=timezone.now())
    way = way_of(here, number)
    actions.take_back(number=number, now=timezone.now())
    cases.finish_tasks(tasks=[one.id for one in way.view.tasks], actor=ANNA, now=way.now)
    assert (way.view.tasks, sure(number)) == ((), "")


def test_once_its_payment_is_made_the_account_stays_and_the_address_can_change(here: Opened) -> None:
    number = apply(here)
    way = way_of(here, number)
    cases.change_account(case=way.id, version=way.version, account=OLD, reason="x", actor=ANNA, now=way.now)
    way.settled()
    prepare(here, uuid4(), way.now)
    with pytest.raises(NotPossibleError):
        actions.correct(number=number, email="nieuw@example.nl", account=NEW, now=timezone.now())
    kept = queries.contact_of(number)
    assert kept
    assert (kept.email, kept.account) == ("bol@example.nl", OLD), "all of it or nothing"
    assert actions.correct(number=number, email="nieuw@example.nl", now=timezone.now())
    assert len(events("schemes.contact_corrected", number)) == 1


def test_the_same_again_changes_nothing_and_what_is_wrong_is_refused(here: Opened) -> None:
    number = apply(here)
    assert not actions.correct(number=number, email="bol@example.nl", account=OLD, now=timezone.now())
    assert not actions.correct(number=number, now=timezone.now())
    with pytest.raises(InputError):
        actions.correct(number=number, account="NL00BANK0123456789", now=timezone.now())
    assert not [one for one in mails(number) if "gewijzigd" in one[1]]
    with pytest.raises(NotPossibleError):
        actions.correct(number=apply(here, None), email="a@example.nl", now=timezone.now())


def test_the_applicant_sees_what_is_possible_now(here: Opened) -> None:
    number = apply(here)
    way = way_of(here, number)
    own = own_case(number, on=way.today)
    assert (own.can_be_taken_back, own.can_be_paid_elsewhere, own.decided_on) == (True, True, None)
    way.granted()
    own = own_case(number, on=way.today)
    assert (own.can_be_taken_back, own.can_be_paid_elsewhere, own.decided_on) == (False, True, way.today)


@pytest.mark.parametrize(
    ("more", "may"), [({}, True), ({"ordered_cents": 1}, False), ({"paid_cents": 1}, False)]
)  # fmt: skip
def test_until_something_is_at_the_bank_another_account_can_be_given(more: dict[str, Any], may: bool) -> None:
    granted = CaseState(Stage.GRANTED, timezone.localdate())
    assert can_be_paid_elsewhere(replace(granted, **more)) is may
    assert not can_be_paid_elsewhere(replace(granted, stage=Stage.REFUSED))


def test_nothing_is_paid_to_whoever_stops_until_an_officer_looked_not_from_a_file_that_waits_either(
    here: Opened,
) -> None:
    number = apply(here)
    way = way_of(here, number)
    cases.change_account(case=way.id, version=way.version, account=OLD, reason="x", actor=ANNA, now=way.now)
    way.settled()
    file = prepare(here, uuid4(), way.now)
    actions.ask_to_stop(number=number, now=timezone.now())
    with pytest.raises(NotPossibleError, match="the applicant stops"):
        cases.release_file(file=file, actor=CARLA, now=way.now)
    cases.drop_file(file=file, reason="stops", actor=CARLA, now=way.now)
    with pytest.raises(NotPossibleError, match="Nothing is due"):
        prepare(here, uuid4(), way.now)
