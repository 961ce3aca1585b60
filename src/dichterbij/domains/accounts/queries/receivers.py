"""Organisations as others meet them: to hand somebody over to, and those above the desks of a region."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from dichterbij.domains.accounts.models import Membership, Organisation
from dichterbij.domains.accounts.queries.organisations import OrganisationRow, organisation_row
from dichterbij.domains.accounts.rules import OrganisationKind, Role

__all__ = ["OrganisationRow", "coordinators_of", "national_teams", "organisations", "receivers"]
NOT_DESKS = (OrganisationKind.EMPLOYER.value, OrganisationKind.NATIONAL.value)


def organisations(ids: Iterable[UUID | None]) -> dict[UUID, OrganisationRow]:
    """These organisations, also those that have ended, by id. One query."""
    wanted = {one for one in ids if one is not None}
    rows = Organisation.objects.filter(pk__in=wanted) if wanted else Organisation.objects.none()
    return {row.pk: organisation_row(row) for row in rows}


def receivers(region: str) -> tuple[OrganisationRow, ...]:
    """The desks and partners of a region to which somebody can be handed over, by name."""
    return tuple(
        map(organisation_row, _there().filter(region=region).exclude(kind__in=NOT_DESKS).order_by("name", "pk"))
    )


def organisation_of_desk(desk: str) -> OrganisationRow | None:
    """The organisation that is this desk of the regions' data, whichever region it is registered in; None for none."""
    row = _there().filter(desk=desk).exclude(kind__in=NOT_DESKS).order_by("name", "pk").first() if desk else None
    return organisation_row(row) if row else None


def coordinators_of(region: str, *, on: date) -> tuple[OrganisationRow, ...]:
    """The organisations of a region in which somebody is its coordinator on this day, by name."""
    roles = Membership.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=on),
        role=Role.COORDINATOR.value, valid_from__lte=on, user__is_active=True,
    )  # fmt: skip
    found = _there().filter(region=region, pk__in=roles.values("organisation_id"))
    return tuple(map(organisation_row, found.order_by("name", "pk")))


def national_teams() -> tuple[OrganisationRow, ...]:
    """The organisations of the whole country, by name."""
    return tuple(map(organisation_row, _there().filter(kind=OrganisationKind.NATIONAL.value).order_by("name", "pk")))


def _there() -> QuerySet[Organisation]:
    return Organisation.objects.filter(ended_on=None)
