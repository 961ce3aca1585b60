"""The work list of an organisation: what to accept, what it waits for, what is late, what is its own, what is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When, Window
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.openings.queries import senders
from dichterbij.domains.openings.rules import read_reference as read_message
from dichterbij.domains.people import queries as people
from dichterbij.domains.referral.may import PURPOSE, check_may
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.parts import Counted, Place, Tab, by_index, counted
from dichterbij.domains.referral.queries.parts import place as place_of
from dichterbij.domains.referral.queries.parts import rows as rows_of
from dichterbij.domains.referral.queries.regions import gone_among
from dichterbij.domains.referral.queries.rows import HandoverRow, StepRow, handover_row, step_row
from dichterbij.domains.referral.queries.team import Team, Whose, team
from dichterbij.domains.referral.rules import OPEN, Level, State, read_reference
from dichterbij.shared.errors import NotFoundError

MOST_FOUND = 200
MOST, MANY = 500, 100  # hand-overs of a part are counted so far: where it is shown, and beside another part
LAST_PAGE = 400
ORGANISATIONS = ("to_organisation", "owner_organisation", "from_organisation")


class About(StrEnum):
    """About whom hand-overs are."""

    PEOPLE = "people"
    EMPLOYERS = "employers"


@dataclass(frozen=True, slots=True)
class Look:
    """A page of the list: its rows, how many there are in every part, who shares the work, which page of how many."""

    rows: tuple[HandoverRow, ...]
    found: Mapping[Tab, Counted]
    team: Team
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """The first rows of an agenda, and how many the whole of it has: people and employers apart."""

    rows: tuple[HandoverRow, ...]
    size: Mapping[About, int]


def counts(*, actor: Actor, now: datetime) -> Mapping[Tab, Counted]:
    """How many there are in each part, counted up to `MANY`. One query."""
    check_may(actor, now)
    place = _place(actor, now, Q())
    if place is None:
        return dict.fromkeys(Tab, Counted(0))
    with acting(actor), by_index():
        return counted(place, dict.fromkeys(Tab, MANY))


def today(
    *,
    actor: Actor,
    tab: Tab,
    now: datetime,
    search: str = "",
    topic: str = "",
    whose: Whose | UUID = Whose.EVERYBODY,
    about: About | None = None,
    limit: int = 25,
    offset: int = 0,
) -> tuple[HandoverRow, ...]:
    """A part of the work list, as `look` orders it."""
    check_may(actor, now)
    group = team(actor=actor, now=now)
    place = _place(actor, now, _wanted(actor, group, now, search, topic, whose) & of_kind(about))
    with acting(actor), by_index():
        return _rows(place, tab, group, slice(offset, offset + limit)) if place else ()


def look(
    *,
    actor: Actor,
    tab: Tab,
    now: datetime,
    search: str = "",
    topic: str = "",
    whose: Whose | UUID = Whose.EVERYBODY,
    about: About | None = None,
    page: int = 1,
    size: int = 25,
) -> Look:
    """A page of a part of the work list, and how many there are in every part. `search`: name, firm, phone, reference.

    Most urgent first; what was accepted: mine, then nobody's, then colleagues'; what is done: newest first.
    """
    check_may(actor, now)
    group = team(actor=actor, now=now)
    # Once: a search through people is logged.
    place = _place(actor, now, _wanted(actor, group, now, search, topic, whose) & of_kind(about))
    if place is None:
        return Look((), dict.fromkeys(Tab, Counted(0)), group, 1, 1)
    asked = min(max(1, page), LAST_PAGE)
    # What is done only grows: whoever looks further back searches. What is open can all be reached.
    most = MOST if tab is Tab.DONE else MOST + (asked - 1) * size
    with acting(actor), by_index():
        found = counted(place, dict.fromkeys(Tab, MANY) | {tab: most})
        last = max(1, -(-found[tab] // size))
        number = min(asked, last)
        rows = _rows(place, tab, group, slice((number - 1) * size, number * size)) if found[tab] else ()
    return Look(rows, found, group, number, last)


def handover(*, actor: Actor, handover: UUID, now: datetime) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    """One hand-over with its history; NotFoundError when it is not yours or not there."""
    check_may(actor, now)
    with acting(actor):
        row = Handover.objects.filter(pk=handover).first()
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        return handover_row(row), steps_of(row.pk)


def agenda(*, actor: Actor, now: datetime, limit: int = 200) -> Agenda:
    """What a case meeting talks about: what waits for an answer, and what was accepted after it bounced.

    Of the region for a coordinator, of the organisation for the others; of the region also what a desk has where nobody
    works any more. What bounced or went up comes first, then what is late, then what waits longest.
    """
    check_may(actor, now)
    went_up = Case(When(level=Level.DESK.value, then=0), default=1)
    sizes = {f"number_of_{kind}": Window(Count("id", filter=of_kind(kind))) for kind in About}
    with acting(actor):
        wanted = Handover.objects.filter(_for_the_meeting(actor)).annotate(trouble=F("bounces") + went_up, **sizes)
        found = list(wanted.order_by("-trouble", "answer_by", "id")[:limit])
    size = {kind: getattr(found[0], f"number_of_{kind}") if found else 0 for kind in About}
    return Agenda(tuple(map(handover_row, found)), size)


def steps_of(handover: UUID) -> tuple[StepRow, ...]:
    """The history of a hand-over that may be seen, oldest first."""
    return tuple(map(step_row, Step.objects.filter(handover=handover).order_by("number")))


def of_kind(about: About | None) -> Q:
    """Those of people, those of employers, or all."""
    if about is None:
        return Q()
    return Q(message="") if about is About.PEOPLE else ~Q(message="")


def _for_the_meeting(actor: Actor) -> Q:
    to_talk_about = Q(state=State.SENT.value) | Q(state=State.ACCEPTED.value, bounces__gt=0)
    if actor.role is not Role.COORDINATOR:
        return _open(actor) & to_talk_about
    here = Q(region=actor.region, state__in=OPEN)
    return (_open(actor) | here) & (to_talk_about | Q(to_organisation__in=_deserted(here)))


def _deserted(here: Q) -> Collection[UUID]:
    """Who has something open here and is gone."""
    holders = Handover.objects.filter(here).order_by().values_list("to_organisation", flat=True)
    with by_index():
        there = set(holders.distinct())
    return gone_among(there)


def _open(actor: Actor) -> Q:
    """What this organisation has to do with and is open, said beside the policy and with its state for each of them.

    So an index finds them, and what was done in all the years is not looked at.
    """
    one, *others = (Q(**{name: actor.organisation}, state__in=OPEN) for name in ORGANISATIONS)
    for other in others:
        one |= other
    return one


def _place(actor: Actor, now: datetime, wanted: Q) -> Place | None:
    return place_of(actor.organisation, timezone.localdate(now), wanted) if actor.organisation else None


def _rows(place: Place, tab: Tab, group: Team, part: slice) -> tuple[HandoverRow, ...]:
    if tab is not Tab.OURS:
        return tuple(map(handover_row, rows_of(place, tab, part)))
    conditions, values = group.mine_first()
    return tuple(map(handover_row, rows_of(place, tab, part, groups=conditions, **values)))


def _messages(actor: Actor) -> QuerySet[Handover, Any]:
    """The messages of employers with which this organisation has to do."""
    one, *others = (
        Handover.objects.filter(**{name: actor.organisation})
        .exclude(message="")
        .order_by()
        .values_list("message", flat=True)
        for name in ORGANISATIONS
    )
    return one.union(*others)


def _wanted(actor: Actor, group: Team, now: datetime, search: str, topic: str, whose: Whose | UUID) -> Q:
    return _searched(actor, search, now) & (Q(topic=topic) if topic else Q()) & group.work_of(whose)


def _searched(actor: Actor, search: str, now: datetime) -> Q:
    """Which hand-overs are found, by number: so that every part finds its own among them."""
    text = " ".join(search.split())
    if not text:
        return Q()
    reference = read_reference(text)
    if reference:
        wanted = [Q(reference=reference), Q(message=read_message(text) or "-")]
    else:
        lines = people.people(actor=actor, purpose=PURPOSE, now=now, search=text, limit=MOST_FOUND)
        messages = senders.searched(actor=actor, text=text, among=_messages(actor), now=now, limit=MOST_FOUND)
        # Words of the question only among what is open: no index finds them.
        wanted = [Q(person__in=[line.id for line in lines]), Q(message__in=messages),
                  _open(actor) & Q(question__icontains=text)]  # fmt: skip
    with acting(actor):
        one, *others = (Handover.objects.filter(part).values_list("pk")[:MOST_FOUND] for part in wanted)
        return Q(pk__in=[pk for (pk,) in one.union(*others)])
