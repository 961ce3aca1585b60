"""Somebody who is forgotten is waited for by nobody, and nothing that was said about them stays."""

from datetime import timedelta

from dichterbij.domains.people import actions as people
from dichterbij.domains.people.actions import Through
from dichterbij.domains.referral import actions
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.seeing import own_work
from support.post import letters
from support.referral import MONDAY, World, organisation_of

LATER = MONDAY + timedelta(hours=3)


def test_who_is_forgotten_waits_nowhere_and_leaves_no_words(world: World) -> None:
    row = world.send(question="Sami wil koken")
    actions.redirect(
        actor=world.loket, handover=row.id, version=row.version, to=organisation_of(world.uwv),
        reason="Sami zoekt geen opleiding", now=LATER,
    )  # fmt: skip
    people.forget_person(person=row.person, by=Through("self", row.reference), now=LATER)
    with own_work():
        left = Handover.objects.get(pk=row.id)
        said = [left.question, left.sender_words, *Step.objects.filter(handover=left).values_list("reason", flat=True)]
    waiting = [(letter.kind, letter.text) for letter in letters(row.reference, sent_at=None)]
    assert (left.state, left.ended_at) == ("withdrawn", LATER)
    assert not any("Sami" in words for words in said)
    assert [kind for kind, _ in waiting] == ["receiver"]
    assert not any("Sami" in text for _, text in waiting)
