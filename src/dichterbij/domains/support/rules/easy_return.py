"""Easy return to social assistance: until when somebody who starts to work may come back easily (R25, D06)."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words

ROOT = RULES / "easy_return"
LAST_YEAR = 2099


class Option(StrEnum):
    """How the work starts: first a trial placement (option 1), or a contract at once (option 2)."""

    TRIAL = "trial"
    CONTRACT = "contract"


class Event(StrEnum):
    """From which day the months count."""

    TRIAL_END = "trial_end"
    CONTRACT_START = "contract_start"


@dataclass(frozen=True, slots=True)
class EasyReturnRule:
    """One period of the rule as published. `source` and `checked_on` say where it comes from."""

    valid_from: date
    source: str
    checked_on: date
    months: int
    counts_from: Mapping[Option, Event]
    assumptions: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class EasyReturn:
    """From which day the half year counts and until which day it runs: a possibility, never a promise.

    `is_clamped`: the last month is too short for the day, so its last day is taken.
    """

    option: Option
    counts_from: date
    until: date
    is_clamped: bool


def easy_return(*, option: Option, start: date, trial_end: date | None, rule: EasyReturnRule) -> Outcome[EasyReturn]:
    """Until when easy return may run for work that starts on `start`; `trial_end` is the last day of option 1.

    Raises InputError when option 1 has no end, or one before its start, or when the year is past 2099.
    """
    event = rule.counts_from[option]
    counts_from = _trial_end(start, trial_end) if event is Event.TRIAL_END else start
    until = add_months(counts_from, rule.months)
    inputs = {"option": option.value, "start": start, "trial_end": trial_end, "counts_from": counts_from}
    reasons = [Reason(f"easy_return.{event.value}", rule.source, inputs)]
    reasons.append(Reason("easy_return.months", rule.source, {"months": rule.months, "until": until}))
    is_clamped = until.day != counts_from.day
    if is_clamped:
        reasons.append(Reason("easy_return.last_day_of_month", "aanname", {"day": counts_from.day, "until": until}))
    return Outcome(EasyReturn(option, counts_from, until, is_clamped), tuple(reasons))


def _trial_end(start: date, trial_end: date | None) -> date:
    if trial_end is None:
        raise InputError("With a trial placement first, the half year counts from its end: say when it ends.")
    if trial_end < start:
        raise InputError(f"The trial placement ends on {trial_end}, before it starts on {start}.")
    return trial_end


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later; the last day of a month that is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > LAST_YEAR:
        raise InputError(f"{day} lies too far ahead: fill in a year up to {LAST_YEAR - 1}.")
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@lru_cache(maxsize=1)
def first_day() -> date:
    """The day on which easy return began: that of the first rule."""
    return min(date.fromisoformat(folder.name) for folder in ROOT.iterdir() if folder.is_dir())


@lru_cache(maxsize=16)
def rule_on(on: date) -> EasyReturnRule:
    """The rule that is valid on this day. Raises InputError before the first one, and for a broken file."""
    folder = newest_folder(ROOT, on=on)
    file = read_rule_folder(folder, names=["easy_return"], own=None)["easy_return"]
    required = ("valid_from", "source", "checked_on", "months", "counts_from", "assumptions")
    record = Record.of(file.values, at=f"{folder.name}/{file.path.name}", required=required)
    events = Record.of(record.fields["counts_from"], at=f"{record.at}, counts_from", required=tuple(Option))
    return EasyReturnRule(
        valid_from=_date(record, "valid_from"),
        source=record.text("source"),
        checked_on=_date(record, "checked_on"),
        months=_months(record),
        counts_from={option: events.code(option, Event) for option in Option},
        assumptions=tuple(_words(item, record.at) for item in record.several("assumptions")),
    )


def _date(record: Record, key: str) -> date:
    found = record.optional_date(key)
    if found is None:
        raise InputError(f"{record.at}: {key} must be a date")
    return found


def _months(record: Record) -> int:
    months = record.fields["months"]
    if type(months) is not int or not 1 <= months <= 120:
        raise InputError(f"{record.at}: months is a whole number from 1 to 120, found {months!r}")
    return months


def _words(item: object, at: str) -> Words:
    return Record({"assumption": item}, f"{at}, assumptions").words("assumption")
