"""The terms of the Awb as dated data, and when one of them ends: suspension, weekends, holidays, leap days. Pure.

A term of weeks begins on the day after the event, so it ends on the same weekday. What moves to a working day is only
what article 1 of the Algemene termijnenwet moves: a term of the law, of at most twelve weeks (its article 4).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.rules.working_days import first_working_day, is_working_day
from dichterbij.shared.errors import InputError

FOLDER = RULES / "procedure"
FILES = ("terms", "regimes", "checks")
NETHERLANDS = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)


class Clock(StrEnum):
    """Each term of the procedure."""

    COMPLETION = "completion"
    NOT_CONSIDERED = "not_considered"
    DECISION = "decision"
    SETTLEMENT = "settlement"
    NOTICE_OF_DEFAULT = "notice_of_default"
    PENALTY = "penalty"
    PENALTY_DECISION = "penalty_decision"
    PAYMENT = "payment"
    PAYMENT_HELD = "payment_held"
    WITHDRAWAL = "withdrawal"
    RECOVERY = "recovery"
    OBJECTION = "objection"
    BY_POST = "by_post"
    OBJECTION_DECISION = "objection_decision"
    OBJECTION_COMMITTEE = "objection_committee"
    ADJOURNMENT = "adjournment"


@dataclass(frozen=True, slots=True)
class TermRule:
    """How long a term is; exactly one of weeks, days and years is not 0."""

    clock: Clock
    article: str
    is_of_the_law: bool
    warn_days: int
    weeks: int = 0
    days: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class PenaltyStep:
    """So many days at so many cents a day."""

    days: int
    cents: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """The terms of one period. `longest_weeks` and `longest_days`: longer ones do not move to a working day."""

    rules: Mapping[Clock, TermRule]
    calendar_article: str
    suspension_article: str
    notice_article: str
    longest_weeks: int
    longest_days: int
    penalty_article: str
    penalty_steps: tuple[PenaltyStep, ...]


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days on which a term stands still, first and last included; `last` None: it stands still now."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term that runs from the day after `event` until and including `last_day`.

    `counted_to`: where counting ended, before a working day was looked for. `stands_still`: it is suspended on the day
    that was asked about, so the end is not known yet and this is the earliest one.
    """

    clock: Clock
    event: date
    counted_to: date
    last_day: date
    warn_on: date
    stands_still: bool = False

    def is_over(self, on: date) -> bool:
        """Whether the term has ended before this day."""
        return not self.stands_still and on > self.last_day

    def warns(self, on: date) -> bool:
        """Whether somebody must be told on this day that it ends soon, or has ended."""
        return not self.stands_still and on >= self.warn_on

    def has_in_time(self, moment: datetime) -> bool:
        """Whether what arrived at this moment came within the term: the last second of its last day still did."""
        return day_of(moment) <= self.last_day


def read_clocks(*, on: date) -> Clocks:
    """The terms of this day. InputError for a file that cannot be used."""
    file = read_rule_folder(period_of(on), names=FILES, own=None)["terms"]
    try:
        return clocks_of(file.values)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error


def period_of(on: date) -> Path:
    """The folder of the rules of this day; the first period also speaks for the days before it."""
    first = min(date.fromisoformat(path.name) for path in FOLDER.iterdir() if path.is_dir())
    return newest_folder(FOLDER, on=max(first, on))


def clocks_of(values: Mapping[str, Any]) -> Clocks:
    """The terms that a file holds. KeyError, TypeError or ValueError for what is missing or wrong."""
    penalty = values["default_penalty"]
    return Clocks(
        rules={clock: _rule(clock, values["terms"][clock.value]) for clock in Clock},
        calendar_article=str(values["calendar"]["article"]),
        suspension_article=str(values["suspension"]["article"]),
        notice_article=str(values["notice"]["article"]),
        longest_weeks=_whole(values["calendar"]["longest_weeks"]),
        longest_days=_whole(values["calendar"]["longest_days"]),
        penalty_article=str(penalty["article"]),
        penalty_steps=tuple(PenaltyStep(_whole(row["days"]), _whole(row["cents"])) for row in penalty["steps"]),
    )


def day_of(moment: datetime) -> date:
    """The Dutch day of a moment: terms end at midnight in the Netherlands, wherever it was sent from.

    ValueError for a moment without a time zone: nobody knows which day that was.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(NETHERLANDS).date()


def term(
    clock: Clock,
    *,
    after: date,
    clocks: Clocks,
    weeks: int = 0,
    suspended: Iterable[Suspension] = (),
    on: date | None = None,
) -> Outcome[Term]:
    """When a term ends that began with something on day `after`. `weeks`: what the scheme says instead.

    `on`: today, for a suspension that has no end yet.
    """
    rule = clocks.rules[clock]
    nominal = _counted(rule, after, weeks)
    counted, reasons, still = _with_suspensions(nominal, after, suspended, on, clocks)
    moves = _moves(rule, weeks or rule.weeks, clocks)
    last = first_working_day(counted) if moves else counted
    if last != counted:
        reasons.append(Reason("term.next_working_day", clocks.calendar_article, {"from": counted, "to": last}))
    elif not is_working_day(counted):
        reasons.append(Reason("term.does_not_move", _no_move_article(rule, clocks), {"ends_on": counted}))
    length = (
        {"weeks": weeks or rule.weeks} if rule.weeks else {"days": rule.days} if rule.days else {"years": rule.years}
    )
    start = Reason(
        f"term.{clock.value}", rule.article if not weeks else f"{rule.article}; the scheme", {"after": after, **length}
    )
    warn_on = max(last - timedelta(days=rule.warn_days), after)
    return Outcome(Term(clock, after, counted, last, warn_on, still), (start, *reasons))


def years_later(day: date, years: int) -> date:
    """The same day so many years later (or earlier); 28 February where 29 February is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _counted(rule: TermRule, after: date, weeks: int) -> date:
    if rule.years:
        return years_later(after, rule.years)
    return after + timedelta(days=7 * (weeks or rule.weeks) + rule.days)


def _moves(rule: TermRule, weeks: int, clocks: Clocks) -> bool:
    """Whether the end goes on to a working day. A term that a body sets itself is treated as kindly: our choice."""
    return not rule.years and weeks <= clocks.longest_weeks and rule.days <= clocks.longest_days


def _no_move_article(rule: TermRule, clocks: Clocks) -> str:
    return f"{clocks.calendar_article.rsplit(' ', 1)[0]} 4" if rule.is_of_the_law else rule.article


def _with_suspensions(
    end: date, after: date, suspended: Iterable[Suspension], on: date | None, clocks: Clocks
) -> tuple[date, list[Reason], bool]:
    """The end with the days on which the term stood still added to it; each day counts once."""
    reasons: list[Reason] = []
    still = False
    done = after  # the last day that was looked at
    for one in sorted(suspended, key=lambda one: one.first):
        first, last = max(one.first, done + DAY), one.last or max(on or one.first, one.first)
        if first > end or last < first:
            continue
        still = still or one.last is None
        end += last - first + DAY
        done = last
        reasons.append(Reason("term.stood_still", clocks.suspension_article, {"first": first, "last": one.last}))
    return end, reasons, still


def _rule(clock: Clock, row: Mapping[str, Any]) -> TermRule:
    length = {key: _whole(row[key]) for key in ("weeks", "days", "years") if key in row}
    if len(length) != 1 or min(length.values()) < 1:
        raise ValueError(f"{clock.value} needs one of weeks, days and years, of at least 1")
    if not isinstance(row["law"], bool):
        raise TypeError(f"law of {clock.value} is true or false")
    return TermRule(clock, str(row["article"]), row["law"], _whole(row["warn_days"]), **length)


def _whole(value: object) -> int:
    """A whole number that is not negative; ValueError for anything else, a fraction too."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{value!r} is no whole number from 0")
    return value
