"""Many people at once, of an organisation that moves in: the same rows as registering makes, in a few statements.

Only the owner of the tables can: the site itself makes one person at a time, in that person's own stretch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from dichterbij.domains.journal.actions import Use, log_use, record
from dichterbij.domains.people.actions.contact_rows import contact_rows
from dichterbij.domains.people.actions.registering import GUIDE
from dichterbij.domains.people.models import Access, Consent, Contact, Person
from dichterbij.domains.people.rules import Ground, NewPerson, masked, read_grounds, read_retention
from dichterbij.domains.people.rules.own_page import reachable
from dichterbij.domains.people.secret import digest_of, pseudonym

TAKEN_OVER = "people.people_taken_over"
Known = dict[tuple[bytes, str], UUID]  # a contact and a name: together they are one person


@dataclass(frozen=True, slots=True)
class Seeing:
    """An organisation that may see somebody, for a purpose; `agreed_at`: when they agreed, where that is the ground."""

    organisation: UUID
    purpose: str
    ground: Ground
    agreed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom the organisation knew already, and who may see them."""

    new: NewPerson
    seeing: tuple[Seeing, ...]


def take_over_people(
    *, organisation: UUID, people: Sequence[KnownPerson], actor: str, now: datetime
) -> tuple[UUID, ...]:
    """The numbers of these people, in order; in the caller's transaction. ContactError.

    Who has the same name and a same contact as somebody whom this organisation may see is that person.
    """
    known = _known(organisation, people, now)
    numbers, fresh = [], dict[UUID, NewPerson]()
    for one in people:
        keys = [(digest_of(contact), one.new.name.casefold()) for contact in one.new.contacts]
        number = next((known[key] for key in keys if key in known), None)
        if number is None:
            number = uuid4()
            fresh[number] = one.new
        known.update(dict.fromkeys(keys, number))
        numbers.append(number)
    _store(organisation, fresh, now)
    _let_see(numbers, people, now)
    _write_down(organisation, numbers, actor, now)
    return tuple(numbers)


def _known(organisation: UUID, people: Sequence[KnownPerson], now: datetime) -> Known:
    """Contact by contact, and not by everybody of the organisation: those are many."""
    digests = {digest_of(contact) for one in people for contact in one.new.contacts}
    rows = Contact.objects.filter(digest__in=digests).order_by("-person__made_at")
    found = list(rows.values_list("digest", "person__name", "person_id"))
    mine = Access.objects.filter(organisation_id=organisation, ended_at=None, until__gt=now)
    seen = set(mine.filter(person_id__in={person for *_, person in found}).values_list("person_id", flat=True))
    return {(bytes(digest), name.casefold()): person for digest, name, person in found if person in seen}


def _store(organisation: UUID, fresh: dict[UUID, NewPerson], now: datetime) -> None:
    Person.objects.bulk_create(
        Person(
            id=number, region=new.region, name=new.name, language=new.language, through="system", reference="import",
            reach_hint=_hint(new), made_at=now, made_by_id=organisation, invented=new.invented,
        )
        for number, new in fresh.items()
    )  # fmt: skip
    Contact.objects.bulk_create(row for number, new in fresh.items() for row in contact_rows(number, new.contacts))


def _hint(new: NewPerson) -> str:
    first = reachable(new.contacts, by_text=True)
    return masked(first) if first else ""


def _let_see(numbers: Sequence[UUID], people: Sequence[KnownPerson], now: datetime) -> None:
    """What is there already is made longer, never shorter: the constraints of the database say what is there once."""
    retention, text = read_retention(timezone.localdate(now)), read_grounds(timezone.localdate(now)).consent_text
    pairs = [(number, seeing) for number, one in zip(numbers, people, strict=True) for seeing in one.seeing]
    Access.objects.bulk_create(
        (
            Access(
                person_id=number, organisation_id=one.organisation, purpose=one.purpose, ground=one.ground.value,
                since=now, until=now + retention.lasts(one.purpose),
            )
            for number, one in pairs
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    receiving: dict[tuple[UUID, str], set[UUID]] = {}
    for number, one in pairs:
        receiving.setdefault((one.organisation, one.purpose), set()).add(number)
    for (organisation, purpose), those in receiving.items():
        until = now + retention.lasts(purpose)
        theirs = Access.objects.filter(organisation_id=organisation, purpose=purpose, person_id__in=those)
        theirs.filter(ended_at=None, until__lt=until).update(until=until)
    Consent.objects.bulk_create(
        (
            Consent(
                person_id=number,
                organisation_id=one.organisation,
                purpose=one.purpose,
                text=text,
                given_at=one.agreed_at,
            )
            for number, one in pairs
            if one.agreed_at
        ),
        ignore_conflicts=True,
    )


def _write_down(organisation: UUID, numbers: Sequence[UUID], actor: str, now: datetime) -> None:
    trace, people = uuid4(), list(dict.fromkeys(numbers))
    activity = read_grounds(timezone.localdate(now)).purpose(GUIDE).activity
    use = Use("people.take_over", activity, organisation)
    log_use(subjects=[pseudonym(person) for person in people], use=use, trace=trace, now=now)
    data = {"organisation": str(organisation), "people": [str(person) for person in people]}
    record(actor=actor, action=TAKEN_OVER, data=data, now=now, trace=trace)
