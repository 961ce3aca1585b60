"""Why an opening is near or not, over each route: rule by rule, in Dutch or English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dichterbij.domains.matching.queries.near import OpeningIndex, StepWeeks, trace
from dichterbij.domains.matching.queries.values import held_and_needed
from dichterbij.domains.matching.queries.words import StepWords, counted, day_in_words, listed, step_words, texts
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.trace import Distance, Outcome, PairTrace, RouteTrace, RuleTrace


@dataclass(frozen=True)
class ExplainedRule:
    """One rule in words. `change` says what would change a no, empty otherwise."""

    rule: str
    name: str
    outcome: Outcome
    outcome_word: str
    held: str
    needed: str
    change: str
    steps: tuple[StepWords, ...]


@dataclass(frozen=True)
class ExplainedRoute:
    """One route: its rules, and its distance and sentence when it can be walked."""

    route: str
    name: str
    distance: Distance | None
    sentence: str
    rules: tuple[ExplainedRule, ...]

    @property
    def steps(self) -> tuple[StepWords, ...]:
        """The steps of a route that can be walked, by code; none when a rule says no."""
        steps = (step for rule in self.rules for step in rule.steps) if self.distance else ()
        return tuple(sorted(steps, key=lambda step: step.code))

    @property
    def obstacles(self) -> tuple[ExplainedRule, ...]:
        """The rules that say no."""
        return tuple(rule for rule in self.rules if rule.outcome is Outcome.NO)


@dataclass(frozen=True)
class Explanation:
    """All four routes of one person and one opening in words; `best` is None when no route can be walked."""

    person_id: str
    opening_id: str
    language: str
    on: date
    routes: tuple[ExplainedRoute, ...]
    best: str | None
    trace: PairTrace

    def text(self) -> str:
        """The whole explanation as plain text."""
        return "\n".join(_lines(self)) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """The whole explanation for machines: codes and values, with the words beside them."""
        return {
            "person_id": self.person_id,
            "opening_id": self.opening_id,
            "date": self.on.isoformat(),
            "language": self.language,
            "best": self.best,
            "routes": [
                _route_dict(route, traced) for route, traced in zip(self.routes, self.trace.routes, strict=True)
            ],
        }


def explain(
    *,
    person: Mapping[str, object],
    opening_id: str,
    index: OpeningIndex,
    parameters: Parameters,
    on: date,
    language: str,
) -> Explanation:
    """Every rule of every route, in words. InputError for an unknown opening or language."""
    found = trace(person=person, opening_id=opening_id, index=index, parameters=parameters, on=on)
    return in_words(found, language)


def in_words(found: PairTrace, language: str) -> Explanation:
    """A trace in words."""
    best = found.best
    return Explanation(
        person_id=found.person.person_id,
        opening_id=found.opening.opening_id,
        language=language,
        on=found.on,
        routes=tuple(_route(route, language) for route in found.routes),
        best=best.route if best else None,
        trace=found,
    )


def _route(route: RouteTrace, language: str) -> ExplainedRoute:
    words = texts(language)
    return ExplainedRoute(
        route=route.route,
        name=words["routes"][route.route],
        distance=route.distance,
        sentence=_sentence(route, language),
        rules=tuple(_rule(rule, language) for rule in route.rules),
    )


# What a rule that asks could not know, by the rule; what the employer does not say has a sentence of its own.
ASKS = {"travel": "modes", "start": "available_from"}
# What decides whether somebody can, or may, do the work; and what may turn out to be a step.
DECIDES = frozenset({"skills", "legal"})
MAY_BE_A_STEP = frozenset({"licences", "dutch", "level"})


def _sentence(route: RouteTrace, language: str) -> str:
    """The distance in words, with what is still to be asked; never that one can start while that is to be asked."""
    sentences, distance = texts(language)["sentences"], route.distance
    if distance is None:
        return str(sentences["closed"])
    asks = _asks(route)
    parts = [
        sentences[_kind(route, distance, asks)].format(
            weeks=_start(route, distance, language),
            steps=_steps(route, distance, language),
            learning=counted(language, "learning", distance.weeks_learning),
            minutes=counted(language, "minutes", distance.travel_minutes),
        )
    ]
    if distance.undescribed:
        parts.append(sentences["undescribed"])
    if asks:
        parts.append(sentences["asks"].format(asks=listed(language, "to_ask", asks)))
    return " ".join(parts)


def _steps(route: RouteTrace, distance: Distance, language: str) -> str:
    """All steps that are named; those without weeks of their own do not count in the distance, and that is said."""
    told, uncounted = counted(language, "steps", len(route.steps)), len(route.steps) - distance.steps
    return told + texts(language)["sentences"]["uncounted"].format(count=uncounted) if uncounted else told


def _start(route: RouteTrace, distance: Distance, language: str) -> str:
    """When one could start; a licence without weeks of its own is still to be asked for."""
    if distance.weeks_to_start == 0 and any(step.code.startswith("licence:") for step in route.steps):
        return str(texts(language)["counts"]["start"]["days"])
    return counted(language, "start", distance.weeks_to_start)


def _kind(route: RouteTrace, distance: Distance, asks: tuple[str, ...]) -> str:
    if distance.weeks_to_start or distance.weeks_learning or route.steps:
        return "distance"
    if distance.undescribed or DECIDES & set(asks):
        return "distance_asked"
    return "distance_maybe" if MAY_BE_A_STEP & set(asks) else "distance_now"


def _asks(route: RouteTrace) -> tuple[str, ...]:
    """What was not known and taken as satisfied, as `to_ask` names it, without what the employer does not say."""
    asked = (rule for rule in route.rules if rule.outcome is Outcome.ASKED)
    described = (rule for rule in asked if rule.rule != "skills" or rule.needed["essential"])
    return tuple(sorted(ASKS.get(rule.rule, rule.rule) for rule in described))


def _rule(rule: RuleTrace, language: str) -> ExplainedRule:
    words = texts(language)
    held, needed = held_and_needed(rule, language)
    return ExplainedRule(
        rule=rule.rule,
        name=words["rules"][rule.rule]["name"],
        outcome=rule.outcome,
        outcome_word=words["outcomes"][rule.outcome.value],
        held=held,
        needed=needed,
        change=words["changes"][rule.change] if rule.change else "",
        steps=tuple(step_words(step.code, language, StepWeeks(step.lead, step.learning)) for step in rule.steps),
    )


def _lines(explanation: Explanation) -> list[str]:
    words = texts(explanation.language)["sentences"]
    title = words["title"].format(
        person=explanation.person_id,
        opening=explanation.opening_id,
        day=day_in_words(explanation.on, explanation.language),
    )
    best = next((route for route in explanation.routes if route.route == explanation.best), None)
    first = words["best"].format(route=best.name, distance=best.sentence) if best else words["no_best"]
    lines = [title, "", first]
    for route in explanation.routes:
        lines += ["", f"{route.name.upper()} - {route.sentence}"]
        for rule in route.rules:
            lines += _rule_lines(rule, words)
    return [*lines, "", words["assumptions"]]


def _rule_lines(rule: ExplainedRule, words: Mapping[str, str]) -> list[str]:
    shown = "; ".join(part for part in (rule.held, rule.needed) if part)
    lines = [f"  {rule.name}: {rule.outcome_word}. {shown}"]
    lines += [f"    + {step.name}: {step.how_long}" for step in rule.steps]
    if rule.change:
        lines.append(f"    {words['change'].format(change=rule.change)}")
    return lines


def _route_dict(route: ExplainedRoute, traced: RouteTrace) -> dict[str, Any]:
    distance = traced.distance
    return {
        "route": route.route,
        "name": route.name,
        "sentence": route.sentence,
        "distance": None if distance is None else {**vars(distance)},
        "rules": [
            {
                "rule": rule.rule,
                "name": rule.name,
                "outcome": rule.outcome.value,
                "held": _plain(values.held),
                "needed": _plain(values.needed),
                "held_text": rule.held,
                "needed_text": rule.needed,
                "steps": [
                    {"code": step.code, "lead_weeks": step.lead, "learning_weeks": step.learning, "name": words.name}
                    for step, words in zip(values.steps, rule.steps, strict=True)
                ],
                "change": values.change,
                "change_text": rule.change,
            }
            for rule, values in zip(route.rules, traced.rules, strict=True)
        ],
    }


def _plain(value: Any) -> Any:
    """The value as JSON can write it."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
