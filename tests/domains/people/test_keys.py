"""Links to somebody's own page: to their own address and nowhere else, or on paper with the person at the desk."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.accounts.models import Organisation, User
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.people import actions, queries
from dichterbij.domains.people.actions import Corrected, Site, Through
from dichterbij.domains.people.rules import ContactKind, NewContact, Way, masked, reachable, takes_texts
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.rules import Channel
from dichterbij.shared.errors import InputError, NotFoundError
from support.people import NUMBERS, Desk, as_owner, register
from support.post import letters

SITE = Site("https://x.example/nl/mijn/{token}/", "https://x.example/nl/mijn/")
SELF = Through("self", "")


def address() -> NewContact:
    """An address of nobody else."""
    return NewContact(ContactKind.EMAIL, f"kees{next(NUMBERS)}@example.nl")


def send(contact: NewContact, language: str = "nl") -> list[Letter]:
    """What is written when somebody asks a link with this address."""
    about = actions.send_keys(contact=contact, language=language, site=SITE, now=timezone.now())
    return letters(about) if about else []


def tokens_in(letter: Letter) -> list[str]:
    return re.findall(r"/nl/mijn/([A-Za-z0-9_-]{43})/", letter.text)


def to(person: UUID, by: Actor | Through = SELF, *, by_text: bool = True) -> list[Letter]:
    actions.answer_asked(now=timezone.now())  # of before
    actions.ask_key_to(person=person, by=by, language="nl", site=SITE, by_text=by_text, now=timezone.now())
    return [letter for about in actions.answer_asked(now=timezone.now()) for letter in letters(about)]


def correct(person: UUID, corrected: Corrected, by: Actor | Through = SELF, *, by_text: bool = True) -> str:
    return actions.correct_person(
        person=person, corrected=corrected, by=by, site=SITE, by_text=by_text, now=timezone.now()
    )


def print_for(person: UUID, actor: Actor, *, is_here: bool = True) -> actions.Printed:
    return actions.print_key(
        person=person, actor=actor, is_here=is_here, desk="Loket", site=SITE, by_text=True, now=timezone.now()
    )


def test_the_link_goes_to_the_address_of_the_person_and_opens_their_page(desk: Desk) -> None:
    contact = address()
    person = register(desk, name="Kees", email=contact.value)
    (letter,) = send(NewContact(ContactKind.EMAIL, contact.value.upper()))
    assert letter.recipient.lower() == contact.value
    (token,) = tokens_in(letter)
    assert queries.person_of_token(token) == person
    assert "Kees" not in letter.subject + letter.text
    link = queries.link_of(person=person, token=token)
    assert link.way is Way.SENT
    assert link.until
    assert link.until > timezone.now() + timedelta(days=29)


def test_several_with_one_address_are_one_letter_with_a_link_for_each(desk: Desk, other: Desk) -> None:
    contact = address()
    people = {register(desk, email=contact.value), register(other, email=contact.value)}
    (letter,) = send(contact, "en")
    assert {queries.person_of_token(token) for token in tokens_in(letter)} == people
    assert "Page 1: " in letter.text


def test_an_address_that_nobody_has_gets_a_letter_without_a_link_and_a_number_none() -> None:
    (letter,) = send(address())
    assert not tokens_in(letter)
    assert "kennen niemand" in letter.text
    assert send(NewContact(ContactKind.PHONE, f"065{next(NUMBERS):07d}")) == []


def test_known_or_not_asks_the_database_the_same(desk: Desk) -> None:
    known, counts = address(), []
    register(desk, email=known.value)
    for contact in (known, address()):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            send(contact)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["staff", "organisation"])
def test_an_address_of_a_desk_opens_nobodys_page(desk: Desk, kind: str) -> None:
    contact = address()
    if kind == "staff":
        with account_work():
            User.objects.create(email=contact.value, kind="staff", made_at=timezone.now())
    else:
        Organisation.objects.filter(pk=desk.organisation).update(email=contact.value.upper())
    person = register(desk, email=contact.value, phone="0229 123456")
    (letter,) = send(contact)
    assert not tokens_in(letter)
    assert not any(map(tokens_in, to(person)))


@pytest.mark.parametrize(("kept", "asked"), [("straße", "strasse"), ("strasse", "straße"), ("kees", "\u212aees")])
def test_a_mail_box_whose_name_only_looks_the_same_gets_no_link(desk: Desk, kept: str, asked: str) -> None:
    number = next(NUMBERS)
    register(desk, email=f"{kept}{number}@example.nl")
    (letter,) = send(NewContact(ContactKind.EMAIL, f"{asked}{number}@example.nl"))
    assert not tokens_in(letter)


def test_one_address_gets_three_links_an_hour_and_no_more(desk: Desk) -> None:
    contact = address()
    register(desk, email=contact.value)
    assert [len(send(contact)) for _ in range(4)] == [1, 1, 1, 0]


def test_who_asks_a_link_ends_nobodys(desk: Desk) -> None:
    contact = address()
    person = register(desk, email=contact.value)
    first = actions.new_token(person=person, by=SELF, now=timezone.now())
    sent = [tokens_in(letter)[0] for _ in range(2) for letter in send(contact)]
    assert {queries.person_of_token(token) for token in (first, *sent)} == {person}
    newest = actions.new_token(person=person, by=SELF, now=timezone.now())
    assert {queries.person_of_token(token) for token in (first, *sent)} == {None}
    assert queries.person_of_token(newest) == person


def test_a_link_that_was_sent_ends_by_itself(desk: Desk) -> None:
    contact = address()
    register(desk, email=contact.value)
    (token,) = tokens_in(send(contact)[0])
    with as_owner(), connection.cursor() as cursor:
        past = "made_at = now() - interval '31 days', until = now() - interval '1 second'"
        cursor.execute(f"UPDATE people_key SET {past} WHERE digest = sha256(%s::bytea)", [token.encode()])
    assert queries.person_of_token(token) is None


def test_from_a_hand_over_it_goes_by_mail_else_by_text_to_a_mobile_number(desk: Desk) -> None:
    contact, number = address(), f"065{next(NUMBERS):07d}"
    (letter,) = to(register(desk, email=contact.value))
    assert (letter.channel, letter.recipient) == (Channel.MAIL, contact.value)
    (text,) = to(register(desk, phone=number))
    assert (text.channel, text.recipient) == (Channel.SMS, number)
    assert tokens_in(text)
    assert to(register(desk, phone=number), by_text=False) == []
    assert to(register(desk, phone="0229 12 34 56")) == []


def test_a_desk_that_may_not_see_somebody_has_nothing_sent(desk: Desk, other: Desk) -> None:
    person = register(desk, email=address().value)
    for by in (other.adviser, Through("helper", "")):
        with pytest.raises(NotFoundError):
            to(person, by)
    assert to(person, desk.adviser)
    looks = queries.own_page(person=person, now=timezone.now()).looks
    assert [look.partner.id for look in looks if look.name == "people.keys_sent" and look.partner] == [
        desk.organisation
    ]


def test_the_hint_is_of_the_first_address_also_after_the_person_changed_it(desk: Desk) -> None:
    person = register(desk, email="Kees@Example.nl")
    assert queries.reach_hint(person) == "k•••@example.nl"
    changed = Corrected("Kees", "nl", [address()])
    correct(person, changed)
    assert queries.reach_hint(person) == "k•••@example.nl"
    assert to(person)[0].recipient == changed.contacts[0].value


def test_nobody_else_changes_where_the_link_goes(desk: Desk) -> None:
    person = register(desk, email="kees@example.nl")
    changed = Corrected("Kees", "nl", [address()])
    for by in (desk.adviser, Through("helper", "OV-1")):
        with pytest.raises(NotFoundError):
            correct(person, changed, by)


def test_every_address_that_goes_gets_word_of_it_and_the_new_ones_do_not(desk: Desk) -> None:
    first, stays, number = address(), address(), f"065{next(NUMBERS):07d}"
    person = register(desk, name="Kees", email=first.value, phone=number)
    kept = [first, stays, NewContact(ContactKind.PHONE, number), NewContact(ContactKind.PHONE, "0229 123456")]
    assert correct(person, Corrected("Kees", "nl", kept)) == ""
    about = correct(person, Corrected("Kees", "nl", [NewContact(ContactKind.EMAIL, stays.value.upper()), address()]))
    told = {letter.recipient: letter for letter in letters(about)}
    assert set(told) == {first.value, number}
    assert "Was jij dat niet? Bel dan meteen het loket" in told[first.value].text
    assert "Kees" not in str([(letter.subject, letter.text) for letter in told.values()])
    assert (told[number].channel, told[number].subject) == (Channel.SMS, "")


def test_nobody_is_texted_about_a_change_where_no_texts_are_sent(desk: Desk) -> None:
    person = register(desk, phone=f"065{next(NUMBERS):07d}")
    assert correct(person, Corrected("Kees", "nl", [address()]), by_text=False) == ""


def test_a_letter_about_a_printed_link_is_kept_with_the_link_or_neither_is(desk: Desk) -> None:
    person = register(desk, email=address().value)
    before = actions.new_token(person=person, by=SELF, now=timezone.now())
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE post_letter ADD CONSTRAINT no_more CHECK (false) NOT VALID")
    try:
        with pytest.raises(IntegrityError):
            print_for(person, desk.adviser)
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE post_letter DROP CONSTRAINT no_more")
    assert queries.person_of_token(before) == person


def test_no_letter_of_somebody_who_is_forgotten_is_kept_and_those_of_others_are(desk: Desk) -> None:
    shared, own = address(), address()
    first, second = register(desk, email=shared.value), register(desk, email=shared.value)
    other = register(desk, email=own.value)
    abouts = [letter.about for contact in (shared, own) for letter in send(contact)]
    abouts += [print_for(person, desk.adviser).about for person in (first, second, other)]
    actions.forget_person(person=first, by=SELF, now=timezone.now())
    assert [bool(letters(about)) for about in abouts] == [False, True, False, True, True]
    assert not any(str(person) in about for about in abouts for person in (first, second, other))


def test_an_address_that_many_were_registered_with_opens_the_pages_of_the_first(desk: Desk) -> None:
    contact = address()
    first = register(desk, email=contact.value)
    for _ in range(5):
        register(desk, email=contact.value)
    (letter,) = send(contact)
    opened = {queries.person_of_token(token) for token in tokens_in(letter)}
    assert len(opened) == 5
    assert first in opened


def test_a_link_is_printed_only_with_the_person_there_and_it_ends_every_other_one(desk: Desk, other: Desk) -> None:
    contact = address()
    person = register(desk, email=contact.value)
    before = actions.new_token(person=person, by=SELF, now=timezone.now())
    with pytest.raises(InputError):
        print_for(person, desk.adviser, is_here=False)
    for stranger in (other.adviser, Actor(desk.adviser.user, Role.STEERING_GROUP, desk.organisation, "AM05")):
        with pytest.raises(NotFoundError):
            print_for(person, stranger)
    assert queries.person_of_token(before) == person
    printed = print_for(person, desk.adviser)
    assert (queries.person_of_token(before), queries.person_of_token(printed.token)) == (None, person)
    assert queries.link_of(person=person, token=printed.token).way is Way.PRINTED
    (letter,) = letters(printed.about)
    assert (letter.recipient, tokens_in(letter)) == (contact.value, [])
    event = latest_events(action="people.key_printed")[0]
    assert (event.actor, event.data) == (str(desk.adviser), {"person": str(person)})
    looks = queries.own_page(person=person, now=timezone.now()).looks
    assert "people.key_printed" in {look.name for look in looks}


def test_a_link_that_was_asked_is_kept_until_it_is_written_and_written_once(desk: Desk) -> None:
    contact = address()
    register(desk, email=contact.value)
    for _ in range(2):
        actions.ask_keys(contact=contact, language="nl", site=SITE, now=timezone.now())
    # The site is stopped here; the next round of letters finds what was asked.
    first, second = actions.answer_asked(now=timezone.now())
    assert [letter.recipient for about in (first, second) for letter in letters(about)] == [contact.value] * 2
    assert actions.answer_asked(now=timezone.now()) == ()


def test_a_question_that_goes_wrong_keeps_nobody_waiting(desk: Desk) -> None:
    contact = address()
    register(desk, email=contact.value)
    bad = NewContact(ContactKind.EMAIL, "no address")
    for asked in (bad, contact):
        actions.ask_keys(contact=asked, language="nl", site=SITE, now=timezone.now())
    assert [bool(letters(about)) for about in actions.answer_asked(now=timezone.now())] == [True]


def test_keeping_what_is_asked_is_the_same_for_known_and_unknown(desk: Desk) -> None:
    known, counts = address(), []
    register(desk, email=known.value)
    for contact in (known, address()):
        with CaptureQueriesContext(connection) as asked:
            actions.ask_keys(contact=contact, language="nl", site=SITE, now=timezone.now())
        counts.append([query["sql"].partition("VALUES")[0] for query in asked])
    assert counts[0] == counts[1]
    actions.answer_asked(now=timezone.now())


def test_what_somebody_asked_goes_with_who_is_forgotten(desk: Desk) -> None:
    person = register(desk, email=address().value)
    actions.ask_key_to(person=person, by=SELF, language="nl", site=SITE, by_text=True, now=timezone.now())
    actions.forget_person(person=person, by=SELF, now=timezone.now())
    assert actions.answer_asked(now=timezone.now()) == ()


def test_a_mobile_number_beside_an_address_of_a_desk_is_tried_and_only_what_went_is_written_down(desk: Desk) -> None:
    staff, number = address(), f"065{next(NUMBERS):07d}"
    with account_work():
        User.objects.create(email=staff.value, kind="staff", made_at=timezone.now())
    with_number, without = register(desk, email=staff.value, phone=number), register(desk, email=staff.value)
    (text,) = to(with_number, desk.adviser)
    assert (text.channel, text.recipient, len(tokens_in(text))) == (Channel.SMS, number, 1)
    assert to(without, desk.adviser, by_text=False) == []
    told = [queries.own_page(person=person, now=timezone.now()).looks for person in (with_number, without)]
    assert ["people.keys_sent" in {look.name for look in looks} for looks in told] == [True, False]


def test_no_link_stands_in_the_journal(desk: Desk) -> None:
    contact = address()
    person = register(desk, email=contact.value)
    (token,) = tokens_in(send(contact)[0])
    printed = print_for(person, desk.adviser)
    told = str(
        [event.data for name in ("people.keys_sent", "people.key_printed") for event in latest_events(action=name)]
    )
    assert token not in told
    assert printed.token not in told
    assert contact.value not in told


names = st.from_regex(r"\A[a-z][a-z0-9.]{1,20}\Z")
numbers = st.from_regex(r"\A06[0-9]{8}\Z")


@given(names, numbers)
def test_a_masked_address_shows_one_letter_or_two_digits(name: str, number: str) -> None:
    assert masked(NewContact(ContactKind.EMAIL, f"{name}@example.nl")) == f"{name[0]}•••@example.nl"
    assert masked(NewContact(ContactKind.PHONE, number)) == f"•••• {number[-2:]}"
    assert masked(NewContact(ContactKind.POST, name)) == ""


@given(st.lists(st.sampled_from(["mail", "mobile", "land", "post"]), max_size=5), st.booleans())
def test_a_link_goes_by_mail_first_then_to_a_mobile_number_and_never_by_post(kinds: list[str], by_text: bool) -> None:
    given_ = {
        "mail": NewContact(ContactKind.EMAIL, "a@example.nl"), "mobile": NewContact(ContactKind.PHONE, "06 12345678"),
        "land": NewContact(ContactKind.PHONE, "0229 123456"), "post": NewContact(ContactKind.POST, "Brink 1"),
    }  # fmt: skip
    found = reachable([given_[kind] for kind in kinds], by_text=by_text)
    wanted = "mail" if "mail" in kinds else "mobile" if by_text and "mobile" in kinds else None
    assert found == (given_[wanted] if wanted else None)
    assert not any(takes_texts(given_[kind]) for kind in ("mail", "land", "post"))
