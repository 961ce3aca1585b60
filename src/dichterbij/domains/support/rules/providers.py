"""Which desk of a region to ask about an item: the desk of who decides, else the first door for this role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dichterbij.domains.regions.rules.desk_kinds import Desk, Kind, Topic, Who
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.domains.support.rules.kinds import Background, Party, Role, Support
from dichterbij.domains.support.rules.words import shares_for

# The desks of a party in a region, the first that there is; a party that is not here has no desk in the regions.
DESKS_OF: dict[Party, tuple[Kind, ...]] = {
    Party.MUNICIPALITY: (Kind.GEMEENTE,),
    Party.UWV: (Kind.UWV,),
    Party.WSP: (Kind.WSP, Kind.EMPLOYERS_DESK, Kind.WERKCENTRUM),
    Party.RMT: (Kind.RMT, Kind.WERKCENTRUM),
    Party.SBB: (Kind.SBB,),
}
WHO = {Role.JOB_SEEKER: Who.JOB_SEEKER, Role.EMPLOYER: Who.EMPLOYER}


@dataclass(frozen=True, slots=True)
class Provider:
    """Who decides for people with one of these backgrounds (None: for all), with its desk; None: no desk is known."""

    party: Party
    when: frozenset[Background] | None
    desk: Desk | None


@dataclass(frozen=True, slots=True)
class RegionalDesks:
    """The desks that are open for questions of one region on one day, with the national ones."""

    region: str | None
    on: date
    desks: tuple[Desk, ...]

    @classmethod
    def of(cls, desks: Iterable[Desk], *, region: str | None, on: date) -> "RegionalDesks":
        """The desks of this region and of the whole country; `region` None: only those of the whole country."""
        here = tuple(desk for desk in desks if desk.is_valid(on) and desk.region_code in (None, region))
        return cls(region, on, here)

    def of_party(self, party: Party) -> Desk | None:
        """The desk of this party here; None when there is none."""
        for kind in DESKS_OF.get(party, ()):
            found = [desk for desk in self.desks if desk.kind is kind]
            if found:
                return min(found, key=lambda desk: desk.desk_id)
        return None

    def first_door(self, role: Role) -> Desk:
        """Where somebody in this role goes with any question; the national team when nothing nearer is known."""
        found = which_desks(
            who=WHO[role], topic=Topic.WORK, home_region=self.region, work_region=None, on=self.on, desks=self.desks
        )
        return found.value[0].desk


def providers_for(support: Support, *, background: Background | None, desks: RegionalDesks) -> tuple[Provider, ...]:
    """Who offers the item here, with the desk of each; empty when nobody is known who decides."""
    return tuple(_provider(share.party, share.when, desks) for share in shares_for(support.decides, background))


def _provider(party: Party, when: frozenset[Background] | None, desks: RegionalDesks) -> Provider:
    return Provider(party, when, desks.of_party(party))


def desk_to_call(
    support: Support, *, role: Role | None, background: Background | None, desks: RegionalDesks
) -> tuple[Desk, bool]:
    """The one desk to call about the item, and whether it is of who decides; else the first door of this role.

    Role None: the role the item is for, job seekers when it is for both.
    """
    found = {provider.desk for provider in providers_for(support, background=background, desks=desks)}
    if len(found) == 1 and (only := found.pop()) is not None:
        return only, True
    own = role if role in support.roles else None
    return desks.first_door(own or min(support.roles, key=list(Role).index)), False
