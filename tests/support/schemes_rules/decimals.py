"""A witness: one application after the other, in Decimal euros and zoned datetimes, from the text of the file alone.

It imports nothing of the rules, so that the same mistake is not made twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CENT = Decimal("0.01")
MOST = Decimal(10_000_000_000)
NO_DAY = -(1 << 31)
APPLICANTS = (
    "employer", "learning_company", "trainer", "trainers", "consortium", "career_adviser", "municipality",
    "centre_municipality", "school", "school_registration", "support_professional", "uwv", "union",
    "employers_association", "social_enterprise", "region", "worker",
)  # fmt: skip
Row = Mapping[str, int]


@dataclass
class Window:
    id: str
    opens: datetime
    last: datetime
    applicants: list[str]
    ceiling: Decimal | None
    places: int | None


def euros(value: Any) -> Decimal:
    return Decimal(value)


class Witness:
    """Reads the values of a scheme's file, and judges and decides rows of whole numbers."""

    def __init__(self, values: Mapping[str, Any], *, is_exercise: bool) -> None:
        self.values, self.is_exercise = values, is_exercise
        self.windows = sorted((self._window(one) for one in values["periods"]), key=lambda one: one.opens)
        self.conditions = values.get("conditions") or []
        self.categories = values.get("categories") or []
        self.changes = [
            (datetime(one["from"].year, one["from"].month, one["from"].day, tzinfo=AMSTERDAM), one["status"])
            for one in values["status"] or []
        ]

    def _window(self, one: Mapping[str, Any]) -> Window:
        ceiling = one.get("ceiling")
        return Window(
            one["id"],
            one["opens"].replace(tzinfo=AMSTERDAM),
            one["closes"].replace(tzinfo=AMSTERDAM, fold=1),
            one.get("applicants", self.values["applicants"]),
            None if ceiling is None else euros(ceiling),
            one.get("places"),
        )

    def judge(self, row: Row) -> tuple[Decimal, str]:
        """Euros, and the name of the reason."""
        reason = self._refusal(row)
        if reason is None:
            amount = self._amount(row)
            return (amount, "granted") if amount > 0 else (Decimal(0), "nothing_to_pay")
        return Decimal(0), reason

    def window(self, row: Row) -> int | None:
        moment = EPOCH + timedelta(microseconds=row["complete_at"])
        for place, window in enumerate(self.windows):
            if window.opens.astimezone(UTC) <= moment < window.last.astimezone(UTC) + timedelta(seconds=1):
                return place
        return None

    def _refusal(self, row: Row) -> str | None:
        moment = EPOCH + timedelta(microseconds=row["complete_at"])
        place = self.window(row)
        past = [status for since, status in self.changes if since.astimezone(UTC) <= moment]
        status = past[-1] if past else "closed"
        if not self.is_exercise:
            if status == "withdrawn":
                return "scheme_withdrawn"
            if status != "open" and not ("open" in past and place is None):
                return "scheme_closed"
        if place is None:
            if moment < self.windows[0].opens.astimezone(UTC):
                return "too_early"
            last = max(window.last.astimezone(UTC) for window in self.windows)
            return "too_late" if moment >= last + timedelta(seconds=1) else "between_windows"
        return self._in_window(row, self.windows[place])

    def _in_window(self, row: Row, window: Window) -> str | None:
        applicant = APPLICANTS[row["applicant"]] if 0 <= row["applicant"] < len(APPLICANTS) else None
        if applicant not in window.applicants:
            return "wrong_applicant"
        category = self.categories[row["category"]] if 0 <= row["category"] < len(self.categories) else None
        met = {one["code"] for place, one in enumerate(self.conditions) if row["met"] & (1 << place)}
        for one in self.conditions:
            if one["must"] == "either" or ("periods" in one and window.id not in one["periods"]):
                continue
            if "categories" in one and (category is None or category["code"] not in one["categories"]):
                continue
            if one["must"] != (one["code"] in met):
                return str(one["refusal"])
        whose = [cap["whose"] for cap in self.values.get("caps") or []]
        for name in whose:
            if name in ("person", "employer") and row[name] < 0:
                return f"{name}_missing"
        return self._by_facts(row, met, category, applicant)

    def _by_facts(self, row: Row, met: set[str], category: Any, applicant: str | None) -> str | None:
        starts = self.values.get("starts")
        if starts:
            if row["start"] == NO_DAY:
                return "start_missing"
            day = date(1970, 1, 1) + timedelta(days=row["start"])
            if day < starts["first"]:
                return "started_too_early"
            if day > starts["last"]:
                return "started_too_late"
        costs, own = (Decimal(row[name]) * CENT for name in ("cost_cents", "own_cents"))
        if costs < 0 or own < 0 or costs > MOST or own > MOST or row["quantity"] > 1_000_000:
            return "amount_impossible"
        if row["quantity"] < 1:
            return "nothing_asked"
        limit = self.values.get("limit")
        if limit and row["quantity"] > (limit["then"] if limit.get("unless") in met else limit["most"]):
            return "too_much"
        if self.categories and (category is None or category.get("receiver", applicant) != applicant):
            return str(self.values.get("no_category", "wrong_category"))
        if row["score"] < self.values["distribution"].get("lowest_score", 0):
            return "score_too_low"
        return None

    def _amount(self, row: Row) -> Decimal:
        told = self.values["amount"]
        quantity, costs, own = row["quantity"], Decimal(row["cost_cents"]) * CENT, Decimal(row["own_cents"]) * CENT
        with localcontext() as context:
            context.prec = 60
            match told["formula"]:
                case "fixed":
                    amount = euros(told["euros"])
                case "per_unit":
                    amount = euros(told["euros"]) * min(quantity, told["most"])
                case "pro_rata":
                    part = euros(told["euros"]) * min(quantity, told["units"]) / told["units"]
                    amount = part.quantize(CENT, ROUND_DOWN)
                case "share":
                    part = costs * told["numerator"] / told["denominator"]
                    amount = part.quantize(CENT, ROUND_HALF_UP)
                case "costs":
                    amount = max(Decimal(0), costs - own)
                case _:
                    amount = euros(told["euros"][self.categories[row["category"]]["code"]])
        most = told.get("most_euros")
        return amount if most is None else min(amount, euros(most))

    def decide(self, rows: Iterable[Row], ceiling: Decimal | None) -> list[tuple[Decimal, str]]:
        """Every row after the other: caps, places, ceiling, and what happens to what is left."""
        return Counting(self, ceiling).decide(rows)


class Counting:
    """What was granted so far, in plain counters."""

    def __init__(self, witness: Witness, ceiling: Decimal | None) -> None:
        self.witness, self.ceiling = witness, ceiling
        self.used: Counter[Any] = Counter()
        self.granted: Counter[Any] = Counter()
        self.grants: Counter[Any] = Counter()
        self.ended: set[Any] = set()
        order = ("person", "employer", "group")
        self.caps = sorted(witness.values.get("caps") or [], key=lambda cap: order.index(cap["whose"]))

    def decide(self, rows: Iterable[Row]) -> list[tuple[Decimal, str]]:
        return [self._one(row) for row in rows]

    def _one(self, row: Row) -> tuple[Decimal, str]:
        amount, reason = self.witness.judge(row)
        if reason != "granted":
            return amount, reason
        told = self.witness.values["amount"]
        window = self.witness.window(row)
        assert window is not None
        units = min(row["quantity"], told.get("most", row["quantity"])) if told["formula"] == "per_unit" else 0
        for cap in self.caps:
            key = row[cap["whose"]]
            if key < 0:
                continue
            most = euros(cap["most_euros"]) if cap["counts"] == "cents" else Decimal(cap["most"])
            left = most - self.used[self._name(cap, window), key]
            asks = {"times": Decimal(1), "units": Decimal(units), "cents": amount}[cap["counts"]]
            if left <= 0 or (asks > left and not cap.get("reduces", False)):
                return Decimal(0), f"{cap['whose']}_full"
            if asks > left:
                reason = f"less_{cap['whose']}"
                if cap["counts"] == "units":
                    units, amount = int(left), left * euros(told["euros"])
                else:
                    amount = left
        return self._from_pot(row, window, units, amount, reason)

    def _name(self, cap: Mapping[str, Any], window: int) -> tuple[str, str, int]:
        return cap["whose"], cap["counts"], window if cap.get("each_period", False) else -1

    def _from_pot(self, row: Row, window: int, units: int, amount: Decimal, reason: str) -> tuple[Decimal, str]:
        parts = self.witness.values["ceiling"].get("categories")
        pot = (window, row["category"] if parts else 0)
        places = self.witness.windows[window].places
        if places is not None and self.grants[pot] >= places:
            return Decimal(0), "places_full"
        left = self._left(pot, parts)
        rest = self.witness.values["distribution"]["rest"]
        if left is not None and amount > left:
            unit = euros(self.witness.values["amount"].get("euros", 0)) if rest == "whole_units" else Decimal(0)
            if rest == "whole_units" and left >= unit:
                units = int(left // unit)
                amount, reason = units * unit, "less_ceiling"
            elif rest == "rest" and left > 0:
                amount, reason = left, "less_ceiling"
            else:
                if rest == "stop":
                    self.ended.add(pot)
                return Decimal(0), "ceiling_reached"
        self.granted[pot] += amount  # type: ignore[assignment]  # a sum of euros
        self.grants[pot] += 1
        for cap in self.caps:
            if row[cap["whose"]] >= 0:
                used = {"times": Decimal(1), "units": Decimal(units), "cents": amount}[cap["counts"]]
                self.used[self._name(cap, window), row[cap["whose"]]] += used  # type: ignore[assignment]
        return amount, reason

    def _left(self, pot: tuple[int, int], parts: Any) -> Decimal | None:
        if pot in self.ended:
            return Decimal(0)
        bounds = []
        if self.ceiling is not None:
            bounds.append(self.ceiling - sum(self.granted.values(), Decimal(0)))
        own = self._own(pot, parts)
        if own is not None:
            first = 0 if self.witness.values["distribution"].get("carries_over", False) else pot[0]
            earlier = [(window, pot[1]) for window in range(first, pot[0] + 1)]
            bounds.append(sum((self._own(one, parts) or Decimal(0)) - self.granted[one] for one in earlier))  # type: ignore[arg-type]
        return min(bounds) if bounds else None

    def _own(self, pot: tuple[int, int], parts: Any) -> Decimal | None:
        if parts:
            return euros(parts[self.witness.categories[pot[1]]["code"]])
        return self.witness.windows[pot[0]].ceiling
