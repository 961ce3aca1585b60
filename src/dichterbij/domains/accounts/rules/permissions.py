"""The permission table: which role may do what, for which purpose, how far; and what each page asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from dichterbij.data import RULES
from dichterbij.domains.accounts.rules.roles import Role
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError


class Reach(StrEnum):
    """Whose rows: one's own, those of one's organisation or region, or of the country (never persons)."""

    OWN = "own"
    ORGANISATION = "organisation"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role may work with this kind of data for this purpose, so far."""

    role: Role
    purpose: str
    data: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class Permissions:
    """The whole table. `pages`: what a page asks, by the name of its route; None where it is for everybody.

    `programs`: what an operation of the API asks of a program with a key, likewise; any other asks for no key.
    """

    valid_from: date
    grants: frozenset[Grant]
    pages: Mapping[str, tuple[str, str] | None]
    programs: Mapping[str, tuple[str, str]]

    @property
    def rights(self) -> tuple[str, ...]:
        """The purposes for which a program can be given a key."""
        return tuple(sorted({purpose for purpose, _data in self.programs.values()}))

    def reach(self, role: Role, purpose: str, data: str) -> Reach | None:
        """How far this role may go, None when it may not."""
        found = [
            grant.reach for grant in self.grants if (grant.role, grant.purpose, grant.data) == (role, purpose, data)
        ]
        return found[0] if found else None

    def page(self, route: str) -> tuple[str, str] | None:
        """What this page asks: purpose and data, or None where it is for everybody. KeyError for a page not listed."""
        area = route.partition(":")[0] + ":*"
        return self.pages[route] if route in self.pages else self.pages[area]

    def may_open(self, role: Role | None, route: str) -> bool:
        """Whether somebody in this role (None: not signed in) may open the page. KeyError for a page not listed."""
        asked = self.page(route)
        return asked is None or (role is not None and self.reach(role, *asked) is not None)


@cache
def read_permissions(on: date) -> Permissions:
    """The table of this day. InputError with the place of a mistake."""
    folder = newest_folder(RULES / "permissions", on=on)
    values = read_rule_folder(folder, names=("permissions",), own=None)["permissions"].values
    purposes, kinds = values["purposes"], values["data"]
    grants = frozenset(_grant(row, purposes, kinds) for row in values["grants"])
    if len({(grant.role, grant.purpose, grant.data) for grant in grants}) < len(values["grants"]):
        raise InputError("permissions: a role has two grants for one purpose and kind of data.")
    pages = {name: _asked(name, asked, purposes, kinds) for name, asked in values["pages"].items()}
    asked = {name: _asked(name, one, purposes, kinds) for name, one in values["programs"].items()}
    programs = {name: one for name, one in asked.items() if one}
    return Permissions(values["valid_from"], grants, pages, programs)


def _grant(row: Mapping[str, Any], purposes: Mapping[str, Any], kinds: Mapping[str, Any]) -> Grant:
    _known(f"grant {row}", row["purpose"], row["data"], purposes, kinds)
    return Grant(Role(row["role"]), row["purpose"], row["data"], Reach(row["reach"]))


def _asked(page: str, asked: Any, purposes: Mapping[str, Any], kinds: Mapping[str, Any]) -> tuple[str, str] | None:
    if asked == "everybody":
        return None
    purpose, data = asked
    _known(f"page {page}", purpose, data, purposes, kinds)
    return purpose, data


def _known(place: str, purpose: str, data: str, purposes: Mapping[str, Any], kinds: Mapping[str, Any]) -> None:
    if purpose not in purposes or data not in kinds:
        raise InputError(f"permissions, {place}: no such purpose or kind of data; they are listed at the top.")
