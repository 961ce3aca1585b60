"""Reading hand-overs: what is yours, what a person's own link shows, and figures without names."""

from dichterbij.domains.referral.queries.figures import Figures, figures
from dichterbij.domains.referral.queries.finding import (
    KnownPlace,
    PlaceRow,
    Progress,
    finding_places,
    place_of_code,
    progress,
)
from dichterbij.domains.referral.queries.own import goes_on_with, handover_of
from dichterbij.domains.referral.queries.regions import Agreement, agreement, ladder_of
from dichterbij.domains.referral.queries.rows import HandoverRow, StepRow, onward_among
from dichterbij.domains.referral.queries.today import Tab, agenda, counts, found, handover, today

__all__ = [
    "Agreement",
    "Figures",
    "HandoverRow",
    "KnownPlace",
    "PlaceRow",
    "Progress",
    "StepRow",
    "Tab",
    "agenda",
    "agreement",
    "counts",
    "figures",
    "finding_places",
    "found",
    "goes_on_with",
    "handover",
    "handover_of",
    "ladder_of",
    "onward_among",
    "place_of_code",
    "progress",
    "today",
]
