"""Who leaves school: both days stand with the hand-over, go with it, and whoever sees it is warned of a gap."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.referral import actions, queries
from dichterbij.domains.referral.actions.forgetting import forget_handovers
from dichterbij.domains.referral.errors import ChangedError, NotPossibleError
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.referral.rules.leaving import Joining
from dichterbij.domains.referral.seeing import own_work
from dichterbij.shared.errors import InputError, NotFoundError
from support.referral import MONDAY, World, organisation_of
from support.sweeping import undone

LAST = date(2026, 11, 27)  # the Friday of MONDAY's week
NEXT = date(2026, 11, 30)


def gaps(world: World, who: str = "loket") -> list[tuple[str, Joining]]:
    return [(row.reference, told.joining) for row, told in queries.gaps(actor=getattr(world, who), now=MONDAY)]


def say(world: World, row: HandoverRow, contact_on: date | None, who: str = "loket", **more: object) -> HandoverRow:
    values: dict[str, object] = {"version": row.version, "last_day": LAST, **more}
    return actions.say_leaving(
        actor=getattr(world, who),
        handover=row.id,
        contact_on=contact_on,
        now=MONDAY,
        **values,  # type: ignore[arg-type]
    )


def test_the_school_says_the_last_day_and_everybody_concerned_is_warned_until_contact_is_agreed(world: World) -> None:
    row = world.send(last_day=LAST)
    assert world.send().last_day is None
    for who in ("wsp", "loket", "coordinator"):
        assert gaps(world, who) == [(row.reference, Joining.SOON)], who
    assert gaps(world, "uwv") == []
    accepted = actions.accept(actor=world.loket, handover=row.id, version=row.version, now=MONDAY)
    late = say(world, accepted, NEXT + timedelta(days=2))
    assert gaps(world) == [(row.reference, Joining.GAP)]
    assert say(world, late, NEXT).contact_on == NEXT
    assert gaps(world) == gaps(world, "coordinator") == []
    event = latest_events(action="referral.leaving_said", limit=1)[0]
    assert event.data == {"handover": str(row.id), "reference": row.reference, "has_contact": True}


def test_two_colleagues_do_not_overwrite_each_others_first_contact(world: World) -> None:
    row = world.send(last_day=LAST)
    first = say(world, row, NEXT)
    with pytest.raises(ChangedError):
        say(world, row, NEXT + timedelta(days=1))
    assert say(world, first, NEXT + timedelta(days=1)).contact_on == NEXT + timedelta(days=1)


def test_whoever_joins_or_has_time_hides_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a part is read: whoever has a contact on the day after, or after the weekend, takes no place in it."""
    monkeypatch.setattr("dichterbij.domains.referral.queries.leaving.MOST", 1)
    for contact_on in (LAST + timedelta(days=1), NEXT):
        for _ in range(2):
            say(world, world.send(), contact_on)
    world.send(last_day=LAST + timedelta(days=60))
    row = say(world, world.send(), LAST + timedelta(days=99), last_day=LAST + timedelta(days=90))
    assert gaps(world) == [(row.reference, Joining.GAP)]


def test_whoever_has_this_person_says_when_they_are_in_touch_and_another_one_anew(world: World) -> None:
    row = say(world, world.send(), None, "wsp")
    with pytest.raises(NotPossibleError):
        say(world, row, NEXT, "wsp")
    with pytest.raises(NotFoundError):
        say(world, row, NEXT, "uwv")
    with pytest.raises(ChangedError):
        say(world, row, NEXT, version=row.version + 1)
    agreed = say(world, row, NEXT)
    on = actions.redirect(
        actor=world.loket, handover=row.id, version=agreed.version, to=organisation_of(world.uwv), reason="UWV",
        now=MONDAY,
    )  # fmt: skip
    assert (on.last_day, on.contact_on) == (LAST, None)
    assert gaps(world, "uwv") == [(row.reference, Joining.SOON)]


def test_days_that_cannot_be_are_refused_and_who_is_done_is_no_gap(world: World) -> None:
    row = world.send(last_day=LAST)
    for year in (26, 2031):
        with pytest.raises(InputError, match="two years"):
            world.send(last_day=LAST.replace(year=year))
    for last_day, contact_on in ((None, NEXT), (LAST.replace(year=2031), None)):
        with pytest.raises(InputError):
            say(world, row, contact_on, last_day=last_day)
    actions.withdraw(actor=world.wsp, handover=row.id, version=row.version, reason="Toch niet", now=MONDAY)
    assert gaps(world) == []


def test_forgotten_they_leave_no_day_behind(world: World) -> None:
    row = world.send(last_day=LAST)
    assert row.person
    forget_handovers(row.person, MONDAY)
    with own_work():
        assert Handover.objects.get(pk=row.id).last_day is None


def test_the_database_itself_keeps_no_contact_without_a_last_day_and_no_employer_at_school(world: World) -> None:
    row = world.send()
    with own_work(), pytest.raises(IntegrityError, match="handover_contact_follows_a_last_day"), undone():
        Handover.objects.filter(pk=row.id).update(contact_on=NEXT)
    with own_work(), pytest.raises(IntegrityError, match="handover_of_school_is_a_person"), undone():
        Handover.objects.filter(pk=row.id).update(last_day=LAST, person=None, message="DW-2345-6789")
