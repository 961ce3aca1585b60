"""A region whose desks have one row in every list, or many: to see that a list asks as much for both."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from dichterbij.domains.accounts.models import Membership, User
from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.openings.models import Message, Sender
from dichterbij.domains.openings.rules import reference_of as message_reference
from dichterbij.domains.people.rules import ContactKind, NewContact
from dichterbij.domains.referral.actions import importing
from dichterbij.domains.referral.models import FindingPlace, FindingVisit, Handover
from dichterbij.domains.referral.rules import reference_of
from dichterbij.domains.referral.rules.importing import OldHandover
from dichterbij.domains.referral.seeing import own_work
from support.people import as_owner
from support.referral import World, make_actor, make_world, organisation_of

STATES = ("waiting", "late", "accepted", "closed")
TODAY = date(2026, 11, 22)


def world_of(region: str, rows: int) -> tuple[World, UUID]:
    """Desks of a region of reference data with so many rows in each list; and a person with so many hand-overs."""
    world = make_world(make_actor("", "national", Role.NATIONAL_TEAM), region)
    with as_owner():
        _hand_over(world, rows, STATES)
        person = _one_person(world, rows)
        _employers(world, rows)
        _places(world, rows)
        _colleagues(world.coordinator, rows)
        _colleagues(world.loket, rows)
    return world, person


def _hand_over(world: World, rows: int, states: tuple[str, ...], who: str = "") -> None:
    lines = [
        OldHandover(
            line, f"{states[line % len(states)]}-{who}{line}", who or f"Persoon {line}",
            (NewContact(ContactKind.PHONE, "0612345678" if who else f"06{line:08d}"),), "nl", world.region, "work",
            states[line % len(states)], str(world.wsp.organisation), str(world.loket.organisation), TODAY,
            TODAY if states[line % len(states)] in ("accepted", "closed") else None, TODAY,
        )
        for line in range(rows * len(states))
    ]  # fmt: skip
    known = organisations([world.wsp.organisation, world.loket.organisation])
    ours = organisation_of(world.wsp)
    placed, faults = importing.place(lines, organisation=ours, named=lambda text: known[UUID(text)])
    assert not faults
    importing.import_handovers(placed, organisation=ours, actor="tests", now=timezone.now())
    now = timezone.now()
    with own_work():
        mine = Handover.objects.filter(from_organisation=ours)
        mine.filter(question="late").update(answer_by=TODAY - timedelta(days=30), bounces=1)
        mine.filter(question="closed").update(state="closed", ending="work", ended_at=now)


def _one_person(world: World, rows: int) -> UUID:
    _hand_over(world, rows, ("waiting",), who="Sami")
    with own_work():
        counted = Handover.objects.filter(from_organisation=world.wsp.organisation, question="waiting")
        people = list(counted.values_list("person", flat=True))
    person = max(people, key=people.count) if rows > 1 else people[-1]
    assert person is not None
    return person


def _employers(world: World, rows: int) -> None:
    now = timezone.now()
    for number in range(rows):
        known = int(world.region[2:]) * 1_000 + number
        message = Message.objects.create(
            reference=message_reference(known), token_digest=f"{known:064x}", placed_at=now, title="Bakker",
            postcode_id=1811, region_id=world.region, desk_id="tests", desk_is_invented=True, language="nl",
            asked={}, keep_sender_until=TODAY + timedelta(days=100),
        )  # fmt: skip
        Sender.objects.create(message=message, firm="Bakkerij", person="Ans", email="", phone="0612345678",
                              question="", own_tasks="", own_demands="")  # fmt: skip
        with own_work():
            Handover.objects.create(
                reference=reference_of(known), token_digest=f"{known + 1_000_000:064x}", message=message.reference,
                region=world.region, topic="employer_support", from_organisation=None, state="sent", level="desk",
                to_organisation=world.loket.organisation, owner_organisation=world.rmt.organisation, question="",
                answer_by=TODAY + timedelta(days=-31 if number % 2 == 0 else 5), language="nl", made_at=now,
                moved_at=now, invented=True,
            )  # fmt: skip


def _places(world: World, rows: int) -> None:
    with own_work():
        for number in range(rows):
            place = FindingPlace.objects.create(
                region=world.region, code=f"plek-{world.region.lower()}-{number}", name=f"Plek {number}",
                kind="library", made_by=world.wsp.organisation, made_at=timezone.now(), invented=True,
            )  # fmt: skip
            FindingVisit.objects.create(place=place, organisation=world.wsp.organisation, since=TODAY)


def _colleagues(actor: Actor, rows: int) -> None:
    for number in range(rows):
        user = User.objects.create(
            email=f"{uuid4().hex}@loket.example", name=f"Collega {number}", kind="staff", made_at=timezone.now(),
            invented=True,
        )  # fmt: skip
        Membership.objects.create(
            user=user, organisation_id=actor.organisation, role=Role.ADVISER.value, valid_from=TODAY.replace(day=1)
        )
