"""How long data of people are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words


@dataclass(frozen=True, slots=True)
class Retention:
    """Per purpose how long an access lasts when no other day is agreed; and how long a person stays without any."""

    valid_from: date
    access: Mapping[str, timedelta]
    words: Mapping[str, Words]
    without_access: timedelta

    def lasts(self, purpose: str) -> timedelta:
        """How long an access for this purpose lasts; InputError for a purpose without a term."""
        if purpose not in self.access:
            raise InputError(f"retention, access: there is no term for {purpose!r}.")
        return self.access[purpose]


@cache
def read_retention(on: date) -> Retention:
    """The terms of this day."""
    values = read_rule_folder(newest_folder(RULES / "retention", on=on), names=("retention",), own=None)
    rows = values["retention"].values
    access = {name: timedelta(days=int(row["days"])) for name, row in rows["access"].items()}
    words = {name: Words(nl=str(row["nl"]), en=str(row["en"])) for name, row in rows["access"].items()}
    without = timedelta(days=int(rows["person"]["without_access_days"]))
    return Retention(rows["valid_from"], access, words, without)
