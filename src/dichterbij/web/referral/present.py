"""Rows of the work list as the pages show them: names through the door to people, everything else in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.openings.queries import senders
from dichterbij.domains.openings.queries.senders import EmployerLine
from dichterbij.domains.people import queries as people
from dichterbij.domains.people.rules import Ground, read_grounds
from dichterbij.domains.referral.queries import HandoverRow, Team, onward_among
from dichterbij.domains.referral.queries.rows import GONE
from dichterbij.domains.referral.rules import Ending, State, states
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks import words as desk_words
from dichterbij.web.handover import history
from dichterbij.web.referral import colleagues, words

PURPOSE = "hand_over"


@dataclass(frozen=True)
class About:
    """About whom a hand-over is: `name` of a person or firm, empty where it is not theirs to see; what for.

    `reference`: what they call it on the phone themselves. `ways`: how it can end.
    """

    name: str
    question: str
    topic: str
    reference: str
    ways: Mapping[Ending, words.Text] = field(hash=False)


@dataclass(frozen=True)
class Row:
    """One hand-over for one organisation. Days are in words, empty where it did not come to that."""

    handover: HandoverRow
    about: About
    version: str
    sender: str
    holder_name: str
    holder_phone: str
    answer_by: str
    accepted_on: str
    ended_on: str
    is_overdue: bool
    may_answer: bool
    may_accept: bool  # not where it may not see the person: then it sends on
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
    def name(self) -> str:
        """The person or firm; empty where this organisation may not see them."""
        return self.about.name

    @property
    def who(self) -> str:
        """How this row is called: by name, else by reference."""
        return self.about.name or self.about.reference

    @property
    def is_employer(self) -> bool:
        """Whether an employer waits, and not a person."""
        return self.handover.is_employer

    @property
    def endings(self) -> list[tuple[str, str]]:
        """The ways to finish this one, to choose from."""
        return [(ending.value, str(name)) for ending, name in self.about.ways.items()]


def rows(
    actor: Actor, found: Sequence[HandoverRow], now: datetime, group: Team | None = None, *, only_read: bool = False
) -> tuple[Row, ...]:
    """The rows, with the names that this actor may see; one look in the processing log for all of them.

    `group`: the colleagues with whom the actor shares the work, where a page shows them. `only_read`: nothing can be
    taken back from there.
    """
    names = people.names(actor=actor, people=[row.person for row in found if row.person], purpose=PURPOSE, now=now)
    asked = senders.employers(actor=actor, references=[row.message for row in found if row.message], now=now)
    known = organisations(one for row in found for one in row.organisations)
    onward = {row.id for row in found} if only_read else onward_among(row.id for row in found)
    today = timezone.localdate(now)
    made = tuple(_row(actor, row, _about(row, names, asked), known, row.id in onward, today) for row in found)
    return tuple(_shared(actor, row, group) for row in made) if group else made


def _about(row: HandoverRow, names: Mapping[UUID, str], asked: Mapping[str, EmployerLine]) -> About:
    """About whom it is, and what for, in words: the one place where people and employers differ on these pages."""
    if row.person:
        topic = desk_words.topic(Topic(row.topic), Who.JOB_SEEKER)
        return About(names.get(row.person, ""), row.question, topic, row.reference, words.ENDINGS)
    line = asked.get(row.message)
    wanted = line.title if line else ""
    people_words = (
        ngettext("looks for %(n)s person", "looks for %(n)s people", line.people) % {"n": line.people} if line else ""
    )
    question = ". ".join(text for text in (row.question.replace(GONE, ""), wanted) if text) or gettext("deleted")
    return About(line.firm if line else "", question, people_words, row.message, words.EMPLOYER_ENDINGS)


def topics() -> list[tuple[str, str]]:
    """What hand-overs are about, to choose from."""
    return [(code.value, desk_words.topic(code, Who.JOB_SEEKER)) for code in desk_words.topics_for(Who.JOB_SEEKER)]


def _shared(actor: Actor, row: Row, group: Team) -> Row:
    """With who does it, where it is this desk's own work or was."""
    handover = row.handover
    if handover.ball.owner != actor.organisation or handover.state in (State.SENT, State.WITHDRAWN):
        return row
    if handover.state is State.CLOSED:
        did_it = group.colleague(handover.adviser)
        return replace(row, colleague=did_it.name if did_it else "")
    others = [(str(one.user), one.name) for one in group.colleagues if one.user not in (handover.adviser, group.me)]
    desk = [("desk", gettext("The desk: nobody in particular"))] if handover.adviser else []
    return replace(
        row, colleague=capfirst(colleagues.does_it(group, handover.adviser)), is_mine=handover.adviser == group.me,
        colleagues=(*others, *desk),
    )  # fmt: skip


def _row(
    actor: Actor, row: HandoverRow, about: About, known: dict[UUID, OrganisationRow], is_onward: bool, today: date
) -> Row:
    ours = actor.organisation
    holder = known.get(row.ball.holder)
    waits_for_us = row.state is State.SENT and row.ball.holder == ours
    return Row(
        handover=row,
        about=about,
        version=str(row.version),
        sender=history.sender(row, known),
        holder_name=history.name(known, row.ball.holder),
        holder_phone=holder.phone if holder else "",
        answer_by=_day(row.answer_by),
        accepted_on=_day(row.accepted_at),
        ended_on=_day(row.ended_at),
        is_overdue=row.is_overdue(today),
        may_answer=waits_for_us,
        may_accept=waits_for_us and (bool(row.message or about.name) or _has_public_task(holder)),
        may_return=waits_for_us and states.may_give_back(row.ball),
        may_close=row.state is State.ACCEPTED and row.ball.owner == ours,
        may_withdraw=ours is not None
        and states.may_withdraw(row.ball, by=ours, sender=row.from_organisation, is_onward=is_onward),
        ending=str(about.ways[row.ending]) if row.ending else "",
    )


def _day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return _day_in(day, get_language())


@lru_cache(maxsize=4096)
def _day_in(day: date, _language: str | None) -> str:
    return date_format(day, "D j F")


def _has_public_task(organisation: OrganisationRow | None) -> bool:
    """Such a desk sees whoever it accepts, also after an access that passed."""
    grounds = read_grounds(timezone.localdate())
    return organisation is not None and grounds.ground_of(organisation.kind.value) is Ground.PUBLIC_TASK
