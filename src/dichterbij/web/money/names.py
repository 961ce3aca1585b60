"""What the groups of money in the ledger are called, from the published programme."""

import re
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language, gettext

from dichterbij.domains.budget.rules import State
from dichterbij.domains.budget.rules.books import ASSUMED, Written, programme
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
    """The short names of the documents as titles."""
    return SHORT.sub(lambda short: DOCUMENTS[short[0]], source)


@lru_cache(maxsize=1)
def _postings() -> dict[UUID, Written]:
    return {one.id: one for one in programme().postings}


@lru_cache(maxsize=1)
def _published() -> dict[tuple[str, str], Words]:
    return {
        (name, line.purpose): Words(line.nl, line.en) for name, plan in programme().plans.items() for line in plan.lines
    }
