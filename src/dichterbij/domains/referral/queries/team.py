"""Whose work it is at a desk: one's own, that of a colleague who is away, a colleague's, or nobody's yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from dichterbij.domains.accounts.queries import Coworker, coworkers
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral.may import DATA, PURPOSE


class Whose(StrEnum):
    """A part of a desk's work: everybody's, what I do, and what nobody does now."""

    EVERYBODY = "everybody"
    MINE = "mine"
    NOBODYS = "nobodys"


@dataclass(frozen=True, slots=True)
class Team:
    """The colleagues of a desk, as one of them (`me`) meets them."""

    me: UUID
    colleagues: tuple[Coworker, ...]

    def colleague(self, user: UUID | None) -> Coworker | None:
        """A colleague who works here now; None for nobody and for whoever left."""
        return next((one for one in self.colleagues if one.user == user), None)

    @property
    def mine(self) -> Collection[UUID]:
        """Whose work I do: my own, and that of colleagues I stand in for."""
        return [self.me, *(one.user for one in self.colleagues if one.stand_in == self.me)]

    @property
    def cared_for(self) -> Collection[UUID]:
        """Whose work somebody does now: everybody who is there, or has somebody who stands in."""
        return [one.user for one in self.colleagues if one.away_until is None or one.stand_in is not None]

    def work_of(self, whose: Whose | UUID) -> Q:
        """The hand-overs of one of us, of me, of nobody now, or all."""
        if whose is Whose.EVERYBODY:
            return Q()
        if whose is Whose.MINE:
            return Q(adviser__in=self.mine)
        return ~Q(adviser__in=self.cared_for) if whose is Whose.NOBODYS else Q(adviser=whose)

    def mine_first(self) -> tuple[tuple[str, ...], Mapping[str, object]]:
        """Conditions to order by, with their values: what I do, what nobody does, what colleagues do."""
        mine, done = "(adviser = ANY(%(mine)s)) IS NOT TRUE", "(adviser = ANY(%(cared_for)s))"
        conditions = ("adviser = ANY(%(mine)s)", f"{mine} AND {done} IS NOT TRUE", f"{mine} AND {done}")
        return conditions, {"mine": list(self.mine), "cared_for": list(self.cared_for)}


def team(*, actor: Actor, now: datetime) -> Team:
    """The colleagues with whom this actor shares the work of one desk. One query."""
    if actor.organisation is None:
        return Team(actor.user, ())
    on = timezone.localdate(now)
    return Team(actor.user, coworkers(actor=actor, organisation=actor.organisation, what=(PURPOSE, DATA), on=on))
