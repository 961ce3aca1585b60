"""A desk takes back only what it sent itself and nobody answered, with a reason that the person gets to know."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dichterbij.domains.referral import actions, queries
from dichterbij.shared.errors import InputError
from support.people import new_person
from support.post import letters
from support.referral import MONDAY, World

LATER = MONDAY + timedelta(hours=3)


def test_taking_it_back_needs_a_reason_and_tells_the_person(world: World) -> None:
    person = replace(new_person(email="sami@example.nl"), region=world.region)
    row = world.send(person=person)
    with pytest.raises(InputError):
        actions.withdraw(actor=world.wsp, handover=row.id, version=1, reason=" ", now=LATER)
    actions.withdraw(actor=world.wsp, handover=row.id, version=1, reason="Heeft al werk", now=LATER)
    _row, steps = queries.handover(actor=world.wsp, handover=row.id, now=LATER)
    assert steps[-1].reason == "Heeft al werk"
    (letter,) = letters(row.reference, number=2, kind="person")
    assert letter.recipient == "sami@example.nl"
    assert "Heeft al werk" not in letter.text
