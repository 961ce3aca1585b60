"""The only door to people's data: every look has an actor and a purpose, and is written down."""

from dichterbij.domains.people.queries.elsewhere import same_elsewhere
from dichterbij.domains.people.queries.own import (
    AccessRow,
    ConsentRow,
    Link,
    Look,
    OwnPage,
    Partner,
    link_of,
    own_page,
    people_of_account,
    person_of_token,
    reach_hint,
    take_along,
)
from dichterbij.domains.people.queries.people import names, number_of_people, people, person
from dichterbij.domains.people.queries.seeing import who_may_see
from dichterbij.domains.people.queries.values import ContactRow, PersonLine, PersonRow

__all__ = [
    "AccessRow",
    "ConsentRow",
    "ContactRow",
    "Link",
    "Look",
    "OwnPage",
    "Partner",
    "PersonLine",
    "PersonRow",
    "link_of",
    "names",
    "number_of_people",
    "own_page",
    "people",
    "people_of_account",
    "person",
    "person_of_token",
    "reach_hint",
    "same_elsewhere",
    "take_along",
    "who_may_see",
]
