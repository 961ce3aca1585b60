"""Links to somebody's own page: made there, sent to the person's own address, or printed at a desk.

Whoever handed somebody over holds the link of that hand-over, and must never get this one. So it goes by the address of
the person only, and a desk can print it only with the person beside it, which the person reads afterwards.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import Use, log_use, record
from dichterbij.domains.people.actions.access import check_is_theirs, check_may_see, hold
from dichterbij.domains.people.actions.account import let_go
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.telling import Said, Site, about, contacts_of, letter, tell
from dichterbij.domains.people.models import Key
from dichterbij.domains.people.rules import ContactKind, NewContact, Through, read_grounds, read_link_terms, takes_texts
from dichterbij.domains.people.rules.own_page import MOST_PERSONS, Way, reachable
from dichterbij.domains.people.secret import digest_of, digest_of_token, pseudonym
from dichterbij.domains.post import actions as post
from dichterbij.shared.errors import InputError

KEY_MADE, KEYS_SENT, KEY_PRINTED = "people.key_made", "people.keys_sent", "people.key_printed"
TOKEN_BYTES = 32
OWN_DATA = "own_data"
NOBODY = "visitor"


@dataclass(frozen=True, slots=True)
class Printed:
    """A link for on paper: shown now and never again. `about`: the letter that tells the person, empty without one."""

    token: str
    until: datetime
    about: str


def new_token(*, person: UUID, by: Actor | Through, now: datetime) -> str:
    """A secret link to somebody's own page; those before it no longer work. It is shown now and never again.

    Made with a link, it is for somebody who may have lost control: an account that opened the page no longer does.
    """
    check_is_theirs(by, person)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with acting_for(person):
        _only_key(person, Key(digest=digest_of_token(token), made_at=now), now)
        if isinstance(by, Through):
            let_go(person, by, now)
        record(actor=str(by), action=KEY_MADE, data={"person": str(person)}, now=now)
    return token


def send_keys(
    *, contact: NewContact, language: str, site: Site, now: datetime, actor: str = NOBODY, only: UUID | None = None
) -> str:
    """Write the letter with a link for everybody who is reached by this address: to that address, and to nobody else.

    An address that nobody has gets a letter that says so; a phone number that nobody has gets none. `only`: no letter
    when this person is not reached by it. Returns what the letter is about in the post, empty without one. ContactError
    for what is no address.
    """
    if contact.kind is not ContactKind.EMAIL and not takes_texts(contact):
        return ""
    terms = read_link_terms(timezone.localdate(now))
    tokens = [secrets.token_urlsafe(TOKEN_BYTES) for _ in range(MOST_PERSONS)]
    until = now + terms.lasts
    with transaction.atomic():
        found = _made(contact, tokens, until, terms.an_hour_per_address)
        if found is None or (only and only not in found):
            return ""
        record(actor=actor, action=KEYS_SENT, data={"people": [str(person) for person in found]}, now=now)
        links = [site.page.format(token=token) for token in tokens[: len(found)]]
        reference, said = about(found), Said("mail" if links else "unknown", site.ask, links, until)
        letters = letter(reference, contact, language, said)
        post.write(letters, now=now)
    return reference if letters else ""


def print_key(
    *, person: UUID, actor: Actor, is_here: bool, desk: str, site: Site, by_text: bool, now: datetime
) -> Printed:
    """A link on paper for somebody who sits at the desk (`is_here`: the adviser says so, and who it is is clear).

    Every other link of the person ends. The person reads on their page which organisation did it and when, and gets
    word of it where there is an address. InputError unless `is_here`, NotFoundError for who may not see the person.
    """
    if not is_here:
        raise InputError("A link is printed only for somebody who is at the desk.", field="is_here")
    check_may_see(actor, person, now)
    token, until = secrets.token_urlsafe(TOKEN_BYTES), now + read_link_terms(timezone.localdate(now)).lasts
    with acting_for(person):
        key = Key(digest=digest_of_token(token), way=Way.PRINTED.value, made_at=now, until=until)
        _only_key(person, key, now)
        write_down(person, actor.organisation, str(actor), KEY_PRINTED, now)
        contact = reachable(contacts_of(person), by_text=by_text)
        reference = tell(person, [contact] if contact else [], Said("printed", site.ask, until=until, desk=desk), now)
    return Printed(token, until, reference)


def _made(contact: NewContact, tokens: Sequence[str], until: datetime, most: int) -> list[UUID] | None:
    """Whose pages the links open, in order; None when too many were asked. One statement, whatever it finds."""
    digests = [digest_of_token(token) for token in tokens]
    with connection.cursor() as cursor:
        asked: tuple[Any, ...] = (digest_of(contact), contact.value, digests, until, most)
        cursor.execute("SELECT people_make_keys(%s, %s, %s::bytea[], %s, %s)", asked)
        found: list[UUID] | None = cursor.fetchone()[0]
    return found


def _only_key(person: UUID, key: Key, now: datetime) -> None:
    hold(person)
    Key.objects.filter(person_id=person, ended_at=None).update(ended_at=now)
    key.person_id = person
    key.save(force_insert=True)


def write_down(person: UUID, organisation: UUID | None, actor: str, action: str, now: datetime) -> None:
    """In both logs: the person sees which organisation, the audit which user."""
    trace = uuid4()
    use = Use(action, read_grounds(timezone.localdate(now)).purpose(OWN_DATA).activity, organisation)
    log_use(subjects=[pseudonym(person)], use=use, trace=trace, now=now)
    record(actor=actor, action=action, data={"person": str(person)}, now=now, trace=trace)
