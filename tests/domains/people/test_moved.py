"""Databases of before: what the migrations make of them."""

from importlib import import_module
from types import SimpleNamespace

from django.db import connection, transaction
from django.utils import timezone

from dichterbij.domains.people import actions, queries
from dichterbij.domains.people.actions import Corrected, Site, Through
from dichterbij.domains.people.rules import ContactKind, NewContact
from support.people import NUMBERS, Desk, as_owner, register

LINKS = import_module("dichterbij.domains.people.migrations.0008_links_again")
SITE = Site("https://x.example/nl/mijn/{token}/", "https://x.example/nl/mijn/")


def test_who_was_registered_before_hints_gets_one_and_who_corrected_an_address_does_not(desk: Desk) -> None:
    mail, number = f"kees{next(NUMBERS)}@example.nl", f"065{next(NUMBERS):07d}"
    by_mail, by_text, corrected = register(desk, email=mail), register(desk, phone=number), register(desk, email=mail)
    changed = Corrected("Kees", "nl", [NewContact(ContactKind.EMAIL, "nieuw@example.nl")])
    actions.correct_person(
        person=corrected, corrected=changed, by=Through("self", ""), site=SITE, by_text=False, now=timezone.now()
    )
    people = [by_mail, by_text, corrected]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET reach_hint = '' WHERE id = ANY (%s)", [people])
        LINKS.hints(None, SimpleNamespace(connection=connection))
    assert [queries.reach_hint(person) for person in people] == ["k•••@example.nl", f"•••• {number[-2:]}", ""]


def test_a_database_with_the_first_form_of_the_question_for_links_gets_the_newest(desk: Desk) -> None:
    mail = f"kees{next(NUMBERS)}@example.nl"
    register(desk, email=mail)
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION people_make_keys(bytea, text, bytea[], timestamptz, integer)")
            cursor.execute(
                "CREATE FUNCTION people_make_keys(bytea, bytea[], timestamptz, integer) RETURNS uuid[]"
                " LANGUAGE sql AS 'SELECT ARRAY[]::uuid[]'"
            )
            cursor.execute(LINKS.make("ASC"))
        contact = NewContact(ContactKind.EMAIL, mail)
        assert actions.send_keys(contact=contact, language="nl", site=SITE, now=timezone.now())
        transaction.set_rollback(True)
