"""Letters to somebody about their own page: with a link, or word of what was done to the page.

What a letter is about holds a mark of each person it tells of, so that it goes when that person is forgotten. Nobody
without the key of this installation finds the person back by it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.people.models import Contact, Person
from dichterbij.domains.people.rules import ContactKind, NewContact, takes_texts
from dichterbij.domains.people.rules.own_page import links_in_words, texts
from dichterbij.domains.people.secret import letter_mark
from dichterbij.domains.post import actions as post
from dichterbij.domains.post.queries import about_waiting
from dichterbij.domains.post.rules import Channel, NewLetter

ABOUT = "own-page"


@dataclass(frozen=True, slots=True)
class Site:
    """Addresses of this site that letters name. `page` has {token} in it; `ask` is where a link is asked."""

    page: str
    ask: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a letter says: which words, and what is filled in."""

    words: str
    ask: str
    links: Sequence[str] = field(default=())
    until: datetime | None = None
    desk: str = ""


def about(people: Iterable[UUID]) -> str:
    """A new reference for a letter about these people."""
    return ":".join([ABOUT, token_hex(8), *(letter_mark(person) for person in people)])


def contacts_of(person: UUID) -> list[NewContact]:
    """Every way to reach somebody, in one order. In the person's own stretch."""
    rows = Contact.objects.filter(person_id=person).order_by("kind", "value")
    return [NewContact(ContactKind(row.kind), row.value) for row in rows]


def can_be_told(contact: NewContact, *, by_text: bool) -> bool:
    """Whether a letter can go there: an e-mail address, or a mobile number where texts are sent."""
    is_mail = contact.kind is ContactKind.EMAIL and contact.value.isascii()
    return is_mail or (by_text and takes_texts(contact))


def tell(person: UUID, contacts: Iterable[NewContact], said: Said, now: datetime) -> str:
    """Write word to these addresses, in the language of the person; what it is about, empty without any letter.

    In the person's own stretch: it is kept with what it tells about, or not at all.
    """
    language = Person.objects.values_list("language", flat=True).get(pk=person)
    reference = about([person])
    letters = [
        found
        for number, contact in enumerate(contacts, 1)
        for found in letter(reference, contact, language, said, number=number)
    ]
    post.write(letters, now=now)
    return reference if letters else ""


def letter(reference: str, contact: NewContact, language: str, said: Said, *, number: int = 1) -> list[NewLetter]:
    """The letter by mail or text message; none by text about what nobody asked."""
    words = texts(language)
    values = {
        "links": links_in_words(said.links, language) if said.links else "", "ask": said.ask, "desk": said.desk,
        "until": f"{timezone.localtime(said.until):%d-%m-%Y}" if said.until else "",
    }  # fmt: skip
    if contact.kind is ContactKind.EMAIL:
        subject, text = (words[said.words][part].format_map(values) for part in ("subject", "text"))
        return [NewLetter(reference, "person", contact.value, subject, text, number)]
    short = words["sms"].get(said.words)
    if short is None:
        return []
    return [NewLetter(reference, "person", contact.value, "", short.format_map(values), number, Channel.SMS)]


def forget_letters(person: UUID) -> None:
    """No letter about the own page of this person that did not leave, or of which nobody knows, is kept."""
    mark = letter_mark(person)
    post.forget([one for one in about_waiting() if one.startswith(f"{ABOUT}:") and mark in one.split(":")])
