"""A country in small: two regions, desks that hand people over, and who may see which row, worked out once more.

`expected` says in Python what the policies say in SQL, from the rows as their owner reads them. Everything that is
somebody's carries a mark (`MARK` and a number), so that what comes back can be searched for what it must not hold.
"""

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting, plan_absence
from dichterbij.domains.accounts.models import Organisation
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.openings import actions as openings
from dichterbij.domains.people import actions as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.people.secret import pseudonym
from dichterbij.domains.referral import actions
from dichterbij.domains.referral import queries as referral
from dichterbij.domains.referral.errors import NotPossibleError
from dichterbij.domains.referral.rules import Ending
from dichterbij.domains.referral.rules.finding import NewPlace, PlaceKind
from dichterbij.domains.referral.seeing import digest_of, with_link
from support.handed_over import invented_person, sent
from support.people import as_owner
from support.roles import REGIONS, Somebody, make_somebody

MARK = "Zq"
# What is nowhere else: words, phone numbers, digests, addresses.
WORDS = re.compile(rf"{MARK}\d+x|06\d{{8}}|[0-9a-f]{{64}}|[0-9a-f]{{32}}@role\.example")
KEYS = {
    "people_person": "id", "people_contact": "id", "people_profile": "person_id", "people_access": "id",
    "people_consent": "id", "people_key": "id", "people_linkrequest": "id",
    "referral_handover": "id", "referral_step": "id", "post_letter": "id",
    "referral_regionagreement": "region", "referral_findingplace": "id",
    "referral_findingvisit": "id", "referral_findingcount": "id", "openings_message": "id",
    "referral_division": "id", "referral_incomecount": "id",
    "openings_sender": "message_id", "journal_processing": "id",
    "accounts_user": "id", "accounts_membership": "id", "accounts_absence": "id",
}  # fmt: skip
TABLES = tuple(KEYS)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Visitor:
    """Who asks: somebody in a role, a person on their own page, whoever has a link, or nobody."""

    name: str
    somebody: Somebody | None = None
    person: UUID | None = None
    token: str = ""

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """A transaction in which the database knows this."""
        with (
            transaction.atomic(),
            acting(self.somebody.actor) if self.somebody else nullcontext(),
            people.acting_for(self.person) if self.person else nullcontext(),
            with_link(digest_of(self.token)) if self.token else nullcontext(),
        ):
            yield

    @property
    def organisation(self) -> UUID | None:
        """For which organisation is asked."""
        return self.somebody.actor.organisation if self.somebody else None

    @property
    def role(self) -> Role | None:
        """In which role is asked."""
        return self.somebody.actor.role if self.somebody else None


class World:
    """What is there, and who visits. Rows are read as their owner, once."""

    def __init__(self, seed: int, people_of_a_desk: int) -> None:
        self._random, self._number, self._linked = random.Random(seed), 0, []
        self.asked: list[str] = []
        staff = [
            (place, role) for place in REGIONS for role in (Role.COORDINATOR, Role.ADVISER, Role.ADVISER, Role.ADVISER)
        ]
        somebody = [make_somebody(role, place) for place, role in staff]
        top = make_somebody(Role.NATIONAL_TEAM, "")
        self.desks = somebody
        self.partner = make_somebody(Role.ADVISER, REGIONS[1])
        Organisation.objects.filter(pk=self.partner.organisation).update(kind="partner")
        for desk in somebody:
            self._fill(desk, top, people_of_a_desk)
        lead = somebody[0].actor
        actions.set_agreement(
            actor=lead, region=lead.region, owner=somebody[1].organisation, answer_days=2, now=timezone.now()
        )
        for desk in (somebody[1], somebody[-1]):
            self._find(desk)
            self._ask(desk)
        self._divide(somebody[1], lead)
        for desk in (somebody[1], somebody[-1]):
            self._goes_away(desk)
        citizen = make_somebody(Role.CITIZEN, "")
        with as_owner():
            self._read()
        mine = next(row for row in self.rows["people_person"] if row["name"].startswith(MARK))
        people.tie_account(person=mine["id"], actor=citizen.actor, now=timezone.now())
        self.visitors = self._visitors(somebody, top, citizen)
        with as_owner():
            self._read()
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE " + ", ".join(TABLES))

    def mark(self) -> str:
        """A word that is nowhere else."""
        self._number += 1
        return f"{MARK}{self._number:05d}x"

    def _fill(self, desk: Somebody, top: Somebody, number: int) -> None:
        for _ in range(number):
            new = invented_person(self.mark(), desk.actor.region, wishes=self.mark())
            others = [other for other in (*self.desks, self.partner, top) if other.organisation != desk.organisation]
            to = self._random.choice(others)
            if self._random.random() < 0.3:
                people.register_person(by=desk.actor, new=new, now=timezone.now())
                continue
            by = desk.actor if self._random.random() < 0.7 else Through("helper", "")
            token = f"{self.mark()}-{uuid4()}"
            row = sent(by, to.organisation, desk.actor.region, new, question=self.mark(), token=token)
            self._linked.append((token, row.person))
            if self._random.random() < 0.3:
                own = {"person": row.person, "by": Through("self", ""), "now": timezone.now()}
                people.new_token(**own)
                people.ask_key_to(**own, language="nl", site=people.Site("{token}", self.mark()), by_text=False)
            self._move(to, row.id)

    def _divide(self, desk: Somebody, lead: Actor) -> None:
        """What a colleague of this desk had is with nobody in particular now."""
        row = sent(lead, desk.organisation, desk.actor.region, invented_person(self.mark(), desk.actor.region),
                   question=self.mark(), token=f"{self.mark()}-{uuid4()}")  # fmt: skip
        given: dict[str, Any] = {"actor": desk.actor, "now": timezone.now()}
        actions.accept(**given, handover=row.id, version=1)
        actions.divide(**given, organisation=desk.organisation, of=desk.actor.user, to=[None])

    def _ask(self, desk: Somebody) -> None:
        """Two employers ask this desk for people; one of them is not for it."""
        Organisation.objects.filter(pk=desk.organisation).update(desk=f"{desk.actor.region}-{self._number}")
        of = Organisation.objects.get(pk=desk.organisation)
        for number in range(2):
            token = f"{self.mark()}-{uuid4()}"
            sender = openings.NewSender(self.mark(), "Verzonnen", "", "0612345678", "", "", "")
            message = openings.NewMessage(
                self.mark(), None, 1811, desk.actor.region, of.desk, True, "nl", {},
                timezone.localdate() + timedelta(days=99),
            )  # fmt: skip
            openings.place_message(
                actor="employer", token=token, message=message, sender=sender, now=timezone.now(),
                compose=lambda _row, _handed: (),
            )  # fmt: skip
            self.asked.append(token)
            if number:
                row, _steps = referral.handover_of(token=token)
                given: dict[str, Any] = {"actor": desk.actor, "version": 1, "now": timezone.now()}
                actions.give_back(**given, handover=row.id, reason=self.mark())

    def _goes_away(self, desk: Somebody) -> None:
        """Days on which somebody is not there."""
        today = timezone.localdate()
        assert desk.membership
        plan_absence(
            actor=desk.actor, membership=desk.membership, substitute=None, first_day=today, last_day=today,
            now=timezone.now(),
        )  # fmt: skip

    def _find(self, desk: Somebody) -> None:
        """A finding place with somebody who goes there, and a code that was opened."""
        now, today = timezone.now(), timezone.localdate()
        word = self.mark()
        new = NewPlace(name=word, kind=PlaceKind.LIBRARY, code=word.lower(), where="", contact=self.mark())
        place = actions.add_place(actor=desk.actor, new=new, now=now)
        actions.go_there(actor=desk.actor, place=place, when_words="", since=today, until=None, now=now)
        actions.count_opened(code=word.lower(), on=today)

    def _move(self, to: Somebody, handover: UUID) -> None:
        given: dict[str, Any] = {"actor": to.actor, "handover": handover, "version": 1, "now": timezone.now()}
        what = self._random.choice(("wait", "accept", "back", "on", "done"))
        try:
            if what == "back":
                actions.give_back(**given, reason=self.mark())
            elif what == "on":
                actions.redirect(**given, to=self._random.choice(self.desks).organisation, reason=self.mark())
            elif what in ("accept", "done"):
                actions.accept(**given)
            if what == "done":
                actions.close(**given | {"version": 2}, ending=Ending.WORK)
        except NotPossibleError:
            pass

    def _visitors(self, desks: list[Somebody], top: Somebody, citizen: Somebody) -> tuple[Visitor, ...]:
        token, person = self._linked[0]
        others = [make_somebody(role, REGIONS[0], desks[1].organisation) for role in (Role.STEERING_GROUP,)]
        others += [make_somebody(role, REGIONS[0]) for role in (Role.RESEARCHER, Role.ADMINISTRATOR, Role.EMPLOYER)]
        return (
            Visitor("nobody"),
            *(Visitor(f"{one.actor.role} {number} of {one.actor.region}", one) for number, one in enumerate(desks)),
            Visitor("partner", self.partner),
            Visitor("national team", top),
            Visitor("citizen", citizen),
            *(Visitor(str(one.actor.role), one) for one in others),
            Visitor("a person", person=person),
            Visitor("a link", token=token),
            Visitor("an employer's link", token=self.asked[0]),
        )

    def _read(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        for table in TABLES:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table}")
                names = [column.name for column in cursor.description or ()]
                self.rows[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        self.__dict__.pop("marks", None)
        self._regions = dict(Organisation.objects.values_list("pk", "region"))

    @cached_property
    def marks(self) -> dict[str, list[tuple[str, str]]]:
        """Of every mark, phone number and reference: the rows (table, key) that hold it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for table, rows in self.rows.items():
            for row in rows:
                for mark in filter(WORDS.fullmatch, _marks_in(table, row)):
                    found.setdefault(mark, []).append((table, str(row[KEYS[table]])))
        return found

    def expected(self, visitor: Visitor) -> dict[str, set[str]]:
        """The keys of the rows that this visitor may see, table by table."""
        seen = {table: {str(row[KEYS[table]]) for row in rows if self._may(visitor, table, row)}
                for table, rows in self.rows.items()}  # fmt: skip
        seen["referral_step"] = {
            str(row["id"]) for row in self.rows["referral_step"]
            if str(row["handover_id"]) in seen["referral_handover"] or _is(row["organisation"], visitor.organisation)
        }  # fmt: skip
        places = seen["referral_findingplace"]
        seen["referral_findingvisit"] = {
            str(row["id"]) for row in self.rows["referral_findingvisit"] if str(row["place_id"]) in places
        }
        return seen

    def forbidden(self, visitor: Visitor) -> list[str]:
        """Every mark that is only in rows that this visitor may not see."""
        seen = self.expected(visitor)
        return [mark for mark, rows in self.marks.items() if not any(key in seen[table] for table, key in rows)]

    def _may(self, visitor: Visitor, table: str, row: Row) -> bool:
        """The policies once more. Steps follow from hand-overs: `expected`."""
        ours, person = visitor.organisation, visitor.person
        if table in ("people_contact", "people_profile"):
            return _is(row["person_id"], person) or self._is_given(row["person_id"], ours)
        if table == "people_person":
            is_own = (
                visitor.role is Role.CITIZEN and visitor.somebody and row["account_id"] == visitor.somebody.actor.user
            )
            return bool(is_own) or _is(row["id"], person) or self._is_given(row["id"], ours)
        if table in ("people_access", "people_consent"):
            return _is(row["person_id"], person) or _is(row["organisation_id"], ours)
        if table in ("people_key", "people_linkrequest"):
            return _is(row["person_id"], person)
        if table == "journal_processing":
            return person is not None and row["subject"] == pseudonym(person)
        if table == "referral_handover":
            return self._may_see_handover(visitor, row)
        if table == "openings_message":
            return self._has_link(visitor, row) or any(self._may_see_handover(visitor, one) for one in self._of(row))
        if table == "openings_sender":
            message = next(one for one in self.rows["openings_message"] if one["id"] == row["message_id"])
            theirs = (_holds(visitor, one) for one in self._of(message))
            return self._has_link(visitor, message) or any(theirs)
        if table == "referral_findingplace":
            return bool(visitor.somebody) and _is(row["region"], visitor.somebody.actor.region or None)
        if table.startswith("accounts_"):
            return self._may_see_staff(visitor, table, row)
        return table == "referral_regionagreement"

    def _of(self, message: Row) -> list[Row]:
        """The hand-overs of a message."""
        return [row for row in self.rows["referral_handover"] if row["message"] == message["reference"]]

    def _has_link(self, visitor: Visitor, row: Row) -> bool:
        return bool(visitor.token) and row["token_digest"] == digest_of(visitor.token)

    def _may_see_staff(self, visitor: Visitor, table: str, row: Row) -> bool:
        """Oneself, colleagues, and who works where one answers for accounts."""
        if visitor.somebody is None:
            return False
        if table == "accounts_membership":
            actor, region = visitor.somebody.actor, self._regions[row["organisation_id"]]
            answers = actor.role is Role.COORDINATOR and bool(region) and region == actor.region
            is_near = _is(row["organisation_id"], actor.organisation) or row["user_id"] == actor.user
            return is_near or answers or actor.role is Role.ADMINISTRATOR
        column, key = ("user_id", "id") if table == "accounts_user" else ("id", "membership_id")
        held = (one for one in self.rows["accounts_membership"] if one[column] == row[key])
        is_oneself = table == "accounts_user" and row["id"] == visitor.somebody.actor.user
        return is_oneself or any(self._may_see_staff(visitor, "accounts_membership", one) for one in held)

    def _may_see_handover(self, visitor: Visitor, row: Row) -> bool:
        region = visitor.somebody.actor.region if visitor.somebody else ""
        return (
            _holds(visitor, row)
            or _is(row["person"], visitor.person)
            or self._has_link(visitor, row)
            or (visitor.role is Role.COORDINATOR and row["region"] == region)
            or (visitor.role is Role.NATIONAL_TEAM and row["level"] == "national")
        )

    def _is_given(self, person: UUID, organisation: UUID | None) -> bool:
        return (person, organisation) in self._given

    @property
    def _given(self) -> set[tuple[UUID, UUID]]:
        now = timezone.now()
        return {
            (row["person_id"], row["organisation_id"]) for row in self.rows["people_access"]
            if row["ended_at"] is None and row["until"] > now
        }  # fmt: skip


def _holds(visitor: Visitor, row: Row) -> bool:
    """Whether their organisation sent this hand-over, has it or answers for it."""
    places = (row["from_organisation"], row["to_organisation"], row["owner_organisation"])
    return any(_is(place, visitor.organisation) for place in places)


def _is(one: object, other: object) -> bool:
    return one is not None and one == other


def _marks_in(table: str, row: Row) -> Iterator[str]:
    """What tells one row's content from every other's."""
    if table == "people_person":
        yield row["name"]
    elif table == "people_contact":
        yield row["value"]
    elif table == "people_profile":
        yield str(row["values"]).split("'wishes': '")[-1][:8]
    elif table == "referral_handover":
        yield from (row["question"], row["token_digest"])
    elif table == "openings_sender":
        yield row["firm"]
    elif table == "accounts_user":
        yield row["email"]
    elif table == "openings_message":
        yield from (row["title"], row["token_digest"])
    elif table == "referral_findingplace":
        yield row["contact"]
    elif table == "referral_step" and row["reason"]:
        yield row["reason"]
