"""Registering somebody: the minimum, and who may see it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.actions import Use, log_use, record
from dichterbij.domains.people.actions.access import add_access, add_consent
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.actions.contact_rows import contact_rows
from dichterbij.domains.people.errors import ConsentNeededError, NoContactError
from dichterbij.domains.people.models import Contact, Person, Profile
from dichterbij.domains.people.rules import Ground, NewContact, NewPerson, Through, masked, read_grounds, read_profile
from dichterbij.domains.people.rules.own_page import reachable
from dichterbij.domains.people.secret import pseudonym
from dichterbij.shared.errors import InputError

REGISTERED = "people.person_registered"
GUIDE, HAND_OVER = "guide_person", "hand_over"


def register_person(*, by: Actor | Through, new: NewPerson, consents: Sequence[UUID] = (), now: datetime) -> UUID:
    """The number of the person. The actor's own organisation may see them; others only when they agreed (`consents`).

    `consents` are organisations to which the person agreed to be handed over. InputError for a person without a name or
    with something in the profile that is not kept, ContactError for what is no phone number or e-mail address,
    NoContactError without any, ConsentNeededError for an organisation that has no public task of its own.
    """
    contacts, profile = _contacts(new), read_profile(new.profile or {})
    person, trace = uuid4(), uuid4()
    organisation = by.organisation if isinstance(by, Actor) else None
    with acting_for(person):
        _store(person, by, new, organisation, now)
        Contact.objects.bulk_create(contact_rows(person, contacts))
        if profile:
            Profile.objects.create(person_id=person, values=profile, changed_at=now)
        if organisation:
            _take_in(person, organisation, consents, now)
        for other in dict.fromkeys(consents):
            if other == organisation:
                continue
            add_consent(person, other, HAND_OVER, now)
            add_access(person, other, HAND_OVER, Ground.CONSENT, None, now)
        activity = read_grounds(timezone.localdate(now)).purpose(GUIDE).activity
        log_use(subjects=[pseudonym(person)], use=Use("people.register", activity, organisation), trace=trace, now=now)
        data = {"person": str(person), "region": new.region, "consents": [str(other) for other in consents]}
        record(actor=str(by), action=REGISTERED, data=data, now=now, trace=trace)
    return person


def _take_in(person: UUID, organisation: UUID, consents: Sequence[UUID], now: datetime) -> None:
    """The organisation that registers somebody may guide them: as its public task, or because the person agreed."""
    kind = Person.objects.values_list("made_by__kind", flat=True).get(pk=person)
    ground = read_grounds(timezone.localdate(now)).ground_of(kind or "")
    if ground is Ground.CONSENT:
        if organisation not in consents:
            raise ConsentNeededError("This organisation keeps somebody's details only when they agree to it.")
        add_consent(person, organisation, GUIDE, now)
    add_access(person, organisation, GUIDE, ground, None, now)


def _contacts(new: NewPerson) -> tuple[NewContact, ...]:
    if not new.name.strip():
        raise InputError("A name or nickname is needed.", field="name")
    if not new.contacts:
        raise NoContactError("A way to reach this person is needed: phone, e-mail or post.", field="contacts")
    return new.contacts


def _store(person: UUID, by: Actor | Through, new: NewPerson, organisation: UUID | None, now: datetime) -> None:
    citizen = isinstance(by, Actor) and by.role is Role.CITIZEN
    first = reachable(new.contacts, by_text=True)
    Person.objects.create(
        id=person,
        region=new.region,
        name=" ".join(new.name.split()),
        language=new.language,
        through=by.kind if isinstance(by, Through) else by.role.value,
        reference=by.reference if isinstance(by, Through) else "",
        reach_hint=masked(first) if first else "",
        made_at=now,
        made_by_id=organisation,
        account_id=by.user if isinstance(by, Actor) and citizen else None,
        account_since=now if isinstance(by, Actor) and citizen else None,
        invented=new.invented,
    )
