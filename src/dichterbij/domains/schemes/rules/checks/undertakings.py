"""Which legal entities are one undertaking, and whether together they have more placements than one may have.

Entities that are tied belong together (Regulation (EU) 2023/2831, article 2(2)): most of the votes, the right to
appoint most of the board, dominant influence; and, our choice for caps, whoever follows from a split or a merger:
being cut in two does not make room.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.domains.schemes.rules.checks.signals import Placement, Signal, SignalCode
from dichterbij.rules.outcome import Reason

ARTICLE = "Regulation (EU) 2023/2831, article 2(2)"


class TieKind(StrEnum):
    """Why two entities are one undertaking."""

    VOTES = "votes"
    APPOINTS = "appoints"
    INFLUENCE = "influence"
    AGREEMENT = "agreement"
    SPLIT_FROM = "split_from"
    MERGED_INTO = "merged_into"


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities that are tied from a day on; `until`: the last day, None while it lasts. A split lasts."""

    one: str
    other: str
    kind: TieKind
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether they are tied on this day."""
        return self.since <= on and (self.until is None or on <= self.until)


def undertakings(entities: Iterable[str], ties: Iterable[Tie], *, on: date) -> Mapping[str, str]:
    """Of each entity the name of its undertaking on this day: the first of its members by the alphabet."""
    top = {entity: entity for entity in entities}

    def root(entity: str) -> str:
        top.setdefault(entity, entity)
        while top[entity] != entity:
            top[entity] = top[top[entity]]
            entity = top[entity]
        return entity

    for tie in ties:
        if tie.holds(on):
            one, other = sorted((root(tie.one), root(tie.other)))
            top[other] = one
    return {entity: root(entity) for entity in sorted(top)}


def over_the_group_cap(
    placements: Iterable[Placement], ties: Iterable[Tie], *, most: int, on: date, source: str
) -> tuple[Signal, ...]:
    """Undertakings of more than one entity with more placements than `most` together, whatever each has by itself."""
    known, tied = sorted(placements, key=lambda one: (one.started_on, one.application)), list(ties)
    groups = undertakings({one.employer for one in known}, tied, on=on)
    count = Counter(groups[one.employer] for one in known)
    found = []
    for group in sorted(key for key, times in count.items() if times > most):
        members = sorted({one.employer for one in known if groups[one.employer] == group})
        if len(members) > 1:
            inputs = {"entities": tuple(members), "placements": count[group], "most": most}
            applications = tuple(one.application for one in known if groups[one.employer] == group)
            found.append(
                Signal(
                    SignalCode.GROUP_CAP, applications[most:], Reason("check.group_cap", f"{source}; {ARTICLE}", inputs)
                )
            )
    return tuple(found)
