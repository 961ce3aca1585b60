"""The words of the menukaart: a support, for whom, over which route, from which background, and who decides."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.shared.words import Words

GENERAL = "general"
"""The step code of what helps with starting or staying, not with one step of the bridge."""


class Role(StrEnum):
    """Who the support is for."""

    JOB_SEEKER = "job_seeker"
    EMPLOYER = "employer"


class Route(StrEnum):
    """The bridge's routes, and MEETING: innovative ways of matching, which the bridge does not compute."""

    DIRECT = "direct"
    OPEN_HIRING = "open_hiring"
    LEARN_WORK = "learn_work"
    CARVING = "carving"
    MEETING = "meeting"


class Background(StrEnum):
    """Where an income comes from; asked only where a support needs it. NONE: no benefit and no work (nugger)."""

    WELFARE = "welfare"
    WW = "ww"
    WIA = "wia"
    WAJONG = "wajong"
    ZW = "zw"
    TARGET_REGISTER = "target_register"
    NONE = "none"
    WORKING = "working"


class Category(StrEnum):
    """The blocks of the menukaart, in its order."""

    EMPLOYER_SERVICE = "employer_service"
    FINANCIAL = "financial"
    JOB_SEEKER_SERVICE = "job_seeker_service"
    ROUTE = "route"
    EVERYONE = "everyone"
    EXTRA_WELFARE = "extra_welfare"
    OTHER = "other"
    REGIONAL = "regional"


class Need(StrEnum):
    """What stands in the way or would help: the situations by which people look for a support."""

    FINDING = "finding"
    NEW_WAY = "new_way"
    LEARNING = "learning"
    DUTCH = "dutch"
    LICENCE = "licence"
    TRAVEL = "travel"
    HEALTH = "health"
    CHILDCARE = "childcare"
    LIFE = "life"
    TRYING = "trying"
    GUIDANCE = "guidance"
    WAGE = "wage"
    INCOME = "income"


class Form(StrEnum):
    """Whether it is money, or help of a person or a service."""

    MONEY = "money"
    HELP = "help"


class Party(StrEnum):
    """Who decides or pays. UNKNOWN is an open question, shown as such."""

    MUNICIPALITY = "municipality"
    UWV = "uwv"
    WSP = "wsp"
    RMT = "rmt"
    SBB = "sbb"
    RVO = "rvo"
    TAX_OFFICE = "tax_office"
    BENEFITS_OFFICE = "benefits_office"
    EMPLOYER = "employer"
    SECTOR_FUND = "sector_fund"
    EVERYDAY_HEROES = "everyday_heroes"
    DESK = "desk"
    UNKNOWN = "unknown"


class Moment(StrEnum):
    """When it helps: before the start, after the start, or as money afterwards."""

    BEFORE = "before"
    AFTER = "after"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True)
class Share:
    """A party that decides or pays, for people with one of these backgrounds; None: for all."""

    party: Party
    when: frozenset[Background] | None


@dataclass(frozen=True, slots=True)
class Support:
    """One item of the menukaart. `region_code` None: every region has it. Always a possibility, never a promise.

    `steps`: codes of the bridge, `adaptation:*` and `licence:*` for all of a kind, and `general`.
    `search`: other words people use for it, never shown. `what_employer`: what it is as an employer reads it.
    `cancelled`: it never opened. Valid on both dates; None: no limit on that side.
    """

    support_id: str
    region_code: str | None
    name: Words
    what: Words
    category: Category
    roles: frozenset[Role]
    routes: frozenset[Route]
    backgrounds: frozenset[Background]
    condition: Words | None
    decides: tuple[Share, ...]
    pays: tuple[Share, ...]
    moment: Moment
    steps: frozenset[str]
    needs: frozenset[Need]
    form: Form
    search: Words
    what_employer: Words | None
    source: str
    valid_from: date | None
    valid_to: date | None
    cancelled: bool
    ended: Words | None

    def is_open(self, on: date) -> bool:
        """Whether it may be had on this date."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to) and not self.cancelled

    def what_for(self, role: Role | None) -> Words:
        """What it is, as somebody in this role reads it."""
        return self.what_employer if role is Role.EMPLOYER and self.what_employer else self.what

    def helps_with(self, step_code: str) -> bool:
        """Whether it may help with this step of the bridge, or with `general`."""
        kind, colon, _ = step_code.partition(":")
        return step_code in self.steps or (colon == ":" and f"{kind}:*" in self.steps)


@dataclass(frozen=True, slots=True)
class SupportOffer:
    """A support that may help here, in words for a page. `is_decider_open`: nobody is known who decides.

    `depends_on_background`: the answer could differ with the background, which was not given.
    """

    support: Support
    lead: Words
    decided_by: Words
    paid_by: Words
    when: Words
    is_decider_open: bool
    depends_on_background: bool
