"""Organisations as others meet them: to hand somebody over to, and those above the desks of a region."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, DateField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.queries.organisations import OrganisationRow, organisation_row
from dichterbij.domains.accounts.rules import OrganisationKind, Role, read_permissions

__all__ = [
    "OrganisationRow", "coordinators_of", "desks_of", "for_employers", "national_teams", "organisation_of_desk",
    "organisations", "receivers",
]  # fmt: skip
HAND_OVER, EMPLOYERS = ("hand_over", "hand_over"), ("serve_employer", "employer")
NOT_DESKS = (OrganisationKind.EMPLOYER.value, OrganisationKind.NATIONAL.value)


def organisations(ids: Iterable[UUID | None]) -> dict[UUID, OrganisationRow]:
    """These organisations, also those that have ended, by id. One query."""
    wanted = {one for one in ids if one is not None}
    rows = Organisation.objects.filter(pk__in=wanted) if wanted else Organisation.objects.none()
    return {row.pk: organisation_row(row) for row in rows}


def receivers(region: str) -> tuple[OrganisationRow, ...]:
    """The desks and partners of a region to which somebody can be handed over, by name.

    Not one that everybody left: nobody there sees what comes in.
    """
    return _rows(_not_left().filter(region=region).exclude(kind__in=NOT_DESKS))


def desks_of(region: str) -> tuple[OrganisationRow, ...]:
    """The desks and partners of a region, by name; also one that everybody left."""
    return _rows(_there().filter(region=region).exclude(kind__in=NOT_DESKS))


def for_employers(region: str) -> tuple[OrganisationRow, ...]:
    """The desks and partners of a region where somebody answers employers here, by name."""
    return _rows(_there().filter(_works_there(EMPLOYERS), region=region).exclude(kind__in=NOT_DESKS))


def organisation_of_desk(desk: str) -> OrganisationRow | None:
    """The organisation that is this desk of the regions' data and where somebody answers employers; None for none.

    Whichever region it is registered in.
    """
    row = (
        _there().filter(_works_there(EMPLOYERS), desk=desk).exclude(kind__in=NOT_DESKS).order_by("name", "pk").first()
        if desk
        else None
    )
    return organisation_row(row) if row else None


def coordinators_of(region: str, *, on: date) -> tuple[OrganisationRow, ...]:
    """The organisations of a region in which somebody is its coordinator on this day, by name."""
    return _rows(_there().filter(_works_at([Role.COORDINATOR.value], on), region=region))


def national_teams() -> tuple[OrganisationRow, ...]:
    """The organisations of the whole country, by name. Not one that everybody left."""
    return _rows(_not_left().filter(kind=OrganisationKind.NATIONAL.value))


def _there() -> QuerySet[Organisation]:
    return Organisation.objects.filter(ended_on=None)


def _not_left() -> QuerySet[Organisation]:
    """Where somebody works with hand-overs, and where nobody did yet: a desk that moves in has nobody at first."""
    ever = Func(F("pk"), _array(_roles(HAND_OVER)), function="accounts_ever_worked_at", output_field=BooleanField())
    return _there().filter(_works_there(HAND_OVER) | ~Q(ever))


def _works_there(what: tuple[str, str]) -> Func:
    """Whether somebody works there whose role does this, with no end to it."""
    return _works_at(_roles(what), date.max)


def _works_at(roles: list[str], on: date) -> Func:
    """Whether somebody has one of these roles there: the database says so, and shows nobody."""
    day = Cast(Value(on), DateField())
    return Func(F("pk"), _array(roles), day, function="accounts_works_at", output_field=BooleanField())


def _array(roles: list[str]) -> Cast:
    return Cast(Value(roles, output_field=ArrayField(TextField())), ArrayField(TextField()))


def _roles(what: tuple[str, str]) -> list[str]:
    permissions = read_permissions(timezone.localdate())
    return [role.value for role in Role if permissions.reach(role, *what)]


def _rows(found: QuerySet[Organisation]) -> tuple[OrganisationRow, ...]:
    return tuple(map(organisation_row, found.order_by("name", "pk")))
