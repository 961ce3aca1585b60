"""The invented accounts of the demonstration, as data; their ids never change."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from dichterbij.data import ROOT, read_yaml

_NAMES = UUID("6f1f3b0e-7a55-5d1e-9c6a-d1c47e2b1715")
FILE = ROOT / "demo" / "accounts.yaml"


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """One row of `organisations`."""

    key: str
    name: str
    kind: str
    region: str
    desk: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One row of `accounts`; `memberships` as (organisation's key, role). `kvk`: what eHerkenning would say."""

    key: str
    name: str
    email: str
    kind: str
    memberships: tuple[tuple[str, str], ...]
    nl: str
    en: str
    kvk: str = ""


def demo_id(key: str) -> UUID:
    """The id of an invented organisation (`rmt-nhn`) or account (`anna`), for other demo data that name it."""
    return uuid5(_NAMES, key)


@cache
def demo_organisations() -> tuple[DemoOrganisation, ...]:
    """Every invented organisation."""
    return tuple(DemoOrganisation(**row) for row in read_yaml(FILE)["organisations"])


@cache
def demo_list() -> tuple[DemoAccount, ...]:
    """Every invented account, in the order in which they are shown."""
    return tuple(_account(row) for row in read_yaml(FILE)["accounts"])


def _account(row: dict[str, Any]) -> DemoAccount:
    held = tuple((one["organisation"], one["role"]) for one in row["memberships"])
    return DemoAccount(**{**row, "memberships": held})
