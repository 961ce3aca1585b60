"""Whose page it is: by the secret link, or by the account of a citizen who is signed in."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.people import queries
from dichterbij.domains.people.actions import Through
from dichterbij.web.login.who import actor_of

LONGEST_TOKEN = 100
SELF = Through("self", "")


@dataclass(frozen=True)
class Door:
    """The person, who acts, and the addresses of the pages behind the same door."""

    person: UUID
    by: Actor | Through
    area: str
    key: dict[str, str | UUID]

    def to(self, name: str, **more: UUID) -> str:
        """The address of another page of this person."""
        return reverse(f"{self.area}:{name}", kwargs={**self.key, **more})

    @property
    def links(self) -> dict[str, str]:
        """All of them, for templates; `-` in a name is `_` there."""
        names = ("page", "sheet", "json", "correct", "remove-profile", "withdraw", "new-link", "tie", "untie", "forget")
        return {name.replace("-", "_"): self.to(name) for name in names}

    @property
    def has_link(self) -> bool:
        """Whether the visitor came by the secret link."""
        return self.area == "mine"


def door(request: HttpRequest, *, token: str | None = None, person: UUID | None = None) -> Door:
    """The door that this address is; 404 for one that opens nothing: "not yours" and "not there" are the same."""
    if token is not None:
        found = queries.person_of_token(token) if len(token) <= LONGEST_TOKEN else None
        if found is None:
            raise Http404(_("This link does not work. Perhaps there is a newer one, or what it showed is deleted."))
        return Door(found, SELF, "mine", {"token": token})
    actor = citizen(request)
    people = queries.people_of_account(actor) if actor else ()
    if actor is None or person not in people:
        raise Http404(_("There is no such page."))
    return Door(person, actor, "own", {"person": person})


def citizen(request: HttpRequest) -> Actor | None:
    """Who is signed in as citizen; None for nobody and for every other role."""
    actor = actor_of(request)
    return actor if actor and actor.role is Role.CITIZEN else None
