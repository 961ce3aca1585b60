"""What a visitor told about support and about the start of work. It travels in a sealed cookie; we keep nothing."""

from dataclasses import dataclass, replace
from enum import StrEnum

from dichterbij.domains.support.rules.kinds import Background, Need, Role, Route
from dichterbij.domains.support.rules.situation import Situation


class Asker(StrEnum):
    """Who fills it in."""

    SELF = "self"
    HELPER = "helper"
    EMPLOYER = "employer"


class Question(StrEnum):
    """The questions in their order; the value is part of the address."""

    WHO = "wie"
    NEEDS = "wat"
    ROUTE = "route"
    BACKGROUND = "inkomen"
    WHERE = "waar"


@dataclass(frozen=True)
class Told:
    """The answers so far. `needs` empty with NEEDS among `seen`: "I do not know yet", so everything is shown.

    `work`: how and when work starts, as it was typed on the page about income."""

    asker: Asker | None = None
    needs: tuple[Need, ...] = ()
    route: Route | None = None
    background: Background | None = None
    region: str | None = None
    seen: tuple[Question, ...] = ()
    work: tuple[str, ...] = ()

    @property
    def role(self) -> Role:
        """The role for which the menukaart is read."""
        return Role.EMPLOYER if self.asker is Asker.EMPLOYER else Role.JOB_SEEKER

    def mark_seen(self, question: Question) -> "Told":
        """The same answers, remembering that this question was answered or skipped."""
        return self if question in self.seen else replace(self, seen=(*self.seen, question))

    def situation(self, known_needs: tuple[Need, ...]) -> Situation:
        """The situation to read the menukaart for; `known_needs` are all the needs of this role."""
        return Situation(
            role=self.role,
            needs=tuple(need for need in known_needs if need in self.needs) or known_needs,
            route=self.route,
            background=self.background,
            region=self.region,
        )
