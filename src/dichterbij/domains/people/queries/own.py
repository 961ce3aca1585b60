"""Somebody's own page: what is known, who may see it and why, who looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.actions import Use, log_use
from dichterbij.domains.journal.queries import uses_of
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.models import Access, Consent, Key, Person
from dichterbij.domains.people.queries.people import row_of
from dichterbij.domains.people.queries.values import PersonRow
from dichterbij.domains.people.rules import Ground, Purpose, Way, read_grounds
from dichterbij.domains.people.secret import digest_of_token, pseudonym
from dichterbij.shared.errors import NotFoundError

OWN_PAGE, OWN_DATA = "people.own_page", "own_data"


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation, as a page names it."""

    id: UUID
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class AccessRow:
    """Who may see somebody, for what, on which ground, until when; `ended_at` when that is over."""

    partner: Partner
    purpose: str
    ground: Ground
    since: datetime
    until: datetime
    ended_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether it still may."""
        return self.ended_at is None and self.until > now


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What somebody agreed to, in which version of the words."""

    partner: Partner
    purpose: str
    text: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """An organisation used somebody's data. Never who of its people it was."""

    at: datetime
    partner: Partner | None
    purpose: Purpose | None
    name: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Everything that is kept about one person. `purposes` are those of today."""

    person: PersonRow
    through: str
    has_account: bool
    account_since: datetime | None
    accesses: tuple[AccessRow, ...]
    consents: tuple[ConsentRow, ...]
    looks: tuple[Look, ...]
    purposes: Mapping[str, Purpose]


def person_of_token(token: str) -> UUID | None:
    """Whose page this link opens; None for a link that is not one, or not any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_whose_key(%s)", [digest_of_token(token)])
        found: UUID | None = cursor.fetchone()[0]
    return found


@dataclass(frozen=True, slots=True)
class Link:
    """How somebody came by a link, and until when it works; None: until a newer one."""

    way: Way
    made_at: datetime
    until: datetime | None


def link_of(*, person: UUID, token: str) -> Link:
    """The link that opened this person's page; NotFoundError."""
    with acting_for(person):
        row = Key.objects.filter(person_id=person, digest=digest_of_token(token)).first()
    if row is None:
        raise NotFoundError("There is no such link.")
    return Link(Way(row.way), row.made_at, row.until)


def reach_hint(person: UUID) -> str:
    """The address that somebody gave at the start, masked; empty without one by which a link can go.

    The same after they changed it: whoever has the link of a hand-over learns nothing of that.
    """
    with acting_for(person):
        return Person.objects.filter(pk=person).values_list("reach_hint", flat=True).first() or ""


def people_of_account(actor: Actor) -> tuple[UUID, ...]:
    """The persons a citizen keeps with the account; none for another role."""
    if actor.role is not Role.CITIZEN:
        return ()
    with acting(actor):
        mine = Person.objects.filter(account_id=actor.user).order_by("made_at", "id")
        return tuple(mine.values_list("id", flat=True))


def own_page(*, person: UUID, now: datetime) -> OwnPage:
    """What a page shows to the person; NotFoundError. Whoever asks has made sure that it is them."""
    grounds = read_grounds(timezone.localdate(now))
    with acting_for(person):
        found = Person.objects.prefetch_related("contacts").select_related("profile").filter(pk=person).first()
        if found is None:
            raise NotFoundError("There is no such person.")
        accesses = Access.objects.filter(person_id=person).select_related("organisation").order_by("-since", "id")
        consents = Consent.objects.filter(person_id=person).select_related("organisation").order_by("-given_at", "id")
        rows = tuple(_access(row) for row in accesses)
        use = Use(OWN_PAGE, grounds.purpose(OWN_DATA).activity, None)
        log_use(subjects=[pseudonym(person)], use=use, trace=uuid4(), now=now)
        return OwnPage(
            person=row_of(found),
            through=found.through,
            has_account=found.account_id is not None,
            account_since=found.account_since,
            accesses=rows,
            consents=tuple(_consent(row) for row in consents),
            looks=_looks(person, {row.partner.id: row.partner for row in rows}, grounds.purposes),
            purposes=grounds.purposes,
        )


def take_along(page: OwnPage) -> dict[str, Any]:
    """The same as JSON: everything, in words that another system can read (AVG art. 15 and 20)."""
    who = page.person
    return {
        "name": who.name,
        "language": who.language,
        "region": who.region,
        "registered_at": who.made_at.isoformat(),
        "registered_through": page.through,
        "kept_with_an_account": page.has_account,
        "contacts": [{"kind": contact.kind, "value": contact.value} for contact in who.contacts],
        "about_work": dict(who.profile or {}),
        "may_see": [_access_json(row) for row in page.accesses],
        "agreed": [_consent_json(row) for row in page.consents],
        "looked": [
            {
                "at": look.at.isoformat(),
                "organisation": look.partner.name if look.partner else None,
                "purpose": look.purpose.name if look.purpose else None,
            }
            for look in page.looks
        ],
    }


def _access_json(row: AccessRow) -> dict[str, Any]:
    return {
        "organisation": row.partner.name,
        "purpose": row.purpose,
        "ground": row.ground.value,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


def _consent_json(row: ConsentRow) -> dict[str, Any]:
    return {
        "organisation": row.partner.name,
        "purpose": row.purpose,
        "text": row.text,
        "given_at": row.given_at.isoformat(),
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
    }


def _partner(row: Access | Consent) -> Partner:
    return Partner(row.organisation.pk, row.organisation.name, row.organisation.phone)


def _access(row: Access) -> AccessRow:
    return AccessRow(_partner(row), row.purpose, Ground(row.ground), row.since, row.until, row.ended_at)


def _consent(row: Consent) -> ConsentRow:
    return ConsentRow(_partner(row), row.purpose, row.text, row.given_at, row.withdrawn_at)


def _looks(person: UUID, partners: Mapping[UUID, Partner], purposes: Mapping[str, Purpose]) -> tuple[Look, ...]:
    """The person's own visits are left out: this is about others."""
    named = {purpose.activity: purpose for purpose in purposes.values()}
    rows = [row for row in uses_of(subject=pseudonym(person)) if row.name != OWN_PAGE]
    return tuple(
        Look(row.at, partners.get(row.organisation) if row.organisation else None, named.get(row.activity), row.name)
        for row in rows
    )
