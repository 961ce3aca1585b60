"""Decides applications in the order given when money is scarce: caps, ceiling, and the rule for what is left.

Pure: the same columns in the same order give the same decisions, in one go or in batches, from the state it left.
"""

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dichterbij.domains.schemes.rules.facts import Columns, completed
from dichterbij.domains.schemes.rules.formulas import PerUnit
from dichterbij.domains.schemes.rules.judging_many import judge_columns, period_of
from dichterbij.domains.schemes.rules.kernel import NO_END, Caps, Pots, Rows, Used, filled, run
from dichterbij.domains.schemes.rules.scheme import Counts, Rest, Scheme, Whose
from dichterbij.shared.errors import InputError

I64 = npt.NDArray[np.int64]
I16 = npt.NDArray[np.int16]
_MAGIC = b"DSTATE1\0"
_ROOM = 1 << 12


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """One row per application, in the order given: cents granted (0 when refused) and the code of the reason."""

    cents: I64
    reason: I16


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What a decider has to know of everything before. Equal histories give equal bytes."""

    committed: I64  # cents, by period and category
    taken: I64  # grants, by period and category
    stopped: I64  # 1 where an application that did not fit ended it
    slot: I64  # cap and period, key and what was used, in the order of slot and key
    key: I64
    used: I64

    @property
    def committed_cents(self) -> int:
        """What is granted so far."""
        return int(self.committed.sum())

    def to_bytes(self) -> bytes:
        """The state as bytes, the same on every machine."""
        head = struct.pack("<8sqqq", _MAGIC, *self.committed.shape, len(self.slot))
        columns = (self.committed, self.taken, self.stopped, self.slot, self.key, self.used)
        return head + b"".join(np.ascontiguousarray(column, "<i8").tobytes() for column in columns)

    @classmethod
    def from_bytes(cls, data: bytes) -> "State":
        """What `to_bytes` gave. InputError for anything else."""
        size = struct.calcsize("<8sqqq")
        if len(data) < size or not data.startswith(_MAGIC):
            raise InputError("this is not the state of a decider")
        _, periods, categories, rows = struct.unpack_from("<8sqqq", data)
        numbers = np.frombuffer(data, "<i8", offset=size).astype(np.int64)
        pots = periods * categories
        if len(numbers) != 3 * (pots + rows):
            raise InputError("this state of a decider is not whole")
        committed, taken, stopped = (numbers[at * pots : (at + 1) * pots].reshape(periods, -1) for at in range(3))
        slot, key, used = (numbers[3 * pots + at * rows : 3 * pots + (at + 1) * rows] for at in range(3))
        return cls(committed, taken, stopped, slot, key, used)


class Decider:
    """Decides batches one after the other; `state` is what the next one needs to go on.

    `ceiling_cents` bounds all grants together; a period or category with a ceiling of its own has that one too.
    """

    def __init__(self, scheme: Scheme, ceiling_cents: int | None, state: State | None = None) -> None:
        if ceiling_cents is not None and ceiling_cents < 0:
            raise InputError("a ceiling is not negative")
        self.scheme = scheme
        self._caps = _caps(scheme)
        self._pots = _pots(scheme, ceiling_cents, state)
        self._used = _table(state)

    def decide(self, columns: Columns) -> Decisions:
        """The decisions on these applications, which come after all that were decided before, in this order."""
        full = completed(columns)
        period = period_of(self.scheme, full["complete_at"])
        cents, code = judge_columns(self.scheme, full, period)
        formula = self.scheme.formula
        unit_cents, most = (formula.cents, formula.most) if isinstance(formula, PerUnit) else (NO_END, NO_END)
        split = self._pots.ceiling.shape[1] > 1
        category = full["category"] if split else np.zeros_like(period)
        keys = np.stack([full[whose.value] for whose in Whose])
        rows = Rows(cents, np.minimum(full["quantity"], most), code, period, category, keys)
        rest = list(Rest).index(self.scheme.distribution.rest)
        self._used = run(rows, self._caps, self._pots, self._used, unit_cents, rest)
        return Decisions(cents, code)

    @property
    def state(self) -> State:
        """Everything decided so far, as the next decider needs it."""
        taken = self._used.slot >= 0
        slot, key, used = self._used.slot[taken], self._used.key[taken], self._used.used[taken]
        order = np.lexsort((key, slot))
        pots = self._pots
        return State(
            pots.committed.copy(), pots.taken.copy(), pots.stopped.copy(), slot[order], key[order], used[order]
        )

    @property
    def committed_cents(self) -> int:
        """What is granted so far."""
        return int(self._pots.total[1])


def _caps(scheme: Scheme) -> Caps:
    whose, counts = list(Whose), list(Counts)
    caps = sorted(scheme.caps, key=lambda cap: whose.index(cap.whose))
    rows = [(whose.index(cap.whose), counts.index(cap.counts), cap.most, cap.each_period, cap.reduces) for cap in caps]
    table = np.array(rows, np.int64).reshape(-1, 5)
    return Caps(*(np.ascontiguousarray(table[:, column]) for column in range(5)))


def _pots(scheme: Scheme, ceiling_cents: int | None, state: State | None) -> Pots:
    """A pot for each window, and within it for each category that has a ceiling of its own."""
    parts = scheme.ceiling.categories
    shape = (len(scheme.periods), max(1, len(parts)))
    ceiling = np.full(shape, NO_END, np.int64)
    places = np.full(shape, NO_END, np.int64)
    for place, period in enumerate(scheme.periods):
        if period.ceiling_cents is not None:
            ceiling[place] = period.ceiling_cents
        for category, cents in parts.items():
            ceiling[place, category] = cents
        if period.places is not None:
            places[place] = period.places
    old = (state.committed, state.taken, state.stopped) if state else [np.zeros(shape, np.int64)] * 3
    if old[0].shape != shape:
        raise InputError(f"{scheme.slug}: this state is of a scheme with other windows or categories")
    committed, taken, stopped = (column.copy() for column in old)
    total = [NO_END if ceiling_cents is None else ceiling_cents, int(committed.sum())]
    carries = scheme.distribution.carries_over
    return Pots(ceiling, committed, places, taken, stopped, np.array([carries], np.int64), np.array(total, np.int64))


def _table(state: State | None) -> Used:
    room = _ROOM
    while state is not None and room < 2 * len(state.slot):
        room *= 2
    used = Used(np.full(room, -1, np.int64), np.zeros(room, np.int64), np.zeros(room, np.int64), np.zeros(1, np.int64))
    if state is not None:
        filled(used, state.slot, state.key, state.used)
    return used
