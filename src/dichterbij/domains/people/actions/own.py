"""What somebody does on their own page: correct, take back a consent, have what was told about work removed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.people.actions.access import check_is_theirs, check_may_see, hold
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.contact_rows import contact_rows
from dichterbij.domains.people.actions.telling import Said, Site, can_be_told, contacts_of, tell
from dichterbij.domains.people.errors import NoContactError
from dichterbij.domains.people.models import Access, Consent, Contact, Person, Profile
from dichterbij.domains.people.rules import Ground, NewContact, Through
from dichterbij.domains.people.secret import digest_of
from dichterbij.shared.errors import InputError

CORRECTED, WITHDRAWN = "people.person_corrected", "people.consent_withdrawn"
PROFILE_REMOVED = "people.profile_removed"
Told = Callable[[UUID, UUID, datetime], None]
_told: list[Told] = []


@dataclass(frozen=True, slots=True)
class Corrected:
    """How somebody is called and reached, as they say it is."""

    name: str
    language: str
    contacts: Sequence[NewContact]


def correct_person(
    *, person: UUID, corrected: Corrected, by: Actor | Through, site: Site, by_text: bool, now: datetime
) -> str:
    """Change name, language and contacts. InputError without a name, NoContactError without any way to reach them.

    Only the person does: whoever else changed the address would get the link to their page. For the same reason every
    address that goes gets word of it; returns what those letters are about, empty without any.
    """
    if not corrected.name.strip():
        raise InputError("A name or nickname is needed.", field="name")
    if not corrected.contacts:
        raise NoContactError("A way to reach this person is needed: phone, e-mail or post.", field="contacts")
    check_is_theirs(by, person)
    rows = contact_rows(person, corrected.contacts)
    with acting_for(person):
        hold(person)
        fields, gone = _changed(person, corrected, rows), _gone(person, rows, by_text)
        Person.objects.filter(pk=person).update(name=" ".join(corrected.name.split()), language=corrected.language)
        Contact.objects.filter(person_id=person).delete()
        Contact.objects.bulk_create(rows)
        # Only which fields: their values are the person's, and the journal keeps none.
        record(actor=str(by), action=CORRECTED, data={"person": str(person), "fields": fields}, now=now)
        return tell(person, gone, Said("changed", site.ask), now)


def remove_profile(*, person: UUID, by: Actor | Through, now: datetime) -> bool:
    """Remove what was told about work; whether there was anything."""
    check_may_see(by, person, now)
    with acting_for(person):
        gone, _ = Profile.objects.filter(person_id=person).delete()
        if gone:
            record(actor=str(by), action=PROFILE_REMOVED, data={"person": str(person)}, now=now)
    return bool(gone)


def when_withdrawn(tell: Told) -> None:
    """What else must happen when somebody takes back what an organisation may see, in the same transaction."""
    if tell not in _told:
        _told.append(tell)


def withdraw_consent(
    *, person: UUID, organisation: UUID, purpose: str | None = None, by: Actor | Through, now: datetime
) -> int:
    """Take back what was agreed to with an organisation; it sees nothing from this moment where that was its ground.

    Returns how many were taken back; 0 when there was nothing left. What it sees by public task is not touched.
    """
    check_may_see(by, person, now)
    which = {"person_id": person, "organisation_id": organisation} | ({"purpose": purpose} if purpose else {})
    with acting_for(person):
        if Consent.objects.filter(**which, withdrawn_at=None).exists():
            for tell in _told:  # before this person is held: whoever answers a hand-over holds that first
                tell(person, organisation, now)
        hold(person)
        taken = Consent.objects.filter(**which, withdrawn_at=None).update(withdrawn_at=now)
        Access.objects.filter(**which, ground=Ground.CONSENT.value, ended_at=None).update(ended_at=now)
        if taken:
            data = {"person": str(person), "organisation": str(organisation), "purpose": purpose or "all"}
            record(actor=str(by), action=WITHDRAWN, data=data, now=now)
    return taken


def _changed(person: UUID, corrected: Corrected, rows: Sequence[Contact]) -> list[str]:
    before = Person.objects.get(pk=person)
    fields = [name for name in ("name", "language") if getattr(before, name) != getattr(corrected, name)]
    kept = Contact.objects.filter(person_id=person)
    differ = {(row.kind, bytes(row.digest)) for row in kept} ^ {(row.kind, bytes(row.digest)) for row in rows}
    return [*fields, *sorted({kind for kind, _ in differ})]


def _gone(person: UUID, rows: Sequence[Contact], by_text: bool) -> list[NewContact]:
    """Where the person is reached now, and can be told, and not any more with these."""
    stay = {bytes(row.digest) for row in rows}
    return [
        contact
        for contact in contacts_of(person)
        if digest_of(contact) not in stay and can_be_told(contact, by_text=by_text)
    ]
