"""Payment files and what the bank says: every payment in one file, paid once, whatever is made or read twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import connection

from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.rules.procedure import Ground, Stage, Step
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.gateways.payments import fake, read_answer, read_order
from dichterbij.shared.errors import InputError
from support.cases import ANNA, BRAM, CARLA, Way, account, begun, held, prepare
from support.people import as_owner
from support.schemes import GRANT, opened
from support.sweeping import undone

pytestmark = pytest.mark.usefixtures("site")


def due(count: int = 1) -> list[Way]:
    """Cases of one round that are settled and wait for their money."""
    here = opened(ceiling=count * GRANT)
    ways = [begun(here, f"Bedrijf {chr(65 + turn)}") for turn in range(count)]
    ways[0].settled()
    for way in ways[1:]:
        way.approve(way.view.row.proposal or 0)
        way.decide(Step.SETTLED, GRANT)
    return ways


def payment(way: Way) -> str:
    """The end-to-end id of the newest payment of a case."""
    return way.view.payments[-1].id.hex


def read(file: bytes, way: Way) -> cases.BankRead:
    return cases.read_bank_file(answer=read_answer(file), actor=ANNA, now=way.now)


def test_the_same_file_made_twice_is_one_file_and_a_second_one_has_nothing_to_pay() -> None:
    ways = due(2)
    here, now, file = ways[0].here, ways[0].now, uuid4()
    assert prepare(here, file, now) == prepare(here, file, now) == file
    with pytest.raises(NotPossibleError, match="Nothing"):
        prepare(here, uuid4(), now)
    first = cases.release_file(file=file, actor=BRAM, now=now)
    assert cases.release_file(file=file, actor=CARLA, now=now) == first
    assert held(here) == {"paid": 2 * GRANT}
    assert [one.file for way in ways for one in way.view.payments] == [file, file]
    assert [(one.count, one.cents) for one in reading.payment_files() if one.id == file] == [(2, 2 * GRANT)]


def test_a_bank_file_read_twice_does_nothing_the_second_time() -> None:
    ways = due(3)
    order = ways[0].paid_file()
    answer = fake.report(order, {payment(ways[1]): "AC04"})
    once = read(answer, ways[0])
    before = (held(ways[0].here), [way.version for way in ways], len(reading.tasks(most=1000)))
    twice = read(answer, ways[0])
    assert (once["paid"], once["refused"], once.is_new) == (2, 1, True)
    assert (twice["paid"], twice["refused"], twice.is_new) == (0, 0, False)
    assert before == (held(ways[0].here), [way.version for way in ways], len(reading.tasks(most=1000)))
    assert all(reading.rebuilt(way.id) for way in ways)


def test_the_same_news_in_another_file_changes_nothing_either() -> None:
    (way,) = due()
    order = way.paid_file()
    read(fake.report(order), way)
    again = read(fake.statement(order), way)
    assert (again["paid"], again.is_new, way.view.state.paid_cents) == (0, True, GRANT)


def test_a_file_number_used_for_another_file_is_refused() -> None:
    (way,) = due()
    order = way.paid_file()
    file = fake.report(order)
    read(file, way)
    with pytest.raises(InputError, match="ask the bank"):
        read(file.replace(b"ACSC", b"RJCT"), way)


def test_a_refused_payment_is_committed_again_and_waits_for_a_person_before_it_is_paid_anew() -> None:
    (way,) = due()
    read(fake.report(way.paid_file(), {payment(way): "AC04"}), way)
    assert held(way.here) == {"committed": GRANT}
    (task,) = way.view.tasks
    assert (task.kind, task.data["code"]) == ("payment_refused", "AC04")
    with pytest.raises(NotPossibleError, match="Nothing"):
        prepare(way.here, uuid4(), way.now)
    cases.change_account(
        case=way.id, version=way.version, account=account(7), reason="Nieuwe rekening", actor=ANNA, now=way.now
    )
    assert way.view.tasks == ()
    order = way.paid_file()
    assert account(7).encode() in order
    read(fake.report(order), way)
    assert (held(way.here), way.view.state.paid_cents) == ({"paid": GRANT}, GRANT)
    assert reading.rebuilt(way.id)


def test_money_that_came_back_later_is_due_again() -> None:
    (way,) = due()
    order = way.paid_file()
    read(fake.report(order), way)
    way.take(Step.CLOSED)
    back = read(fake.statement(order, {payment(way): "AC01"}), way)
    assert (back["paid"], back["returned"]) == (0, 1)
    assert (held(way.here), way.view.state.stage, way.view.row.due_cents) == (
        {"committed": GRANT},
        Stage.SETTLED,
        GRANT,
    )
    assert way.view.tasks[0].kind == "payment_returned"


def test_a_file_refused_as_a_whole_refuses_every_payment_in_it() -> None:
    ways = due(2)
    order = ways[0].paid_file()
    about = read_answer(fake.report(order)).about
    file = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr>'
        f"<MsgId>{uuid4().hex}</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>{about}</OrgnlMsgId><GrpSts>RJCT</GrpSts>"
        "</OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()
    assert read(file, ways[0])["refused"] == 2
    assert held(ways[0].here) == {"committed": 2 * GRANT}


def test_withdrawn_while_the_bank_had_it_and_refused_there_it_comes_free() -> None:
    (way,) = due()
    order = way.paid_file()
    way.decide(Step.WITHDRAWN, reason="Ging niet door.", ground=Ground.NEW_FACTS)
    assert held(way.here) == {"paid": GRANT}
    read(fake.report(order, {payment(way): "AC04"}), way)
    assert held(way.here) == {"reserved": GRANT}


def test_withdrawn_before_its_file_was_released_it_comes_free_when_the_file_is_dropped() -> None:
    (way,) = due()
    file = prepare(way.here, uuid4(), way.now)
    way.decide(Step.WITHDRAWN, reason="Ging niet door.", ground=Ground.NEW_FACTS)
    assert held(way.here) == {"committed": GRANT}
    cases.drop_file(file=file, reason="Ingetrokken", actor=ANNA, now=way.now)
    assert held(way.here) == {"reserved": GRANT}


def test_another_amount_or_an_unknown_payment_is_told_and_moves_nothing() -> None:
    (way,) = due()
    order = way.paid_file()
    wrong = read(fake.statement(order).replace(b"1500.00", b"1500.01"), way)
    assert (wrong["odd"], way.view.state.ordered_cents) == (1, GRANT)
    assert way.view.tasks[0].kind == "bank_says_otherwise"
    unknown = read(fake.statement(order.replace(payment(way).encode(), uuid4().hex.encode())), way)
    assert (unknown["unknown"], unknown["paid"]) == (1, 0)


def test_a_line_that_does_not_follow_is_a_task_and_keeps_no_other_payment_waiting() -> None:
    one, other = due(2)
    order = one.paid_file()
    with undone_state(one):
        read_it = read(fake.report(order), other)
    assert (read_it["paid"], read_it["odd"]) == (1, 1)
    assert [task.kind for task in one.view.tasks] == ["bank_says_otherwise"]
    assert other.view.state.paid_cents == GRANT


@contextmanager
def undone_state(way: Way) -> Iterator[None]:
    """The case says for a moment that nothing is at the bank, so that nothing the bank says can follow."""
    change = "UPDATE schemes_case SET state = jsonb_set(state, '{ordered_cents}', %s) WHERE id = %s"
    with own_work(), connection.cursor() as cursor:
        cursor.execute(change, ["0", way.id])
    yield
    with own_work(), connection.cursor() as cursor:
        cursor.execute(change, [str(GRANT), way.id])


@pytest.mark.parametrize("is_dropped", [False, True])
def test_what_the_bank_paid_though_it_was_never_released_waits_for_a_person(is_dropped: bool) -> None:
    (way,) = due()
    with undone():
        carried = way.paid_file()
    file = prepare(way.here, uuid4(), way.now)
    if is_dropped:
        cases.drop_file(file=file, reason="x", actor=ANNA, now=way.now)
    assert read(fake.statement(carried), way)["odd"] == 1
    assert [task.kind for task in way.view.tasks] == ["payment_in_doubt"]
    with pytest.raises(NotPossibleError):
        way.paid_file() if is_dropped else cases.release_file(file=file, actor=BRAM, now=way.now)
    assert held(way.here) == {"committed": GRANT}


def test_the_same_bank_file_read_by_two_at_once_is_read_once() -> None:
    (way,) = due()
    answer = read_answer(fake.report(way.paid_file()))

    def one(_: int) -> bool:
        try:
            return cases.read_bank_file(answer=answer, actor=ANNA, now=way.now).is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(one, range(3))) == [False, False, True]


def test_a_payment_that_came_back_is_not_paid_again_because_somebody_ticked_it_off() -> None:
    (way,) = due()
    read(fake.report(way.paid_file(), {payment(way): "AC04"}), way)
    (task,) = way.view.tasks
    with pytest.raises(NotPossibleError, match="account"):
        cases.finish_task(task=task.id, actor=ANNA, now=way.now)
    way.decide(Step.WITHDRAWN, reason="x", ground=Ground.NEW_FACTS)
    cases.finish_task(task=task.id, actor=ANNA, now=way.now)
    assert way.view.tasks == ()
    (told,) = latest_events(action="case.task_finished")
    assert told.data["case"] == way.number


def test_a_file_that_was_not_released_pays_nothing_and_can_be_dropped() -> None:
    (way,) = due()
    file = prepare(way.here, uuid4(), way.now)
    assert held(way.here) == {"committed": GRANT}
    cases.drop_file(file=file, reason="Verkeerde dag", actor=ANNA, now=way.now)
    with pytest.raises(NotPossibleError, match="dropped"):
        cases.release_file(file=file, actor=BRAM, now=way.now)
    assert way.view.row.due_cents == GRANT
    way.paid_file()
    assert held(way.here) == {"paid": GRANT}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda way: way.decide(Step.WITHDRAWN, reason="x", ground=Ground.NEW_FACTS), "withdrawn"),
        (lambda way: way.decide(Step.LOWERED, 60_000, reason="x", ground=Ground.NEW_FACTS), "lower"),
        (lambda way: way.take(Step.PAYMENT_HELD, reason="x"), "held"),
        (
            lambda way: cases.change_account(
                case=way.id, version=way.version, account=account(8), reason="x", actor=CARLA, now=way.now
            ),
            "another account",
        ),
    ],
    ids=["withdrawn", "lowered", "held", "another_account"],
)
def test_a_case_that_changed_since_the_file_was_made_keeps_all_of_it_from_the_bank(
    change: Callable[[Way], object], said: str
) -> None:
    one, other = due(2)
    file = prepare(one.here, uuid4(), one.now)
    change(other)
    with pytest.raises(NotPossibleError, match=rf"{other.number} \(.*{said}") as refusal:
        cases.release_file(file=file, actor=BRAM, now=one.now)
    assert one.number not in refusal.value.message
    assert "paid" not in held(one.here)
    cases.drop_file(file=file, reason="Er veranderde iets", actor=ANNA, now=one.now)
    one.paid_file()
    assert held(one.here)["paid"] == GRANT + other.view.state.ordered_cents


def test_who_made_a_file_or_changed_an_account_in_it_does_not_release_it() -> None:
    (way,) = due()
    cases.change_account(case=way.id, version=way.version, account=account(9), reason="Nieuw", actor=CARLA, now=way.now)
    file = prepare(way.here, uuid4(), way.now)
    for actor in (ANNA, CARLA):
        with pytest.raises(cases.FourEyesError):
            cases.release_file(file=file, actor=actor, now=way.now)
    assert held(way.here) == {"committed": GRANT}
    cases.release_file(file=file, actor=BRAM, now=way.now)


def test_who_opened_a_case_with_an_account_does_not_release_its_payment() -> None:
    (way,) = due()
    file = prepare(way.here, uuid4(), way.now, by=CARLA)
    with pytest.raises(cases.FourEyesError):
        cases.release_file(file=file, actor=ANNA, now=way.now)
    cases.release_file(file=file, actor=BRAM, now=way.now)


def test_the_events_tell_which_account_was_changed_into_which_without_giving_them_away() -> None:
    way = begun()
    before = account(len("Bakkerij Aalders"))
    cases.change_account(case=way.id, version=way.version, account=account(8), reason="x", actor=CARLA, now=way.now)
    told = way.view.events[-1].data
    assert told == {"from": f"{before[:4]}...{before[-4:]}", "account": f"{account(8)[:4]}...{account(8)[-4:]}"}


def test_after_an_old_backup_what_was_paid_in_the_lost_time_is_not_paid_again() -> None:
    one, other = due(2)
    with undone():
        lost = one.paid_file()  # goes to the bank; then an hour-old backup is put back
    before = prepare(one.here, uuid4(), one.now)
    with as_owner():
        actions.skip_numbers(actor="operator", now=one.now)
    try:
        for stopped in (
            lambda: prepare(one.here, uuid4(), one.now),
            lambda: cases.release_file(file=before, actor=BRAM, now=one.now),
        ):
            with pytest.raises(NotPossibleError, match="old backup"):
                stopped()
    finally:
        done = cases.compare_payments(orders=[read_order(lost)], actor="operator", now=one.now)
    assert (done.known, done.in_doubt) == (0, tuple(sorted((one.number, other.number))))
    with pytest.raises(NotPossibleError, match=f"{one.number} .perhaps paid already"):
        cases.release_file(file=before, actor=BRAM, now=one.now)
    cases.drop_file(file=before, reason="x", actor=ANNA, now=one.now)
    with pytest.raises(NotPossibleError, match="Nothing is due"):
        prepare(one.here, uuid4(), one.now)
    (task,) = other.view.tasks
    cases.finish_task(task=task.id, actor=CARLA, now=one.now)  # the bank says that this one never left
    other.paid_file()
    assert held(one.here) == {"committed": GRANT, "paid": GRANT}


def test_two_files_at_the_same_moment_pay_each_case_once() -> None:
    ways = due(3)
    here, now = ways[0].here, ways[0].now

    def one(file: UUID) -> int:
        try:
            prepare(here, file, now)
            cases.release_file(file=file, actor=BRAM, now=now)
            return 1
        except NotPossibleError:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, [uuid4() for _ in range(4)]))
    assert held(here) == {"paid": 3 * GRANT}
    assert [len(way.view.payments) for way in ways] == [1, 1, 1]


def test_a_case_without_an_account_is_listed_and_not_paid() -> None:
    way = begun(opened(ceiling=GRANT), party=cases.Party("Zonder rekening"))
    way.settled()
    with pytest.raises(NotPossibleError, match="Nothing"):
        prepare(way.here, uuid4(), way.now)
    assert way.number in reading.without_account(most=1000)
