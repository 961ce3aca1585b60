"""Choosing from the menukaart: for whom, over which route, for what, when, and by what somebody types."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dichterbij.domains.support.rules.kinds import Form, Moment, Need, Role, Route, Support
from dichterbij.domains.support.rules.search import Found, search


@dataclass(frozen=True, slots=True)
class Choice:
    """What the catalogue shows; None: all of them. Says how to look, never who somebody is."""

    text: str = ""
    role: Role | None = None
    route: Route | None = None
    need: Need | None = None
    moment: Moment | None = None
    form: Form | None = None

    def fits(self, support: Support) -> bool:
        """Whether the item is among what was chosen, apart from the text."""
        return (
            (self.role is None or self.role in support.roles)
            and (self.route is None or self.route in support.routes)
            and (self.need is None or self.need in support.needs)
            and (self.moment is None or self.moment is support.moment)
            and (self.form is None or self.form is support.form)
        )


def of_region(supports: Iterable[Support], region: str | None) -> tuple[Support, ...]:
    """What a region has: every item of the menukaart and its own additions; None: only those every region has."""
    return tuple(support for support in supports if support.region_code in (None, region))


def choose(supports: Iterable[Support], choice: Choice) -> Found:
    """The items that fit the choice. Words are read against all items, so that a filter changes no reading."""
    found = search(supports, choice.text)
    return replace(found, supports=tuple(support for support in found.supports if choice.fits(support)))
