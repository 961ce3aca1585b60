"""Who acts: a role that somebody has in an organisation."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody does here."""

    CITIZEN = "citizen"
    EMPLOYER = "employer"
    ADVISER = "adviser"
    COORDINATOR = "coordinator"
    STEERING_GROUP = "steering_group"
    NATIONAL_TEAM = "national_team"
    SCHEME_OFFICER = "scheme_officer"
    RESEARCHER = "researcher"
    ADMINISTRATOR = "administrator"


class OrganisationKind(StrEnum):
    """What sort of organisation it is; a desk's kind is that of the regions' data."""

    WSP = "wsp"
    RMT = "rmt"
    LEERWERKLOKET = "leerwerkloket"
    UWV = "uwv"
    MUNICIPALITY = "municipality"
    WERKCENTRUM = "werkcentrum"
    PARTNER = "partner"
    EMPLOYER = "employer"
    NATIONAL = "national"


class Door(StrEnum):
    """Where somebody comes in, and so how: the kind of an account."""

    STAFF = "staff"
    CITIZEN = "citizen"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, in one role of one organisation.

    `organisation` is None for a citizen; `region` is a region's code, empty for whoever works for the whole country.
    """

    user: UUID
    role: Role
    organisation: UUID | None
    region: str

    def __str__(self) -> str:
        """As the journal names who acted."""
        return f"user:{self.user}"
