"""What the last scan found, for the accessibility statement."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dichterbij.data import REFERENCE

SCAN = REFERENCE / "accessibility" / "scan.json"


@dataclass(frozen=True)
class Failure:
    """A rule that does not hold everywhere."""

    rule: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class LastScan:
    """One go over every page by a program. `to_look_at`: rules about which only a person can judge."""

    on: date
    pages: int
    views: int
    rules_passed: int
    failures: tuple[Failure, ...]
    to_look_at: tuple[str, ...]
    axe: str
    chromium: str


@lru_cache(maxsize=1)
def last_scan() -> LastScan:
    """The packaged scan; it changes with a release."""
    found: dict[str, Any] = json.loads(SCAN.read_text(encoding="utf-8"))
    failed: dict[str, list[str]] = found["rules_failed"]
    return LastScan(
        on=date.fromisoformat(found["scanned_on"]),
        pages=len(found["pages"]),
        views=len(found["pages"]) * len(found["languages"]),
        rules_passed=len(found["rules_passed"]),
        failures=tuple(Failure(rule, tuple(pages)) for rule, pages in failed.items()),
        to_look_at=tuple(found["rules_to_look_at"]),
        axe=found["versions"]["axe"],
        chromium=found["versions"]["chromium"],
    )
