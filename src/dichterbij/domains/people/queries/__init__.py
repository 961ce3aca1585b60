"""The only door to people's data: every look has an actor and a purpose, and is written down."""

from dichterbij.domains.people.queries.elsewhere import same_elsewhere
from dichterbij.domains.people.queries.people import names, number_of_people, people, person
from dichterbij.domains.people.queries.values import ContactRow, PersonLine, PersonRow

__all__ = [
    "ContactRow",
    "PersonLine",
    "PersonRow",
    "names",
    "number_of_people",
    "people",
    "person",
    "same_elsewhere",
]
