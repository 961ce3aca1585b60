"""Who may see somebody: given when a person is handed over, ended when that is over or the person says so."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, read_permissions
from dichterbij.domains.journal.actions import Use, log_use, record
from dichterbij.domains.people.actions.acting import acting_for
from dichterbij.domains.people.errors import ConsentNeededError
from dichterbij.domains.people.models import Access, Consent, Person
from dichterbij.domains.people.rules import Ground, Through, read_grounds, read_retention
from dichterbij.domains.people.secret import pseudonym
from dichterbij.shared.errors import InputError, NotFoundError

GIVEN = "people.access_given"
ENDED = "people.access_ended"
NEW_ONLY = ("helper", "finding_place")


def give_access(
    *,
    person: UUID,
    organisation: UUID,
    purpose: str,
    ground: Ground | str,
    by: Actor | Through,
    until: datetime | None = None,
    now: datetime,
) -> None:
    """Let an organisation see somebody for a purpose; where it may already, for longer when `until` is later.

    On the ground of consent, what was agreed to is kept with it. NotFoundError for an actor who may not see the person,
    ConsentNeededError for a public task that this organisation does not have.
    """
    check_may_see(by, person, now)
    with acting_for(person):
        hold(person)
        if Ground(ground) is Ground.CONSENT:
            add_consent(person, organisation, purpose, now)
        ends = add_access(person, organisation, purpose, Ground(ground), until, now)
        _check_ground(person, organisation, Ground(ground), now)
        data = {
            "person": str(person),
            "organisation": str(organisation),
            "purpose": purpose,
            "ground": Ground(ground).value,
            "until": ends.isoformat(),
        }
        trace = uuid4()
        activity = read_grounds(timezone.localdate(now)).purpose(purpose).activity
        giver = by.organisation if isinstance(by, Actor) else None
        log_use(subjects=[pseudonym(person)], use=Use(GIVEN, activity, giver), trace=trace, now=now)
        record(actor=str(by), action=GIVEN, data=data, now=now, trace=trace)


def end_access(
    *, person: UUID, organisation: UUID, purpose: str | None = None, by: Actor | Through, now: datetime
) -> int:
    """End what an organisation may see of somebody (every purpose, unless one is named), from this moment.

    Returns how many ended; 0 when there was nothing to end. NotFoundError for an actor who may not see the person.
    """
    check_may_see(by, person, now)
    with acting_for(person):
        hold(person)
        rows = Access.objects.filter(person_id=person, organisation_id=organisation, ended_at=None)
        ended = rows.filter(**({"purpose": purpose} if purpose else {})).update(ended_at=now)
        if ended:
            data = {"person": str(person), "organisation": str(organisation), "purpose": purpose or "all"}
            record(actor=str(by), action=ENDED, data=data, now=now)
    return ended


def end_consented(*, person: UUID, organisation: UUID, by: Through, now: datetime) -> int:
    """End everything that an organisation may see by consent, and the consents: the person stopped what it was for.

    What it sees by public task is not touched. Returns how many ended.
    """
    check_may_see(by, person, now)
    which = {"person_id": person, "organisation_id": organisation}
    with acting_for(person):
        hold(person)
        Consent.objects.filter(**which, withdrawn_at=None).update(withdrawn_at=now)
        by_consent = Access.objects.filter(**which, ground=Ground.CONSENT.value, ended_at=None)
        ended = by_consent.update(ended_at=now)
        if ended:
            data = {"person": str(person), "organisation": str(organisation), "purpose": "by consent"}
            record(actor=str(by), action=ENDED, data=data, now=now)
    return ended


def check_may_see(by: Actor | Through, person: UUID, now: datetime) -> None:
    """NotFoundError when there is no such person, or when the actor may not see them.

    A helper and a finding place's code know nobody who is registered already.
    """
    if isinstance(by, Through):
        with acting_for(person):
            found = by.kind not in NEW_ONLY and Person.objects.filter(pk=person).exists()
    else:
        with acting(by):
            found = _is_own(by, person) or (
                by.organisation is not None and _works_with_people(by, now) and _is_open(person, by.organisation, now)
            )
    if not found:
        raise NotFoundError("There is no such person.")


def check_is_theirs(by: Actor | Through, person: UUID) -> None:
    """NotFoundError for anybody but the person: by their own link or their own account."""
    with acting(by) if isinstance(by, Actor) else acting_for(person):
        is_theirs = _is_own(by, person) if isinstance(by, Actor) else by.kind == "self"
        found = is_theirs and Person.objects.filter(pk=person).exists()
    if not found:
        raise NotFoundError("There is no such person.")


def _is_own(by: Actor, person: UUID) -> bool:
    return Person.objects.filter(pk=person, account_id=by.user).exists()


def _works_with_people(by: Actor, now: datetime) -> bool:
    """Whether this role has anything to do with persons, for whatever purpose."""
    grants = read_permissions(timezone.localdate(now)).grants
    return any(grant.role is by.role and grant.data == "person" for grant in grants)


def _check_ground(person: UUID, organisation: UUID, ground: Ground, now: datetime) -> None:
    """Nobody works on the ground of a public task that is not theirs."""
    mine = Access.objects.filter(person_id=person, organisation_id=organisation)
    kind = mine.values_list("organisation__kind", flat=True)[0]
    if ground is Ground.PUBLIC_TASK and read_grounds(timezone.localdate(now)).ground_of(kind) is Ground.CONSENT:
        raise ConsentNeededError("This organisation sees somebody only when they agree to it.")


def hold(person: UUID) -> None:
    """One act at a time about one person, until the transaction ends. NotFoundError when they are gone meanwhile."""
    if Person.objects.select_for_update(of=("self",)).filter(pk=person).first() is None:
        raise NotFoundError("There is no such person.")


def _is_open(person: UUID, organisation: UUID, now: datetime) -> bool:
    mine = Access.objects.filter(person_id=person, organisation_id=organisation)
    return mine.filter(ended_at=None, until__gt=now).exists()


def add_consent(person: UUID, organisation: UUID, purpose: str, now: datetime) -> None:
    """Keep that somebody agreed, with the version of the words; once."""
    text = read_grounds(timezone.localdate(now)).consent_text
    if not Consent.objects.filter(
        person_id=person, organisation_id=organisation, purpose=purpose, withdrawn_at=None
    ).exists():
        Consent.objects.create(person_id=person, organisation_id=organisation, purpose=purpose, text=text, given_at=now)


def add_access(
    person: UUID, organisation: UUID, purpose: str, ground: Ground, until: datetime | None, now: datetime
) -> datetime:
    """An access until a moment (the purpose's term when none is said); an open one is made longer, never shorter."""
    ends = until or now + read_retention(timezone.localdate(now)).lasts(purpose)
    if ends <= now:
        raise InputError("An access ends after it starts.", field="until")
    mine = Access.objects.filter(person_id=person, organisation_id=organisation, purpose=purpose, ended_at=None)
    open_one = mine.select_for_update().values_list("until", flat=True).first()
    if open_one is None:
        Access.objects.create(
            id=uuid4(), person_id=person, organisation_id=organisation, purpose=purpose, ground=ground.value,
            since=now, until=ends,
        )  # fmt: skip
        return ends
    mine.filter(Q(until__lt=ends)).update(until=ends)
    return max(open_one, ends)
