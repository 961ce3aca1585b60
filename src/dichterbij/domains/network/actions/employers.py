"""The register of national employers: adding one once, its facts, its sites and whom to talk to there."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.actions.writing import kept, locked, tell
from dichterbij.domains.network.errors import EmployerThereError, NearNameError, ThereError
from dichterbij.domains.network.may import EMPLOYERS, LEADS, check_may, check_region
from dichterbij.domains.network.models import Employer, EmployerContact, Site
from dichterbij.domains.network.rules.employers import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    NewEmployer,
    NewSite,
    SiteState,
    checked_employer,
    network_terms,
)
from dichterbij.domains.network.rules.names import name_key, near_names, tidy
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import InputError, NotFoundError


def add_employer(*, actor: Actor, new: NewEmployer, now: datetime, is_another: bool = False) -> UUID:
    """Keep an employer. EmployerThereError; NearNameError unless it `is_another`; InputError."""
    check_may(actor, LEADS, now)
    given = checked_employer(new)
    _check_regions(given.sites)
    try:
        with acting(actor):
            _check_name(given, now, is_another=is_another)
            row = Employer.objects.create(
                name=given.name, key=name_key(given.name), kvk=given.kvk, sector=given.sector,
                routes=list(given.routes), status_at=now, made_at=now, invented=given.invented,
            )  # fmt: skip
            Site.objects.bulk_create(
                Site(employer=row, region=one.region, place=one.place, state_at=now) for one in given.sites
            )
            tell(row, actor, "added", now)
    except IntegrityError as error:
        raise _there(actor, given) from error
    return row.pk


def change_employer(*, actor: Actor, employer: UUID, new: NewEmployer, version: int, now: datetime) -> None:
    """Mend name, number, sector or routes; the sites stay as they are."""
    check_may(actor, LEADS, now)
    given = checked_employer(new)
    try:
        with acting(actor):
            row = locked(employer, version)
            was = row.name
            kept(
                row, name=given.name, key=name_key(given.name), kvk=given.kvk, sector=given.sector,
                routes=list(given.routes),
            )  # fmt: skip
            tell(row, actor, "changed", now, was=was, became=given.name)
    except IntegrityError as error:
        raise _there(actor, given, but=employer) from error


def add_site(*, actor: Actor, employer: UUID, site: NewSite, now: datetime) -> None:
    """A site in one more region, or one more town. ThereError, InputError."""
    check_may(actor, LEADS, now)
    _check_regions((site,))
    place = tidy(site.place, LONGEST_LINE, "place")
    try:
        with acting(actor):
            row = locked(employer)
            Site.objects.create(employer=row, region=site.region, place=place, state_at=now)
            tell(row, actor, "site_added", now, region=site.region, became=place)
    except IntegrityError as error:
        raise ThereError("This site is in the register already.", field="place") from error


def end_site(*, actor: Actor, site: UUID, now: datetime) -> None:
    """There is no such site any more; the region no longer sees the employer through it."""
    check_may(actor, LEADS, now)
    with acting(actor):
        row = _site(site)
        row.ended_on = timezone.localdate(now)
        row.save(update_fields=["ended_on"])
        tell(row.employer, actor, "site_ended", now, region=row.region, was=row.place)


def follow_site(*, actor: Actor, site: UUID, state: SiteState, words: str, now: datetime) -> None:
    """A region says what it does with a site of its own, or that it was in touch already. NotFoundError."""
    check_may(actor, EMPLOYERS, now)
    line = tidy(words, LONGEST_LINE, "words", least=1 if state is SiteState.KNOWN else 0)
    with acting(actor):
        row = _site(site)
        check_region(actor, EMPLOYERS, row.region, now)
        was, row.state, row.words, row.state_at = row.state, state.value, line, now
        row.save(update_fields=["state", "words", "state_at"])
        tell(row.employer, actor, "site_state", now, was=was, became=state.value, words=line, region=row.region)


def add_note(*, actor: Actor, employer: UUID, words: str, now: datetime) -> None:
    """A note for the national team alone."""
    check_may(actor, LEADS, now)
    line = tidy(words, LONGEST_TEXT, "words", least=1)
    with acting(actor):
        tell(locked(employer), actor, "note", now, words=line, internal=True)


def add_employer_contact(
    *, actor: Actor, employer: UUID, name: str, role: str, email: str, phone: str, now: datetime
) -> None:
    """Somebody to talk to at an employer, by work address or number. Whoever was there stays until ended."""
    check_may(actor, LEADS, now)
    who = tidy(name, LONGEST_NAME, "name", least=1)
    if not email and not phone.strip():
        raise InputError("Give a work address or a work number.", field="email")
    with acting(actor):
        row = locked(employer)
        EmployerContact.objects.create(
            employer=row, name=who, role=tidy(role, LONGEST_LINE, "role"), email=email,
            phone=tidy(phone, 40, "phone"), since=timezone.localdate(now),
        )  # fmt: skip
        tell(row, actor, "contact_added", now, internal=True)


def end_employer_contact(*, actor: Actor, contact: UUID, now: datetime) -> None:
    """Somebody no longer speaks for the employer."""
    check_may(actor, LEADS, now)
    with acting(actor):
        row = EmployerContact.objects.select_related("employer").filter(pk=contact, until=None).first()
        if row is None:
            raise NotFoundError("There is no such contact person.")
        row.until = timezone.localdate(now)
        row.save(update_fields=["until"])
        tell(row.employer, actor, "contact_ended", now, internal=True)


def _site(site: UUID) -> Site:
    row = Site.objects.select_for_update(of=("self",)).select_related("employer").filter(pk=site, ended_on=None).first()
    if row is None:
        raise NotFoundError("There is no such site.")
    return row


def _check_regions(sites: tuple[NewSite, ...]) -> None:
    known = {row.code for row in regions()}
    if any(site.region not in known for site in sites):
        raise InputError("There is no such region.", field="region")


def _check_name(given: NewEmployer, now: datetime, *, is_another: bool) -> None:
    """The same name or number is refused; a name that is nearly the same is asked about."""
    known = dict(Employer.objects.values_list("pk", "key"))
    same = [one for one, key in known.items() if key == name_key(given.name)]
    if given.kvk:
        same += Employer.objects.filter(kvk=given.kvk).values_list("pk", flat=True)
    if same:
        raise _is_there(same[0])
    near = near_names(given.name, known, least=network_terms(timezone.localdate(now)).near_from)
    if near and not is_another:
        names = dict(Employer.objects.filter(pk__in=near).values_list("pk", "name"))
        raise NearNameError("Is it one of these?", near=[(one, names[one]) for one in near])


def _there(actor: Actor, given: NewEmployer, but: UUID | None = None) -> EmployerThereError:
    """Which one is there already, after the database refused."""
    with acting(actor):
        rows = Employer.objects.exclude(pk=but) if but else Employer.objects.all()
        same = rows.filter(key=name_key(given.name)) | (rows.filter(kvk=given.kvk) if given.kvk else rows.none())
        return _is_there(same.values_list("pk", flat=True)[0])


def _is_there(employer: UUID) -> EmployerThereError:
    name = Employer.objects.values_list("name", flat=True).get(pk=employer)
    return EmployerThereError(f"{name} is in the register already.", employer=employer, name=name)
