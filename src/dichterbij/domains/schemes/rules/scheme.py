"""A scheme as frozen values: who may ask what, when, for how much, and how scarce money is shared out."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from dichterbij.domains.schemes.rules.formulas import Formula
from dichterbij.domains.schemes.rules.moments import micros, start_of_day
from dichterbij.domains.schemes.rules.reasons import Why
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words


class Status(StrEnum):
    """Whether a scheme pays. A scheme without a status yet is closed."""

    CLOSED = "closed"
    PLANNED = "planned"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


class Applicant(StrEnum):
    """Who applies."""

    EMPLOYER = "employer"
    LEARNING_COMPANY = "learning_company"
    TRAINER = "trainer"
    TRAINERS = "trainers"
    CONSORTIUM = "consortium"
    CAREER_ADVISER = "career_adviser"
    MUNICIPALITY = "municipality"
    CENTRE_MUNICIPALITY = "centre_municipality"
    SCHOOL = "school"
    SCHOOL_REGISTRATION = "school_registration"
    SUPPORT_PROFESSIONAL = "support_professional"
    UWV = "uwv"
    UNION = "union"
    EMPLOYERS_ASSOCIATION = "employers_association"
    SOCIAL_ENTERPRISE = "social_enterprise"
    REGION = "region"
    WORKER = "worker"


class Mechanism(StrEnum):
    """What a scheme works on: behaviour needs knowing, being able and wanting."""

    KNOW = "know"
    CAN = "can"
    WANT = "want"


class Method(StrEnum):
    """How scarce money is shared out."""

    RECEIPT = "receipt"
    DAY_LOTTERY = "day_lottery"
    LOTTERY = "lottery"
    PRO_RATA = "pro_rata"
    TENDER = "tender"
    WINDOWS = "two_windows"


class Rest(StrEnum):
    """What happens to an application that asks more than what is left."""

    STOP = "stop"  # it gets nothing, and neither does anyone after it
    NEXT = "next"  # it gets nothing; a smaller one after it may
    REST = "rest"  # it gets what is left
    UNITS = "whole_units"  # it gets the whole units that still fit


class Whose(StrEnum):
    """For whom a cap counts. A group is a single undertaking; one without a group is a group of its own."""

    PERSON = "person"
    EMPLOYER = "employer"
    GROUP = "group"


class Counts(StrEnum):
    """What a cap counts."""

    TIMES = "times"
    UNITS = "units"
    CENTS = "cents"


class Evidence(StrEnum):
    """How much proof is asked, by the size of the grant."""

    ON_REQUEST = "on_request"
    ACTIVITY_REPORT = "activity_report"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class StatusFrom:
    """The status from this day on."""

    status: Status
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Period:
    """A window: from `opens` up to `ends` (not included), in microseconds since 1970."""

    id: str
    opens: int
    ends: int
    applicants: tuple[Applicant, ...]
    ceiling_cents: int | None
    places: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What may be granted: the money together less the costs of execution. None: the documents name no sum."""

    together_cents: int | None
    execution_cents: int
    categories: Mapping[int, int]
    source: str

    @property
    def cents(self) -> int | None:
        """What is left for grants."""
        return None if self.together_cents is None else self.together_cents - self.execution_cents


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so much for one person, employer or group; `reduces`: what is still allowed is granted."""

    whose: Whose
    counts: Counts
    most: int
    each_period: bool
    reduces: bool
    source: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A yes-or-no fact that must hold (or must not): else the application is refused for this reason.

    `must` and `why` are None for a fact that only another rule looks at. Of no periods or categories: it counts in all.
    """

    code: str
    must: bool | None
    why: Why | None
    words: Words
    periods: tuple[str, ...]
    categories: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The most units of one application; more only where this condition holds, up to `then`. Beyond it: refused."""

    most: int
    unless: str | None
    then: int
    source: str


@dataclass(frozen=True, slots=True)
class Starts:
    """Between which days what is asked for must have begun, when the scheme looks at that."""

    first: date
    last: date
    source: str


@dataclass(frozen=True, slots=True)
class Category:
    """A route, line or kind of money inside a scheme."""

    code: str
    words: Words
    receiver: Applicant | None
    year: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """The method, what happens to what is left, and where that is written."""

    method: Method
    rest: Rest
    carries_over: bool
    ties: str
    lowest_score: int
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something the documents leave open, what was chosen for now, and what else may be chosen."""

    id: str
    words: Words
    chosen: str
    choices: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Term:
    """So many weeks or working days for a step, and the article."""

    weeks: int
    source: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """One published version of a scheme. `digest`: of its file, or of the values when it came from elsewhere."""

    slug: str
    version: date
    title: Words
    summary: Words
    legal_ground: str
    sources: Mapping[str, str]
    status: tuple[StatusFrom, ...]
    may_exercise: bool
    is_exercise: bool
    published_on: date | None
    mechanisms: tuple[Mechanism, ...]
    periods: tuple[Period, ...]
    ceiling: Ceiling
    formula: Formula
    formula_source: str
    categories: tuple[Category, ...]
    no_category: Why
    conditions: tuple[Condition, ...]
    limit: Limit | None
    starts: Starts | None
    caps: tuple[Cap, ...]
    distribution: Distribution
    evidence: Mapping[Evidence, tuple[str, ...]]
    terms: Mapping[str, Term]
    letters: tuple[str, ...]
    questions: tuple[Question, ...]
    printed: Mapping[str, object]
    digest: str

    def as_exercise(self) -> "Scheme":
        """The same scheme, open during its periods, without paying a cent. InputError where that is not allowed."""
        if not self.may_exercise:
            raise InputError(f"{self.slug}: this scheme may not be run as an exercise")
        return replace(self, is_exercise=True)

    def status_at(self, moment: datetime) -> Status:
        """The status at this moment: of the last change before it, else closed."""
        change = self.change_before(moment)
        return change.status if change else Status.CLOSED

    def change_before(self, moment: datetime) -> StatusFrom | None:
        """The change of status that holds at this moment; None before the first."""
        place = bisect_right([start_of_day(change.on) for change in self.status], micros(moment))
        return self.status[place - 1] if place else None

    def period(self, id: str) -> Period:
        """The window of this name. InputError when there is none."""
        for period in self.periods:
            if period.id == id:
                return period
        raise InputError(f"{self.slug}: there is no period {id}; there is {', '.join(one.id for one in self.periods)}")


def check_ceiling(scheme: Scheme, *, committed_cents: int) -> None:
    """InputError when the ceiling lies below what is committed: a lower one takes nothing back (Awb 4:28)."""
    cents = scheme.ceiling.cents
    if cents is not None and cents < committed_cents:
        raise InputError(
            f"{scheme.slug}: a ceiling of {cents} cents lies below the {committed_cents} cents already committed; "
            "a lower ceiling cannot take back what is granted"
        )
