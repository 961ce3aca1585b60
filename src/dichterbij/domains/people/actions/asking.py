"""Asking a link to an own page: kept at once, answered a moment later.

Keeping is the same for every address and every person, so that the time an answer takes tells nothing about who is
known. What is kept is answered by whoever comes first: the site itself, or the next round of letters. Whoever is
stopped in between loses nothing.
"""

import logging
from datetime import datetime
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people.actions.access import check_may_see
from dichterbij.domains.people.actions.acting import acting_for, answering
from dichterbij.domains.people.actions.keys import KEYS_SENT, NOBODY, send_keys, write_down
from dichterbij.domains.people.actions.telling import Site, can_be_told, contacts_of
from dichterbij.domains.people.models import LinkRequest
from dichterbij.domains.people.rules import ContactKind, NewContact, Through
from dichterbij.shared.errors import DichterbijError

MOST_TRIED = 4  # addresses of one person, for one question
log = logging.getLogger(__name__)


def ask_keys(*, contact: NewContact, language: str, site: Site, now: datetime) -> None:
    """Keep that somebody asked a link with this address, whoever has it. Answered as `send_keys` says."""
    asked = LinkRequest(kind=contact.kind.value, value=contact.value, actor=NOBODY)
    _keep(asked, language, site, now)


def ask_key_to(*, person: UUID, by: Actor | Through, language: str, site: Site, by_text: bool, now: datetime) -> None:
    """Keep that a link is asked for this person, to their own address. NotFoundError for who may not see the person.

    It goes by mail, else by text message: to the first address that opens their page, which one of a desk never does.
    Where it goes, the person reads on their page which organisation had it sent.
    """
    check_may_see(by, person, now)
    organisation = by.organisation if isinstance(by, Actor) else None
    asked = LinkRequest(person_id=person, actor=str(by), organisation=organisation, by_text=by_text)
    with acting_for(person):
        _keep(asked, language, site, now)


def answer_asked(*, now: datetime) -> tuple[str, ...]:
    """Write the letters that were asked, each once, also when two do this at once; what they are about in the post."""
    found: list[str] = []
    while (reference := _next(now)) is not None:
        found.append(reference)
    return tuple(filter(None, found))


def _keep(asked: LinkRequest, language: str, site: Site, now: datetime) -> None:
    asked.language, asked.page, asked.ask, asked.asked_at = language, site.page, site.ask, now
    with answering():
        asked.save(force_insert=True)


def _next(now: datetime) -> str | None:
    """The oldest one: answered and gone in one moment, or neither. None when there is none left."""
    with answering():
        free = LinkRequest.objects.select_for_update(skip_locked=True, of=("self",))
        asked = free.order_by("asked_at", "id").first()
        if asked is None:
            return None
        LinkRequest.objects.filter(pk=asked.pk).delete()
        try:
            with transaction.atomic():
                return _answered(asked, now)
        except (DichterbijError, DataError, IntegrityError) as error:
            # It would go wrong again, and keep all others waiting.
            log.warning("A link that was asked could not be made: %s", type(error).__name__)
            return ""


def _answered(asked: LinkRequest, now: datetime) -> str:
    site = Site(asked.page, asked.ask)
    if asked.person_id is None:
        contact = NewContact(ContactKind(asked.kind), asked.value)
        return send_keys(contact=contact, language=asked.language, site=site, now=now, actor=asked.actor)
    with acting_for(asked.person_id):
        known = [one for one in contacts_of(asked.person_id) if can_be_told(one, by_text=asked.by_text)]
    for contact in sorted(known, key=lambda one: one.kind is not ContactKind.EMAIL)[:MOST_TRIED]:
        reference = send_keys(
            contact=contact, language=asked.language, site=site, now=now, actor=asked.actor, only=asked.person_id
        )
        if reference:
            if asked.organisation:
                with acting_for(asked.person_id):
                    write_down(asked.person_id, asked.organisation, asked.actor, KEYS_SENT, now)
            return reference
    return ""
