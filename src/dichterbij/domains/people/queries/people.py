"""Looking at people. Row-level security keeps others' rows away, also from a query that forgets its filter."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.domains.journal.actions import Use, log_use, record
from dichterbij.domains.people.errors import ContactError
from dichterbij.domains.people.models import Access, Person
from dichterbij.domains.people.queries.values import ContactRow, PersonLine, PersonRow
from dichterbij.domains.people.rules import ContactKind, NewContact, read_grounds
from dichterbij.domains.people.secret import digest_of, pseudonym
from dichterbij.shared.errors import NotFoundError

READ, LISTED, NAMED = "people.person_read", "people.list_read", "people.names_read"
DATA = "person"
MOST_NAMED = 1000  # of whose name something is a part: whoever searches for less than that types more


def person(*, actor: Actor, person: UUID, purpose: str, now: datetime) -> PersonRow:
    """Everything about somebody; NotFoundError when there is no such person or it is not yours: the same answer."""
    with acting(actor):
        found = _yours(actor, [person], purpose, now).prefetch_related("contacts").select_related("profile").first()
        if found is None:
            raise NotFoundError("There is no such person.")
        _write_down(actor, [person], READ, purpose, now)
        return row_of(found)


def people(
    *, actor: Actor, purpose: str, now: datetime, search: str = "", limit: int = 25, offset: int = 0
) -> tuple[PersonLine, ...]:
    """People whom the actor's organisation may see for this purpose, the newest access first; often empty.

    `search` is part of a name, or a whole phone number or e-mail address.
    """
    with acting(actor):
        rows = list(_accesses(actor, purpose, now, search).order_by("-since", "id")[offset : offset + limit])
        # Apart from the rows: joined, the database would look up everybody of the organisation to show a page.
        who = Person.objects.in_bulk([row.person_id for row in rows])
        lines = tuple(line_of(row, who[row.person_id]) for row in rows)
        _write_down(actor, [line.id for line in lines], LISTED, purpose, now)
    return lines


def number_of_people(*, actor: Actor, purpose: str, now: datetime, search: str = "") -> int:
    """How many `people` would give without a limit."""
    with acting(actor):
        return _accesses(actor, purpose, now, search).count()


def names(*, actor: Actor, people: Iterable[UUID], purpose: str, now: datetime) -> dict[UUID, str]:
    """The names of those among `people` whom the actor may see; the others are left out."""
    with acting(actor):
        found = dict(_yours(actor, list(people), purpose, now).values_list("id", "name"))
        _write_down(actor, list(found), NAMED, purpose, now)
    return found


def row_of(found: Person) -> PersonRow:
    """A row with contacts and profile at hand, as value."""
    kept = getattr(found, "profile", None)
    return PersonRow(
        id=found.pk,
        name=found.name,
        language=found.language,
        region=found.region,
        made_at=found.made_at,
        invented=found.invented,
        contacts=tuple(
            ContactRow(contact.kind, contact.value)
            for contact in sorted(found.contacts.all(), key=lambda contact: (contact.kind, contact.value))
        ),
        profile=kept.values if kept else None,
    )


def line_of(found: Access, who: Person) -> PersonLine:
    """A row of a list, from an access and its person."""
    return PersonLine(who.pk, who.name, who.language, who.region, found.since, found.until, who.invented)


def _may(actor: Actor, purpose: str, now: datetime) -> bool:
    return read_permissions(timezone.localdate(now)).reach(actor.role, purpose, DATA) is not None


def _given(actor: Actor, purpose: str, now: datetime) -> Q:
    covering = read_grounds(timezone.localdate(now)).covering(purpose)
    return Q(organisation_id=actor.organisation, purpose__in=covering, ended_at=None, until__gt=now)


def _yours(actor: Actor, people: Sequence[UUID], purpose: str, now: datetime) -> QuerySet[Person]:
    if not _may(actor, purpose, now) or actor.organisation is None:
        return Person.objects.none()
    given = Access.objects.filter(_given(actor, purpose, now), person_id__in=people)
    return Person.objects.filter(pk__in=given.values("person_id"))


def _accesses(actor: Actor, purpose: str, now: datetime, search: str) -> QuerySet[Access]:
    """One access per person: the longest of those for this purpose."""
    if not _may(actor, purpose, now) or actor.organisation is None:
        return Access.objects.none()
    covering = read_grounds(timezone.localdate(now)).covering(purpose)
    mine = Access.objects.filter(_given(actor, purpose, now)).filter(_searched(search, covering))
    if len(covering) == 1:
        return mine  # the database keeps one for each purpose
    # Searched before choosing: not everybody's accesses are laid beside each other.
    longest = mine.order_by("person_id", "-until", "id").distinct("person_id").values("id")
    return Access.objects.filter(pk__in=longest)


def _searched(search: str, purposes: Collection[str]) -> Q:
    """Whose contact or name it is; asked while the actor acts."""
    text = " ".join(search.split())
    if not text:
        return Q()
    kind = ContactKind.EMAIL if "@" in text else ContactKind.PHONE
    try:
        return Q(person__contacts__digest=digest_of(NewContact(kind, text)))
    except ContactError:
        return Q(person_id__in=_named(text, purposes))


def _named(text: str, purposes: Collection[str]) -> Sequence[UUID]:
    """Those of whose name this is a part, whom the organisation that acts may see; the newest access first."""
    part = f"%{connection.ops.prep_for_like_query(text)}%"
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_named(%s, %s, %s)", [part, list(purposes), MOST_NAMED])
        found: Sequence[UUID] = cursor.fetchone()[0]
    return found


def _write_down(actor: Actor, found: Sequence[UUID], action: str, purpose: str, now: datetime) -> None:
    """The processing log (whose data, no user) and the event (which user, how many), with one trace."""
    if not found:
        return
    trace = uuid4()
    activity = read_grounds(timezone.localdate(now)).purpose(purpose).activity
    use = Use(action, activity, actor.organisation)
    log_use(subjects=[pseudonym(one) for one in found], use=use, trace=trace, now=now)
    data: dict[str, object] = {"purpose": purpose, "count": len(found)}
    if action == READ:
        data["person"] = str(found[0])
    record(actor=str(actor), action=action, data=data, now=now, trace=trace)
