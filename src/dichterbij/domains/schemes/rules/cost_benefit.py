"""A social cost-benefit sheet: who pays, who gains, over how many years; every line sourced, sums that close."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dichterbij.data import RULES
from dichterbij.domains.schemes.rules.amounts import cents_of
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words

ROOT = RULES / "inclusive_jobs"


class Party(StrEnum):
    """Who pays or gains."""

    EMPLOYER = "employer"
    PERSON = "person"
    MUNICIPALITY = "municipality"
    STATE = "state"
    SOCIETY = "society"
    FUND = "fund"


@dataclass(frozen=True, slots=True)
class Line:
    """One effect for one job in one year: what `payer` pays and `gainer` gains. Without a payer it is made, not moved;
    without a gainer it is used up."""

    code: str
    words: Words
    cents: int
    years: int
    payer: Party | None
    gainer: Party | None
    source: str

    @property
    def is_assumption(self) -> bool:
        """Whether no document gives this amount."""
        return self.source.startswith("assumption")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet for so many jobs: what each party pays, gains and keeps."""

    jobs: int
    lines: tuple[Line, ...]
    pays: Mapping[Party, int]
    gains: Mapping[Party, int]
    made_cents: int
    used_cents: int

    @property
    def balance(self) -> Mapping[Party, int]:
        """What each party keeps; below zero: pays more than it gains."""
        return {party: self.gains[party] - self.pays[party] for party in Party}

    @property
    def total_cents(self) -> int:
        """What all parties keep together: what is made less what is used up."""
        return sum(self.balance.values())


def sheet(lines: tuple[Line, ...], jobs: int) -> Sheet:
    """The sheet for so many jobs. Its balance comes to what is made less what is used up."""
    if jobs < 1:
        raise InputError("a sheet is for at least one job")
    pays, gains = dict.fromkeys(Party, 0), dict.fromkeys(Party, 0)
    made = used = 0
    for line in lines:
        cents = line.cents * line.years * jobs
        if line.payer:
            pays[line.payer] += cents
        else:
            made += cents
        if line.gainer:
            gains[line.gainer] += cents
        else:
            used += cents
    return Sheet(jobs, lines, pays, gains, made, used)


@lru_cache(maxsize=8)
def lines_on(on: date) -> tuple[Line, ...]:
    """The lines of the sheet as they hold on this day. InputError for a line without a source or a party."""
    folder = newest_folder(ROOT, on=on)
    return read_lines(read_rule_folder(folder, names=["sheet"], own=None)["sheet"].values)


def read_lines(values: object) -> tuple[Line, ...]:
    """The lines in the values of a file. InputError that says which line and what must be there."""
    record = Record.of(values, at="sheet.yaml", required=("valid_from", "checked_on", "source", "lines"))
    return tuple(_line(item, place) for place, item in enumerate(record.several("lines"), 1))


def _line(item: object, place: int) -> Line:
    record = Record.of(item, at=f"sheet.yaml, line {place}",
                       required=("code", "words", "euros", "years", "pays", "gains", "source"))  # fmt: skip
    payer, gainer = _party(record, "pays"), _party(record, "gains")
    if payer is None and gainer is None:
        raise InputError(f"{record.at}: somebody pays or somebody gains")
    years = record.fields["years"]
    if type(years) is not int or not 1 <= years <= 40:
        raise InputError(f"{record.at}: years is a whole number from 1 to 40, found {years!r}")
    cents = cents_of(record.fields["euros"], f"{record.at}, euros")
    return Line(record.text("code"), record.words("words"), cents, years, payer, gainer, record.text("source"))


def _party(record: Record, key: str) -> Party | None:
    return None if record.fields[key] is None else record.code(key, Party)
