"""Rows of the work list as the pages show them: names through the door to people, everything else in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import queries as people
from dichterbij.domains.referral.queries import HandoverRow, Team, onward_among
from dichterbij.domains.referral.rules import Ending, State, states
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks import words as desk_words
from dichterbij.web.handover import history
from dichterbij.web.referral import colleagues, words

PURPOSE = "hand_over"


@dataclass(frozen=True)
class Row:
    """One hand-over for one organisation. `name` is empty where this organisation may not see the person."""

    handover: HandoverRow
    name: str
    topic: str
    sender: str
    holder: OrganisationRow | None
    holder_name: str
    is_overdue: bool
    may_answer: bool
    may_return: bool
    may_close: bool
    may_withdraw: bool
    ending: str
    colleague: str = ""  # who of our desk does it, in words; empty where it is not our work
    is_mine: bool = False
    colleagues: tuple[tuple[str, str], ...] = ()  # to whom it can be given

    @property
    def id(self) -> UUID:
        """The number of the hand-over."""
        return self.handover.id

    @property
    def who(self) -> str:
        """How this row is called: by name, else by reference."""
        return self.name or self.handover.reference


def rows(actor: Actor, found: Sequence[HandoverRow], now: datetime, group: Team | None = None) -> tuple[Row, ...]:
    """The rows, with the names that this actor may see; one look in the processing log for all of them.

    `group`: the colleagues with whom the actor shares the work, where a page shows them.
    """
    names = people.names(actor=actor, people=[row.person for row in found if row.person], purpose=PURPOSE, now=now)
    known = organisations(one for row in found for one in row.organisations)
    onward = onward_among(row.id for row in found)
    today = timezone.localdate(now)
    return tuple(
        _row(actor, row, names.get(row.person, "") if row.person else "", known, row.id in onward, today)
        for row in found
    )


def endings() -> list[tuple[str, str]]:
    """The ways to finish with a person, to choose from."""
    return [(ending.value, str(name)) for ending, name in words.ENDINGS.items()]


def topics() -> list[tuple[str, str]]:
    """What hand-overs are about, to choose from."""
    return [(code.value, desk_words.topic(code, Who.JOB_SEEKER)) for code in desk_words.topics_for(Who.JOB_SEEKER)]


def endings_of(row: HandoverRow) -> Mapping[Ending, words.Text]:
    """The ways to finish this one, in words."""
    return words.EMPLOYER_ENDINGS if row.is_employer else words.ENDINGS


def _shared(actor: Actor, row: Row, group: Team) -> Row:
    """With who does it, where it is this desk's own work or was."""
    handover = row.handover
    if handover.ball.owner != actor.organisation or handover.state in (State.SENT, State.WITHDRAWN):
        return row
    if handover.state is State.CLOSED:
        return replace(row, colleague=colleagues.does_it(group, handover.adviser) if handover.adviser else "")
    others = [(str(one.user), one.name) for one in group.colleagues if one.user not in (handover.adviser, group.me)]
    desk = [("desk", gettext("The desk: nobody in particular"))] if handover.adviser else []
    return replace(
        row, colleague=colleagues.does_it(group, handover.adviser), is_mine=handover.adviser == group.me,
        colleagues=(*others, *desk),
    )  # fmt: skip


def _row(
    actor: Actor, row: HandoverRow, name: str, known: dict[UUID, OrganisationRow], is_onward: bool, today: date
) -> Row:
    ours = actor.organisation
    waits_for_us = row.state is State.SENT and row.ball.holder == ours
    return Row(
        handover=row,
        name=name,
        topic=desk_words.topic(Topic(row.topic), Who.JOB_SEEKER),
        sender=history.sender(row, known),
        holder=known.get(row.ball.holder),
        holder_name=history.name(known, row.ball.holder),
        is_overdue=row.is_overdue(today),
        may_answer=waits_for_us,
        may_return=waits_for_us and not (row.ball.is_at_the_owner and row.ball.level is not states.Level.DESK),
        may_close=row.state is State.ACCEPTED and row.ball.owner == ours,
        may_withdraw=ours is not None
        and states.may_withdraw(row.ball, by=ours, sender=row.from_organisation, is_onward=is_onward),
        ending=str(endings_of(row)[row.ending]) if row.ending else "",
    )
