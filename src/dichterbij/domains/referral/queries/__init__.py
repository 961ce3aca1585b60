"""Reading hand-overs: what is yours, what a person's own link shows, and figures without names."""

from dichterbij.domains.referral.queries.caseload import (
    Caseload,
    DivisionRow,
    caseload_size,
    caseloads,
    divisions,
)
from dichterbij.domains.referral.queries.figures import Figures, figures
from dichterbij.domains.referral.queries.finding import (
    KnownPlace,
    PlaceRow,
    Progress,
    finding_places,
    place_of_code,
    progress,
)
from dichterbij.domains.referral.queries.incomes import Incomes, incomes
from dichterbij.domains.referral.queries.leaving import gaps, leaving_of
from dichterbij.domains.referral.queries.own import handover_of
from dichterbij.domains.referral.queries.parts import Counted, Tab
from dichterbij.domains.referral.queries.regions import Agreement, GoesUp, agreement, goes_up, ladder_of
from dichterbij.domains.referral.queries.rows import HandoverRow, StepRow, onward_among
from dichterbij.domains.referral.queries.team import Team, Whose, team
from dichterbij.domains.referral.queries.today import (
    About,
    Agenda,
    Look,
    agenda,
    counts,
    handover,
    look,
    today,
)

__all__ = [
    "About",
    "Agenda",
    "Agreement",
    "Caseload",
    "Counted",
    "DivisionRow",
    "Figures",
    "GoesUp",
    "HandoverRow",
    "Incomes",
    "KnownPlace",
    "Look",
    "PlaceRow",
    "Progress",
    "StepRow",
    "Tab",
    "Team",
    "Whose",
    "agenda",
    "agreement",
    "caseload_size",
    "caseloads",
    "counts",
    "divisions",
    "figures",
    "finding_places",
    "gaps",
    "goes_up",
    "handover",
    "handover_of",
    "incomes",
    "ladder_of",
    "leaving_of",
    "look",
    "onward_among",
    "place_of_code",
    "progress",
    "team",
    "today",
]
