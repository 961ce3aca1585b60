"""The words of the desks: who asks about what, kinds of desks, opening hours, and a desk itself."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from dichterbij.shared.words import Words


class Who(StrEnum):
    """Who asks. UNKNOWN is a fair answer and still gets a desk."""

    JOB_SEEKER = "job_seeker"
    WORKER = "worker"
    SELF_EMPLOYED = "self_employed"
    EMPLOYER = "employer"
    NATIONAL_EMPLOYER = "national_employer"
    HELPER = "helper"
    PROFESSIONAL = "professional"
    UNKNOWN = "unknown"


class Topic(StrEnum):
    """What the question is about. UNKNOWN is a fair answer and still gets a desk."""

    WORK = "work"
    LEARNING = "learning"
    LEARNING_PLACE = "learning_place"
    SCHOOL = "school"
    INCOME = "income"
    DEBTS = "debts"
    TARGET_REGISTER = "target_register"
    ADAPTATION = "adaptation"
    DUTCH = "dutch"
    CHILDCARE = "childcare"
    TRAVEL = "travel"
    OPEN_HIRING = "open_hiring"
    JOB_CARVING = "job_carving"
    EMPLOYER_SUPPORT = "employer_support"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """Kinds of desks, in the order in which they are shown."""

    WERKCENTRUM = "werkcentrum"
    RMT = "rmt"
    WSP = "wsp"
    EMPLOYERS_DESK = "employers_desk"
    LEERWERKLOKET = "leerwerkloket"
    RBL = "rbl"
    UWV = "uwv"
    GEMEENTE = "gemeente"
    SOCIAL_ENTERPRISE = "social_enterprise"
    SBB = "sbb"
    NATIONAL = "national"


class Day(StrEnum):
    """Days of the week, Monday first."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Place(StrEnum):
    """Where a desk stands for the one who asks."""

    HOME = "home"
    WORK = "work"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on these days, from opening to closing time (local time, closing later on the same day)."""

    days: tuple[Day, ...]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Desk:
    """A place with people who help. `region_code` None: national. Valid on both dates; None: no limit on that side.

    `invented`: address, phone, e-mail, website and hours are made up: to be shown as such, never as a link to dial.
    `exception`: why this region refers otherwise than the default.
    """

    desk_id: str
    region_code: str | None
    kind: Kind
    name: Words
    serves: frozenset[Who]
    topics: frozenset[Topic]
    address: str
    phone: str
    email: str
    website: str
    hours: tuple[Hours, ...]
    valid_from: date | None
    valid_to: date | None
    invented: bool
    source: str
    exception: Words | None = None
    note: Words | None = None

    def is_valid(self, on: date) -> bool:
        """Whether the desk is open for questions on this date."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Why:
    """The rule that led to a desk: its code, the sentence to show, and where the rule comes from."""

    rule: str
    words: Words
    source: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A desk to go to, where it stands for the one who asks, and why.

    `is_fallback`: not the desk for this question, but it helps further.
    """

    desk: Desk
    place: Place
    is_fallback: bool
    why: Why
