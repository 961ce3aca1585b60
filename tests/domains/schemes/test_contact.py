"""How who applied can be reached: beside the receipt, seen by the work of schemes alone, gone after its term."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.post.queries import states
from dichterbij.domains.post.seeing import own_work as post_work
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions import contacting
from dichterbij.domains.schemes.actions.cases import Party, open_case
from dichterbij.domains.schemes.actions.contacting import RECEIPT
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules.contact import NewContact, keep_until
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.rules.proof import id_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import InputError
from support.cases import ANNA, Way
from support.people import as_owner
from support.schemes import NUMBERS, facts, opened

pytestmark = pytest.mark.usefixtures("site")
ACCOUNT = "NL91ABNA0417164300"
GIVEN = NewContact("Werk@Bol.example", "NL91 ABNA 0417 1643 00", "nl", "12345678", "https://site.example/a/")
ADD = """
    INSERT INTO schemes_contact (receipt_id, email, account, language, kvk, link, given_at, keep_until)
    VALUES (%(receipt)s, %(email)s, %(account)s, %(language)s, %(kvk)s, '', now(), current_date)
"""


@pytest.fixture(scope="module")
def here(site: None) -> Opened:
    return opened()


def apply(here: Opened, contact: NewContact | None = GIVEN, **more: Any) -> actions.Received:
    return actions.receive(
        scheme=here.scheme.slug, key=more.get("key", uuid4()), applicant="12345678 Bakkerij", contact=contact,
        facts=facts("bakery", f"person {next(NUMBERS)}") if "told" not in more else more["told"],
        confirm=lambda number: (f"We have {number}", "Look at the page."),
    )  # fmt: skip


def count(statement: str, *values: Any) -> int:
    with own_work(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.rowcount


def test_it_is_kept_as_an_address_and_an_account_are_written(here: Opened) -> None:
    kept = queries.contact_of(apply(here).number)
    assert kept
    assert (kept.email, kept.account, kept.kvk) == ("werk@bol.example", ACCOUNT, "12345678")
    assert queries.contact_of(apply(here, None).number) is None


@pytest.mark.parametrize("wrong", [NewContact(email="bol"), NewContact(account="NL91 ABNA 0417 1643 01")])
def test_what_is_no_address_or_account_is_refused_and_nothing_is_received(here: Opened, wrong: NewContact) -> None:
    before = len(queries.receipts(scheme=here.scheme.slug, limit=1000))
    with pytest.raises(InputError):
        apply(here, wrong)
    assert len(queries.receipts(scheme=here.scheme.slug, limit=1000)) == before


def test_no_receipt_event_or_decision_holds_any_of_it(here: Opened) -> None:
    number = apply(here).number
    open_case(number=number, party=Party("Bakkerij"), actor=ANNA, now=timezone.now())
    told = [queries.status(number=number), *journal.latest_events(action="case.received")]
    assert not [one for one in told for word in ("bol.example", ACCOUNT) if word in repr(one)]
    with own_work(), connection.cursor() as cursor:
        cursor.execute("SELECT email || account FROM schemes_case WHERE number = %s", [number])
        assert cursor.fetchone() == ("",)


def test_sent_again_with_the_same_key_it_is_mailed_once(here: Opened) -> None:
    key, told = uuid4(), facts("bakery", f"person {next(NUMBERS)}")
    first, again = (apply(here, key=key, told=told) for _ in range(2))
    assert first.number == again.number
    assert list(states([first.number], now=timezone.now())[first.number]) == [RECEIPT]


def test_a_letter_of_the_case_is_told_without_what_it_says(here: Opened) -> None:
    number = apply(here).number
    case = open_case(number=number, party=Party("Bakkerij"), actor=ANNA, now=timezone.now())
    assert list(states([number], now=timezone.now())[number]) == [RECEIPT], "the mail at applying said this already"
    actions.contacting.tell(case.receipt_id, "refused", 2, timezone.now())
    with post_work(), connection.cursor() as cursor:
        cursor.execute("SELECT subject, text FROM post_letter WHERE about = %s AND kind = 'case_refused'", [number])
        subject, text = cursor.fetchone()
    assert subject == f"Er is een brief over je aanvraag {number}"
    assert "https://site.example/a/" in text
    assert "Bakkerij" not in text


def test_after_its_term_it_is_deleted_but_not_while_its_case_is_open(here: Opened) -> None:
    gone, stays = apply(here).number, apply(here).number
    open_case(number=stays, party=Party("Bakkerij"), actor=ANNA, now=timezone.now())
    last = keep_until(timezone.localdate())
    on_the_last_day = timezone.now() + (last - timezone.localdate())
    actions.forget_contacts(actor="tests", now=on_the_last_day)
    assert queries.contact_of(gone)
    assert actions.forget_contacts(actor="tests", now=on_the_last_day + timedelta(days=1))
    assert (queries.contact_of(gone), bool(queries.contact_of(stays))) == (None, True)
    event = journal.latest_events(action="schemes.contacts_forgotten")[0]
    assert set(event.data) == {"contacts"}


def test_a_contact_and_its_mails_are_forgotten_together_or_neither(
    here: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = apply(here).number
    much_later = timezone.now() + timedelta(days=8000)

    def fails(numbers: object) -> None:
        raise OSError("the post is not there")

    with monkeypatch.context() as patched:
        patched.setattr(contacting.post, "forget", fails)
        with pytest.raises(OSError, match="post"):
            actions.forget_contacts(actor="tests", now=much_later)
    assert queries.contact_of(number)
    actions.forget_contacts(actor="tests", now=much_later)
    assert queries.contact_of(number) is None


def test_it_stays_while_an_objection_is_open(here: Opened) -> None:
    number = apply(here).number
    case = open_case(number=number, party=Party("Bakkerij"), actor=ANNA, now=timezone.now())
    way = Way(here, number, case.pk)
    way.decide(Step.REFUSED, reason="Not for this.")
    way.object(Step.REFUSED)
    much_later = timezone.now() + timedelta(days=800)
    actions.forget_contacts(actor="tests", now=much_later)
    assert queries.contact_of(number)


@pytest.mark.parametrize("applicant", ["12345678 阿里", "12345678 🥐"])
def test_who_has_a_name_in_other_signs_keeps_nobody_waiting(here: Opened, applicant: str) -> None:
    given = facts("bakery", f"person {next(NUMBERS)}")
    odd = actions.receive(scheme=here.scheme.slug, key=uuid4(), applicant=applicant, facts=given).number
    after = apply(here).number
    taken = actions.take_in(actor=ANNA, now=timezone.now())
    assert {odd, after} <= set(taken.numbers)


def test_an_application_that_cannot_become_a_case_keeps_nobody_waiting(
    here: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    bad, after = apply(here).number, apply(here).number
    with as_owner(), connection.cursor() as owner:
        owner.execute("ALTER TABLE schemes_case ADD CONSTRAINT odd CHECK (number <> %s) NOT VALID", [bad])
    try:
        taken = actions.take_in(actor=ANNA, now=timezone.now())
    finally:
        with as_owner(), connection.cursor() as owner:
            owner.execute("ALTER TABLE schemes_case DROP CONSTRAINT odd")
    assert (taken.stuck, after in taken.numbers) == ((bad,), True)
    assert bad in caplog.text
    assert "Bakkerij" not in caplog.text
    assert actions.take_in(actor=ANNA, now=timezone.now()).numbers == (bad,)


def test_the_site_sees_it_in_the_work_of_schemes_only(here: Opened) -> None:
    number = apply(here).number
    seen = "SELECT 1 FROM schemes_contact WHERE receipt_id = %s"
    assert count(seen, id_of(number)) == 1
    with connection.cursor() as cursor:
        cursor.execute(seen, [id_of(number)])
        assert cursor.rowcount == 0
        with transaction.atomic():
            with as_owner(), connection.cursor() as owner:
                owner.execute("ALTER TABLE schemes_contact DISABLE ROW LEVEL SECURITY")
            cursor.execute(seen, [id_of(number)])
            assert cursor.rowcount == 1
            transaction.set_rollback(True)


def test_the_site_never_changes_it(here: Opened) -> None:
    number, change = apply(here).number, "UPDATE schemes_contact SET account = '' WHERE receipt_id = %s"
    with pytest.raises(DatabaseError, match="permission denied"):
        count(change, id_of(number))
    with transaction.atomic():
        with as_owner(), connection.cursor() as owner:
            owner.execute("GRANT UPDATE ON schemes_contact TO dichterbij_site")
        assert count(change, id_of(number)) == 1
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("wrong", "guard"),
    [
        ({"email": "nobody"}, "has_an_address"),
        ({"account": "1234"}, "has_an_account"),
        ({"kvk": "1234"}, "has_a_kvk_number"),
        ({"language": "de"}, "language_is_written"),
    ],
)
def test_the_database_keeps_no_contact_that_is_none(here: Opened, wrong: dict[str, str], guard: str) -> None:
    values = {
        "email": "",
        "account": "",
        "kvk": "",
        "language": "nl",
        "receipt": id_of(apply(here, None).number),
    } | wrong

    def add() -> None:
        with own_work(), connection.cursor() as cursor:
            cursor.execute(ADD, values)

    with pytest.raises(DatabaseError, match=f"schemes_contact_{guard}"):
        add()
    with transaction.atomic():
        with as_owner(), connection.cursor() as owner:
            owner.execute(f"ALTER TABLE schemes_contact DROP CONSTRAINT schemes_contact_{guard}")
        add()
        transaction.set_rollback(True)
