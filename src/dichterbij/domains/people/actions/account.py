"""The own page with an account: kept with it, and taken away from it."""

from datetime import datetime
from uuid import UUID

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.actions import record
from dichterbij.domains.people.actions.access import check_is_theirs, hold
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.telling import Said, Site, contacts_of, tell
from dichterbij.domains.people.models import Key, Person
from dichterbij.domains.people.rules import Through, Way, reachable
from dichterbij.domains.people.secret import digest_of_token
from dichterbij.shared.errors import NotFoundError

ACCOUNT_TIED, ACCOUNT_UNTIED = "people.account_tied", "people.account_untied"


def tie_by_link(*, person: UUID, token: str, actor: Actor, site: Site, by_text: bool, now: datetime) -> str:
    """Somebody who came by a link of their own, and is signed in as citizen, keeps the page with the account.

    Never by a link that a desk printed: the desk read it too. The person gets word of it where there is an address:
    returns what that letter is about, empty without one. NotFoundError as `tie_account`.
    """
    with acting_for(person):
        came_by = Key.objects.filter(person_id=person, digest=digest_of_token(token), ended_at=None).first()
        if came_by is None or came_by.way == Way.PRINTED.value:
            raise NotFoundError("There is no such link, or it was printed at a desk.")
        if not tie_account(person=person, actor=actor, now=now):
            return ""
        found = reachable(contacts_of(person), by_text=by_text)
        return tell(person, [found] if found else [], Said("tied", site.ask), now)


def tie_account(*, person: UUID, actor: Actor, now: datetime) -> bool:
    """Keep the page with the account of this citizen; whether it was not before. Whoever asks made sure who it is.

    NotFoundError for another role, or a person whose page another account keeps already.
    """
    if actor.role is not Role.CITIZEN:
        raise NotFoundError("There is no such person.")
    with acting(actor), acting_for(person):
        free = Person.objects.filter(pk=person, account=None)
        mine = free.update(account_id=actor.user, account_since=now)
        if not mine and not Person.objects.filter(pk=person, account_id=actor.user).exists():
            raise NotFoundError("There is no such person.")
        if mine:
            record(actor=str(actor), action=ACCOUNT_TIED, data={"person": str(person)}, now=now)
    return bool(mine)


def untie_account(*, person: UUID, by: Actor | Through, now: datetime) -> bool:
    """The account no longer opens this page; whether one did. By the person: with a link, or with that account."""
    check_is_theirs(by, person)
    with acting_for(person):
        hold(person)
        return let_go(person, by, now)


def let_go(person: UUID, by: Actor | Through, now: datetime) -> bool:
    """As `untie_account`, in the stretch of a person who is held."""
    tied = Person.objects.filter(pk=person).exclude(account=None)
    was_tied = bool(tied.update(account=None, account_since=None))
    if was_tied:
        record(actor=str(by), action=ACCOUNT_UNTIED, data={"person": str(person)}, now=now)
    return was_tied
