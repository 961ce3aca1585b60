"""Where somebody can go: desks and partners of a region that take hand-overs, the right one for the question first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, national_teams, receivers
from dichterbij.domains.referral.queries.employers import KINDS
from dichterbij.domains.regions.queries import desks as regional
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Desk, Topic, Who
from dichterbij.shared.errors import DichterbijError
from dichterbij.web.desks import cards, words
from dichterbij.web.desks.cards import DeskCard

# To whom a desk hands on what it is itself the first door for.
NEXT: dict[Topic, dict[str, Any]] = {
    Topic.WORK: {"wsp": _("Knows the employers of the region, and what they ask.")},
}


@dataclass(frozen=True)
class Proposal:
    """A place to go to. `why`: the reason it is proposed, empty for the others."""

    organisation: OrganisationRow
    why: str


def proposals(*, region: str, topic: Topic, not_to: UUID | None, on: date) -> tuple[Proposal, ...]:
    """Who can receive somebody from this region, the right desk for the question first; empty when nobody can."""
    there = [row for row in (receivers(region) if region != "NL" else ()) or national_teams() if row.id != not_to]
    reasons = _reasons(region, topic, on)
    if not_to is not None:
        for kind, why in NEXT.get(topic, {}).items():
            reasons.setdefault(kind, str(why))
    found = [Proposal(row, _why(row, reasons)) for row in there]
    order = {name: place for place, name in enumerate(reasons)}
    return tuple(sorted(found, key=lambda one: (min(_places(one.organisation, order)), one.organisation.name)))


def asked_topic(request: HttpRequest, topic: Topic) -> Topic:
    """The question that was chosen in the form, else that of the address."""
    chosen = request.POST.get("topic", "")
    return Topic(chosen) if chosen in {code.value for code in words.topics_for(Who.JOB_SEEKER)} else topic


def kept(request: HttpRequest) -> dict[str, str]:
    """What was typed so far, without the desk: for another question another one may be right."""
    left_out = ("csrfmiddlewaretoken", "propose", "to")
    return {name: str(text) for name, text in request.POST.items() if name not in left_out}


def desk_card(organisation: OrganisationRow | None) -> DeskCard | None:
    """The card of the desk that this organisation is; None for a partner, or a desk that is gone."""
    if organisation is None or not organisation.desk:
        return None
    desk = regional.desk(organisation.desk)
    return cards.card(desk, timezone.localtime()) if desk and desk.is_valid(timezone.localdate()) else None


def first_desk(region: str, topic: Topic = Topic.WORK) -> DeskCard | None:
    """The desk to call for this question, whether or not it takes hand-overs here; None without reference data."""
    desks = _desks(region, topic, timezone.localdate())
    return cards.card(desks[0][0], timezone.localtime()) if desks else None


def _reasons(region: str, topic: Topic, on: date) -> dict[str, str]:
    """Why each desk (by its id, and by its kind) is right for this question, the best first."""
    reasons: dict[str, str] = {}
    for desk, why in _desks(region, topic, on):
        reasons.setdefault(desk.desk_id, why)
        reasons.setdefault(KINDS.get(desk.kind, desk.kind.value), why)
    return reasons


def _desks(region: str, topic: Topic, on: date) -> list[tuple[Desk, str]]:
    home = None if region == "NL" else region
    try:
        found = desks_for(who=Who.JOB_SEEKER, topic=topic, home_region=home, work_region=None, on=on)
    except DichterbijError:
        return []
    return [(referral.desk, cards.in_language(referral.why.words)) for referral in found.value]


def _why(row: OrganisationRow, reasons: dict[str, str]) -> str:
    return reasons.get(row.desk) or reasons.get(row.kind.value, "")


def _places(row: OrganisationRow, order: dict[str, int]) -> tuple[int, int]:
    last = len(order)
    return order.get(row.desk, last), order.get(row.kind.value, last)
