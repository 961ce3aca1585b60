"""What a visitor has told so far. All but the postcode may stay unknown; unknown never counts against them."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

PERSON_ID = "visitor"
# The most concepts one visitor may give; beyond it the cookie would not fit.
MOST_WORK = 8
MOST_SKILLS = 300


@dataclass(frozen=True)
class Filters:
    """What the list leaves out. Says how to look, not who somebody is; never changes a bridge."""

    minutes: int | None = None
    hours_min: int | None = None
    hours_max: int | None = None
    sector: str | None = None
    group: str | None = None
    route: str | None = None

    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Filters()


@dataclass(frozen=True)
class Answers:
    """One visitor's answers; None is "not known". Concepts are ESCO URIs."""

    pc4: int | None = None
    modes: tuple[str, ...] | None = None
    ebike_possible: bool | None = None
    max_travel_minutes: int | None = None
    hours_min: int | None = None
    hours_max: int | None = None
    available_from: date | None = None
    dayparts: tuple[str, ...] | None = None
    childcare_dayparts: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    no_work: bool = False
    unticked: tuple[str, ...] = ()
    own_skills: tuple[str, ...] = ()
    skills_confirmed: bool = False
    avoid: tuple[str, ...] = ()
    dutch: int | None = None
    level: int | None = None
    licences: tuple[str, ...] | None = None
    legal: tuple[str, ...] | None = None
    agreements: tuple[str, ...] | None = None
    learn_weeks_max: int | None = None
    background: str | None = None
    seen: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    tried: str | None = None
    before: tuple[tuple[str, Any], ...] = ()

    @property
    def knows_skills(self) -> bool:
        """Whether anything is known about what this person can do."""
        return bool(self.work or self.own_skills or self.no_work)

    def mark_seen(self, group: str) -> "Answers":
        """The same answers, remembering that this group of questions was shown and answered or skipped."""
        return self if group in self.seen else replace(self, seen=(*self.seen, group))

    def try_out(self, code: str, changes: dict[str, Any]) -> "Answers":
        """These answers with `changes`, remembering what they were so that it can be taken back."""
        before = tuple((name, getattr(self, name)) for name in changes)
        return replace(self, **changes, tried=code, before=before)

    def take_back(self) -> "Answers":
        """The answers as they were before the last try; the same when nothing was tried."""
        return replace(self, **dict(self.before), tried=None, before=())

    def settle(self) -> "Answers":
        """A tried answer becomes an ordinary one: answering another question ends the way back."""
        return replace(self, tried=None, before=())


def person_row(answers: Answers, held: tuple[str, ...] | None) -> dict[str, Any]:
    """The person of `bridge.md`: its columns, null for what is unknown. `held` are the skills, None when unknown.

    Benefit background and filters are left out on purpose: they are no input of a bridge.
    """
    return {
        "person_id": PERSON_ID,
        "pc4": answers.pc4,
        "modes": _list(answers.modes),
        "ebike_possible": answers.ebike_possible,
        "max_travel_minutes": answers.max_travel_minutes,
        "max_distance_km": None,
        "hours_min": answers.hours_min,
        "hours_max": answers.hours_max,
        "available_from": answers.available_from,
        "dayparts": _list(answers.dayparts),
        "childcare_dayparts": list(answers.childcare_dayparts),
        "dutch": answers.dutch,
        "level": answers.level,
        "licences": _list(answers.licences),
        "legal": _list(answers.legal),
        "avoid": list(answers.avoid),
        "skills": _list(held),
        "learn_weeks_max": answers.learn_weeks_max,
        "agreements": _list(answers.agreements),
    }


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)
