"""Judges many applications at once, in columns, without scarcity: the same answers as judging gives one by one."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules.amounts import MOST_CENTS
from dichterbij.domains.schemes.rules.facts import APPLICANTS, NO_DAY, Columns, completed
from dichterbij.domains.schemes.rules.formulas import AskedColumns
from dichterbij.domains.schemes.rules.judging import MOST_UNITS
from dichterbij.domains.schemes.rules.moments import day_number, start_of_day
from dichterbij.domains.schemes.rules.reasons import Why
from dichterbij.domains.schemes.rules.scheme import Condition, Scheme, Status, Whose

I64 = npt.NDArray[np.int64]
I16 = npt.NDArray[np.int16]
Bools = npt.NDArray[np.bool_]
_Refuse = Callable[[Bools, Why], None]


def judge_many(scheme: Scheme, columns: Columns) -> tuple[I64, I16]:
    """Cents (0 when refused) and the code of the reason of each application."""
    full = completed(columns)
    return judge_columns(scheme, full, period_of(scheme, full["complete_at"]))


def period_of(scheme: Scheme, complete_at: I64) -> I64:
    """The place of the window of each moment; -1 outside all of them."""
    place = np.searchsorted(_opens(scheme), complete_at, side="right") - 1
    ends = np.array([period.ends for period in scheme.periods], np.int64)
    return np.where((place >= 0) & (complete_at < ends[np.maximum(place, 0)]), place, -1)


def _opens(scheme: Scheme) -> I64:
    return np.array([period.opens for period in scheme.periods], np.int64)


def judge_columns(scheme: Scheme, columns: dict[str, I64], period: I64) -> tuple[I64, I16]:
    """Cents and reasons for full columns of which the windows are known."""
    code = np.zeros(len(period), np.int16)

    def refuse(bad: Bools, refusal: Why) -> None:
        code[bad & (code == 0)] = refusal

    _refuse_by_status(scheme, columns["complete_at"], period, refuse)
    _refuse_by_window(scheme, columns, period, refuse)
    for place, condition in enumerate(scheme.conditions):
        if condition.why is not None:
            holds = (columns["met"] >> place) & 1 == 1
            applies = _applies(scheme, condition, period, columns["category"])
            refuse((holds != condition.must) & applies, condition.why)
    _refuse_by_identity(scheme, columns, refuse)
    _refuse_by_start(scheme, columns["start"], refuse)
    _refuse_by_size(scheme, columns, refuse)
    _refuse_by_category(scheme, columns, refuse)
    refuse(columns["score"] < scheme.distribution.lowest_score, Why.SCORE_TOO_LOW)
    cents = _amounts(scheme, columns, code == 0)
    refuse(cents <= 0, Why.NOTHING_TO_PAY)
    code[code == 0] = Why.GRANTED
    return np.where(code == Why.GRANTED, cents, 0), code


def _amounts(scheme: Scheme, columns: dict[str, I64], eligible: Bools) -> I64:
    """The amounts; where refused, of nothing: numbers that are too large would not fit."""
    names = ("quantity", "cost_cents", "own_cents")
    quantity, cost, own = (np.where(eligible, columns[name], 0) for name in names)
    return scheme.formula.many(AskedColumns(quantity, cost, own, columns["category"]))


def _refuse_by_status(scheme: Scheme, complete_at: I64, period: I64, refuse: _Refuse) -> None:
    if scheme.is_exercise:
        return
    changes = np.array([start_of_day(change.on) for change in scheme.status], np.int64)
    place = np.searchsorted(changes, complete_at, side="right")
    statuses = [Status.CLOSED, *(change.status for change in scheme.status)]
    withdrawn = np.array([status is Status.WITHDRAWN for status in statuses])
    is_open = np.array([status is Status.OPEN for status in statuses])
    refuse(withdrawn[place], Why.SCHEME_WITHDRAWN)
    was_open = np.logical_or.accumulate(is_open)
    refuse(~is_open[place] & ~(was_open[place] & (period < 0)), Why.SCHEME_CLOSED)


def _refuse_by_window(scheme: Scheme, columns: dict[str, I64], period: I64, refuse: _Refuse) -> None:
    moments, applicant = columns["complete_at"], columns["applicant"]
    outside = period < 0
    refuse(outside & (moments < scheme.periods[0].opens), Why.TOO_EARLY)
    refuse(outside & (moments >= scheme.periods[-1].ends), Why.TOO_LATE)
    refuse(outside, Why.BETWEEN_WINDOWS)
    may = np.zeros((len(scheme.periods), len(APPLICANTS) + 1), np.bool_)  # the last one: no known applicant
    for place, one in enumerate(scheme.periods):
        may[place, [APPLICANTS.index(kind) for kind in one.applicants]] = True
    known = np.where((applicant >= 0) & (applicant < len(APPLICANTS)), applicant, len(APPLICANTS))
    refuse(~may[np.maximum(period, 0), known], Why.WRONG_APPLICANT)


def _applies(scheme: Scheme, condition: Condition, period: I64, category: I64) -> Bools:
    windows = [place for place, one in enumerate(scheme.periods) if one.id in condition.periods]
    kinds = [place for place, one in enumerate(scheme.categories) if one.code in condition.categories]
    applies = np.isin(period, windows) if condition.periods else np.ones(len(period), np.bool_)
    return applies & np.isin(category, kinds) if condition.categories else applies


def _refuse_by_identity(scheme: Scheme, columns: dict[str, I64], refuse: _Refuse) -> None:
    for cap in scheme.caps:
        if cap.whose is not Whose.GROUP:
            missing = Why.PERSON_MISSING if cap.whose is Whose.PERSON else Why.EMPLOYER_MISSING
            refuse(columns[cap.whose.value] < 0, missing)


def _refuse_by_start(scheme: Scheme, start: I64, refuse: _Refuse) -> None:
    if scheme.starts is not None:
        refuse(start == NO_DAY, Why.START_MISSING)
        refuse(start < day_number(scheme.starts.first), Why.STARTED_TOO_EARLY)
        refuse(start > day_number(scheme.starts.last), Why.STARTED_TOO_LATE)


def _refuse_by_size(scheme: Scheme, columns: dict[str, I64], refuse: _Refuse) -> None:
    quantity, cost, own = columns["quantity"], columns["cost_cents"], columns["own_cents"]
    impossible = (cost < 0) | (own < 0) | (np.maximum(cost, own) > MOST_CENTS) | (quantity > MOST_UNITS)
    refuse(impossible, Why.AMOUNT_IMPOSSIBLE)
    refuse(quantity < 1, Why.NOTHING_ASKED)
    limit = scheme.limit
    if limit is not None:
        codes = [condition.code for condition in scheme.conditions]
        bit = (columns["met"] >> codes.index(limit.unless)) & 1 if limit.unless else np.zeros_like(quantity)
        refuse(quantity > np.where(bit == 1, limit.then, limit.most), Why.TOO_MUCH)


def _refuse_by_category(scheme: Scheme, columns: dict[str, I64], refuse: _Refuse) -> None:
    if not scheme.categories:
        return
    category, size = columns["category"], len(scheme.categories)
    receivers = [-1 if one.receiver is None else APPLICANTS.index(one.receiver) for one in scheme.categories]
    known = (category >= 0) & (category < size)
    receiver = np.array(receivers, np.int64)[np.where(known, category, 0)]
    refuse(~known | ((receiver >= 0) & (receiver != columns["applicant"])), scheme.no_category)
