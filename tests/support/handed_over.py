"""People who are handed over, by the actions that pages call: what others must never see."""

import secrets
from datetime import datetime
from itertools import count
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import actions as people
from dichterbij.domains.people.rules import ContactKind, NewContact, NewPerson
from dichterbij.domains.referral import actions
from dichterbij.domains.referral.queries import HandoverRow

NUMBERS = count(1)


def invented_person(name: str, region: str, *, wishes: str = "") -> NewPerson:
    """Somebody with a phone number of their own, an address with the name in it, and answers that can go along."""
    number = f"06{next(NUMBERS):08d}"
    email = f"{name.lower()}@person.example"
    contacts = (NewContact(ContactKind.PHONE, number), NewContact(ContactKind.EMAIL, email))
    profile = {"pc4": 1811, "hours_max": 24, **({"wishes": wishes} if wishes else {})}
    return NewPerson(name, "nl", region, contacts, profile, invented=True)


def sent(
    by: Actor | people.Through,
    to: UUID,
    region: str,
    person: NewPerson | UUID,
    *,
    question: str = "Wil werken in het groen.",
    token: str = "",
    now: datetime | None = None,
) -> HandoverRow:
    """A hand-over that waits for an answer, its result along with it."""
    new = actions.NewHandover(
        token=token or secrets.token_urlsafe(32), person=person, region=region, topic="work", to=to,
        question=question, agreed=True, language="nl", result_goes_along=True, invented=True,
        sender_words="" if isinstance(by, Actor) else "bibliotheek",
    )  # fmt: skip
    return actions.hand_over(by=by, new=new, now=now or timezone.now())
