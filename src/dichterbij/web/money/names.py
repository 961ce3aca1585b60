"""What the groups of money in the ledger are called, from the published programme."""

import re
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.budget.rules import State
from dichterbij.domains.budget.rules.books import ASSUMED, Written, programme
from dichterbij.domains.budget.rules.lapsing import After
from dichterbij.shared.words import Words

Group = tuple[str, ...]  # state (only where it matters), tranche, purpose
TOP = ("", "2022", "")
SECOND = "2022-2"
END = {State.OUTSIDE.value, State.RETURNED.value}


def group_of(state: str, tranche: str, purpose: str) -> Group:
    """Money in different states for one purpose is one bar; the world outside and what went back are bars too."""
    return (state, "", "") if state in END else ("", tranche, purpose)


def name_of(group: Group) -> str:
    """In the language of the page."""
    state, tranche, purpose = group
    if state == State.OUTSIDE:
        return gettext("The treasury")
    if state == State.RETURNED:
        return gettext("Back to the treasury")
    if not purpose:
        return gettext("Action plan %(year)s") % {"year": tranche[:4]}
    part = "freed" if tranche == SECOND else "plan"
    words = _published().get((part, purpose)) or _published().get(("freed", purpose))
    return words.in_language(get_language() or "nl") if words else purpose


DOCUMENTS = {
    "S0": "Bijlage bij de nota over krapte op de arbeidsmarkt (SZW, 2022)",
    "S1": "Nota met gevraagde besluiten (SZW, 2022)",
    "S2": "Evaluatie Dichterbij dan je denkt (Regioplan, 2023)",
    "S3": "Brieven over het actieplan (SZW, 2022)",
}
# What the programme's file says beside a document, in English there.
BESIDE = {
    "942,000 for execution": _("942,000 to carry it out"),
    "its last day": _("its last day"),
    "in October": _("in October"),
    "the second grant was announced on this day; of the others no day is known": _(
        "the second grant was announced on this day; of the others no day is known"
    ),
    "spent; not divided further": _("spent; not divided further"),
    "the rest of the freed money": _("the rest of the freed money"),
}
FUNDS = {
    "ddd": _("Action plan"),
    "du": _("Grant to the municipality"),
    "rmt": _("Regional mobility team (RMT)"),
    "practical-learning": _("Practical learning in mbo"),
    "pow": _("Perspectief op Werk"),
    "esf": _("European Social Fund (ESF)"),
    "employers": _("Money of employers"),
}
ACTIVITIES = {
    "booster-sessions": _("Booster sessions"),
    "communication": _("Communication"),
    "services": _("Services"),
    "temporary-staff": _("Temporary staff"),
}
PURPOSES = {
    "regional": _("For the region together"),
    "routes": _("For the routes to work"),
    "reach": _("Reach people and employers"),
    "professionalise": _("Make services better"),
    "intensify": _("Do more of what works"),
    "care": _("Work in care"),
}
ROUTES = {
    "open_hiring": _("Open hiring"),
    "carving": _("Job carving"),
    "learn_work": _("Learning and working"),
    "meeting": _("Meeting each other"),
}
AFTER = {
    After.STOP: _("stops"),
    After.EXTEND: _("goes on for longer"),
    After.EMBED: _("becomes part of the daily work"),
}
SHORT = re.compile(r"\bS[0-3]\b")


@dataclass(frozen=True, slots=True)
class Told:
    """What a posting says about itself. `source`: the document; empty for one that came from elsewhere."""

    text: str
    source: str
    is_assumed: bool


def told(posting: UUID) -> Told:
    """What the published programme says about this posting. Of another one only that it was: it may name somebody."""
    found = _postings().get(posting)
    if found is None:
        return Told(gettext("Moved later; not part of the published programme"), "", is_assumed=False)
    text = Words(found.nl, found.en).in_language(get_language() or "nl")
    return Told(text, _spelled_out(found.source), found.day_is == ASSUMED)


def _spelled_out(source: str) -> str:
    """The short names of the documents as titles, and what stands beside them in the language of the page."""
    for english, here in BESIDE.items():
        source = source.replace(f"({english})", f"({here})")
    return SHORT.sub(lambda short: DOCUMENTS[short[0]], source)


def part_of(tranche: str) -> str:
    """A part of a fund as people say it: "2022", "2022, second part", "part 1"."""
    if tranche == SECOND:
        return gettext("%(year)s, second part") % {"year": tranche[:4]}
    return gettext("part %(number)s") % {"number": tranche} if tranche.isdigit() and len(tranche) < 4 else tranche


def fund_of(fund: str, tranche: str) -> str:
    """A source of money with its part: "Perspectief op Werk, 2026"."""
    part = part_of(tranche)
    name = str(FUNDS.get(fund) or fund.replace("-", " ").capitalize())
    return f"{name}, {part}" if part else name


def activity_of(name: str) -> str:
    """An activity as people say it: "Vrouwen aan zet"."""
    return str(ACTIVITIES.get(name) or name.replace("-", " ").capitalize())


def purpose_of(name: str) -> str:
    """What money is for, as people say it."""
    return str(PURPOSES.get(name) or name.replace("-", " ").capitalize())


def route_of(name: str) -> str:
    """A route as people say it."""
    return str(ROUTES.get(name) or name.replace("_", " ").capitalize())


@lru_cache(maxsize=1)
def _postings() -> dict[UUID, Written]:
    return {one.id: one for one in programme().postings}


@lru_cache(maxsize=1)
def _published() -> dict[tuple[str, str], Words]:
    return {
        (name, line.purpose): Words(line.nl, line.en) for name, plan in programme().plans.items() for line in plan.lines
    }
