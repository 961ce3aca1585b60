"""Judges one application without scarcity: is it eligible, for how much, and every rule that was looked at.

Many at once, in columns: judging_many.
"""

from dataclasses import dataclass
from datetime import date

from dichterbij.domains.schemes.rules.amounts import MOST_CENTS, euros
from dichterbij.domains.schemes.rules.facts import Facts
from dichterbij.domains.schemes.rules.formulas import Asked
from dichterbij.domains.schemes.rules.moments import micros, start_of_day
from dichterbij.domains.schemes.rules.procedure.clock import day_of
from dichterbij.domains.schemes.rules.procedure.regimes import regime_of
from dichterbij.domains.schemes.rules.reasons import Why, reason_texts
from dichterbij.domains.schemes.rules.scheme import Condition, Evidence, Period, Scheme, Status, Whose
from dichterbij.rules.outcome import Outcome, Reason

MOST_UNITS = 1_000_000


@dataclass(frozen=True, slots=True)
class Judged:
    """What one application is worth when there is money enough. `own_cents`: what the applicant has to prove to pay."""

    cents: int
    why: Why
    period: str | None
    own_cents: int
    evidence: Evidence | None

    @property
    def is_eligible(self) -> bool:
        """Whether it may be granted."""
        return self.why is Why.GRANTED


def evidence_for(cents: int, *, on: date = date.max) -> Evidence:
    """How much proof a grant of this size asks, by the regimes of the procedure on a day (the newest ones)."""
    asked = regime_of(cents, on=on).value.asked
    return next((one for one in (Evidence.AUDIT, Evidence.ACTIVITY_REPORT) if one.value in asked), Evidence.ON_REQUEST)


def judge(scheme: Scheme, facts: Facts) -> Outcome[Judged]:
    """The answer on one application, with the rules applied in their order up to the one that decides."""
    return _Judge(scheme, facts).outcome()


class _Judge:
    """Goes through the rules in the order in which they refuse."""

    def __init__(self, scheme: Scheme, facts: Facts) -> None:
        self.scheme, self.facts = scheme, facts
        self.moment = micros(facts.complete_at)
        self.period = next((one for one in scheme.periods if one.opens <= self.moment < one.ends), None)
        self.reasons: list[Reason] = []

    def outcome(self) -> Outcome[Judged]:
        refused = self._refused()
        cents = 0 if refused else self._amount()
        if refused is None and cents <= 0:
            refused = self._no(Why.NOTHING_TO_PAY, self.scheme.formula_source, cents=cents)
        id = self.period.id if self.period else None
        if refused:
            return Outcome(Judged(0, refused, id, 0, None), tuple(self.reasons))
        own = max(0, self.facts.cost_cents - cents)
        return Outcome(
            Judged(cents, Why.GRANTED, id, own, evidence_for(cents, on=day_of(self.facts.complete_at))),
            tuple(self.reasons),
        )

    def _refused(self) -> Why | None:
        period = self.period
        return (
            self._by_status()
            or (self._by_window() if period is None else self._by_applicant(period))
            or (self._by_condition(period) if period else None)
            or self._by_identity()
            or self._by_start()
            or self._by_size()
            or self._by_category()
            or self._by_score()
        )

    def _no(self, refusal: Why, source: str, **inputs: object) -> Why:
        self.reasons.append(Reason(refusal.slug, f"{source}; {reason_texts()[refusal].basis}", inputs))
        return refusal

    def _yes(self, rule: str, source: str, **inputs: object) -> None:
        self.reasons.append(Reason(rule, source, inputs))

    def _by_status(self) -> Why | None:
        scheme = self.scheme
        if scheme.is_exercise:
            self._yes("exercise", "assumption", scheme=scheme.slug)
            return None
        change = scheme.change_before(self.facts.complete_at)
        status, source = (change.status, change.source) if change else (Status.CLOSED, "assumption")
        if status is Status.OPEN:
            self._yes("scheme_open", source, scheme=scheme.slug)
            return None
        if status is not Status.WITHDRAWN and self.period is None and _was_open(scheme, self.moment):
            return None  # the window says more than that it is closed
        refusal = Why.SCHEME_WITHDRAWN if status is Status.WITHDRAWN else Why.SCHEME_CLOSED
        return self._no(refusal, source, status=status.value, at=self.facts.complete_at)

    def _by_window(self) -> Why:
        periods = self.scheme.periods
        refusal = Why.BETWEEN_WINDOWS
        nearest = next((one for one in periods if self.moment < one.opens), periods[-1])
        if self.moment < periods[0].opens:
            refusal = Why.TOO_EARLY
        elif self.moment >= periods[-1].ends:
            refusal = Why.TOO_LATE
        return self._no(refusal, nearest.source, complete_at=self.facts.complete_at, window=nearest.id)

    def _by_applicant(self, period: Period) -> Why | None:
        inputs = {"applicant": self.facts.applicant.value, "window": period.id}
        if self.facts.applicant not in period.applicants:
            return self._no(Why.WRONG_APPLICANT, period.source, **inputs)
        self._yes("in_window", period.source, **inputs)
        return None

    def _by_condition(self, period: Period) -> Why | None:
        for condition in self.scheme.conditions:
            if condition.why is not None and self._counts(condition, period):
                holds = condition.code in self.facts.met
                if holds != condition.must:
                    return self._no(condition.why, condition.source, **{condition.code: holds})
                self._yes(f"condition.{condition.code}", condition.source, **{condition.code: holds})
        return None

    def _counts(self, condition: Condition, period: Period) -> bool:
        in_period = not condition.periods or period.id in condition.periods
        return in_period and (not condition.categories or self.facts.category in condition.categories)

    def _by_identity(self) -> Why | None:
        for cap in self.scheme.caps:
            if cap.whose is Whose.PERSON and self.facts.person is None:
                return self._no(Why.PERSON_MISSING, cap.source)
            if cap.whose is Whose.EMPLOYER and self.facts.employer is None:
                return self._no(Why.EMPLOYER_MISSING, cap.source)
        return None

    def _by_start(self) -> Why | None:
        starts, start = self.scheme.starts, self.facts.start
        if starts is None:
            return None
        if start is None:
            return self._no(Why.START_MISSING, starts.source)
        if not starts.first <= start <= starts.last:
            early = start < starts.first
            refusal = Why.STARTED_TOO_EARLY if early else Why.STARTED_TOO_LATE
            return self._no(refusal, starts.source, start=start, first=starts.first, last=starts.last)
        self._yes("start", starts.source, start=start)
        return None

    def _by_size(self) -> Why | None:
        facts, limit = self.facts, self.scheme.limit
        least, most = sorted((facts.cost_cents, facts.own_cents))
        if least < 0 or most > MOST_CENTS or facts.quantity > MOST_UNITS:
            return self._no(Why.AMOUNT_IMPOSSIBLE, self.scheme.formula_source, quantity=facts.quantity)
        if facts.quantity < 1:
            return self._no(Why.NOTHING_ASKED, self.scheme.formula_source, quantity=facts.quantity)
        if limit is None:
            return None
        most = limit.then if limit.unless in facts.met else limit.most
        if facts.quantity > most:
            return self._no(Why.TOO_MUCH, limit.source, quantity=facts.quantity, most=most)
        self._yes("limit", limit.source, quantity=facts.quantity, most=most)
        return None

    def _by_category(self) -> Why | None:
        categories = self.scheme.categories
        found = next((one for one in categories if one.code == self.facts.category), None)
        if not categories:
            return None
        if found is None or found.receiver not in (None, self.facts.applicant):
            return self._no(self.scheme.no_category, self.scheme.formula_source, category=self.facts.category)
        self._yes("category", found.source, category=found.code)
        return None

    def _by_score(self) -> Why | None:
        distribution = self.scheme.distribution
        if self.facts.score < distribution.lowest_score:
            return self._no(Why.SCORE_TOO_LOW, distribution.source, score=self.facts.score)
        return None

    def _amount(self) -> int:
        facts, codes = self.facts, [category.code for category in self.scheme.categories]
        place = codes.index(facts.category) if facts.category in codes else -1
        asked = Asked(facts.quantity, facts.cost_cents, facts.own_cents, place)
        cents = self.scheme.formula.one(asked)
        self._yes(f"amount.{self.scheme.formula.name}", self.scheme.formula_source, quantity=facts.quantity,
                  costs=euros(facts.cost_cents), amount=euros(cents))  # fmt: skip
        return cents


def _was_open(scheme: Scheme, moment: int) -> bool:
    """Whether it was open on some day before this moment."""
    return any(change.status is Status.OPEN and start_of_day(change.on) <= moment for change in scheme.status)
