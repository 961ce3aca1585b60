"""Which recruitment routes fit an opening, with a reason for every answer that counted."""

from dichterbij.domains.routes.rules.values import (
    ADVISED,
    Advice,
    AdviceRules,
    Answers,
    Combination,
    Effect,
    Fit,
    FormAdvice,
    LearningForm,
    Question,
    RouteAdvice,
    Verdict,
)
from dichterbij.domains.support.rules.kinds import Route
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.shared.words import Words


def asked(rules: AdviceRules, answers: Answers) -> tuple[Question, ...]:
    """The questions that matter after these answers, in order."""
    return tuple(question for question in rules.questions if question.matters(answers))


def known(rules: AdviceRules, given: Answers) -> dict[str, str]:
    """Of what was given, the answers that exist to questions that matter; everything else is open."""
    answers: dict[str, str] = {}
    for question in rules.questions:
        code = given.get(question.code)
        if code is not None and question.matters(answers) and question.label(code):
            answers[question.code] = code
    return answers


def advise(rules: AdviceRules, given: Answers) -> Outcome[Advice]:
    """The four routes, best first. Only an answer can exclude a route; meeting is never excluded."""
    answers = known(rules, given)
    routes = sorted((_route(rules, route, answers) for route in ADVISED), key=_place)
    advice = Advice(tuple(routes), _combinations(rules, routes))
    used = [fit for item in routes for fit in (*item.excluded_by, *item.speaks_for, *item.speaks_against)]
    return Outcome(advice, tuple(_reason(fit, answers) for fit in used))


def _route(rules: AdviceRules, route: Route, answers: Answers) -> RouteAdvice:
    own = [fit for fit in rules.fits if fit.route is route]
    counted = [fit for fit in own if answers.get(fit.question) in fit.answers]
    by_effect = {effect: tuple(fit for fit in counted if fit.effect is effect) for effect in Effect}
    net = sum(fit.weight for fit in by_effect[Effect.FOR]) - sum(fit.weight for fit in by_effect[Effect.AGAINST])
    forms = rules.forms if route is Route.LEARN_WORK else ()
    possible = tuple(form for form in forms if _is_possible(form, answers))
    excluded = by_effect[Effect.EXCLUDES]
    return RouteAdvice(
        facts=rules.routes[route],
        verdict=_verdict(excluded, by_effect, net, is_possible=bool(possible) or not forms),
        net=net,
        speaks_for=_heaviest_first(by_effect[Effect.FOR]),
        speaks_against=_heaviest_first(by_effect[Effect.AGAINST]),
        excluded_by=excluded,
        open_questions=_open(rules, own, answers),
        forms=tuple(FormAdvice(form, _first(form, answers)) for form in possible),
        impossible_forms=tuple(form for form in forms if form not in possible),
    )


def _verdict(
    excluded: tuple[Fit, ...], counted: dict[Effect, tuple[Fit, ...]], net: int, *, is_possible: bool
) -> Verdict:
    if excluded or not is_possible:
        return Verdict.NOT_NOW
    if not counted[Effect.FOR] and not counted[Effect.AGAINST]:
        return Verdict.UNKNOWN
    if net == 0:
        return Verdict.EVEN
    return Verdict.FITS if net > 0 else Verdict.UNLIKELY


def _open(rules: AdviceRules, own: list[Fit], answers: Answers) -> tuple[Question, ...]:
    """Questions without an answer that could still change this route."""
    counts = {fit.question for fit in own}
    return tuple(
        question for question in asked(rules, answers) if question.code in counts and question.code not in answers
    )


def _is_possible(form: LearningForm, answers: Answers) -> bool:
    return not any(answers.get(question) in codes for question, codes in form.not_when.items())


def _first(form: LearningForm, answers: Answers) -> tuple[Words, ...]:
    told = [item.say for item in form.first if answers.get(item.question) in item.answers]
    return (*told, *(item.say for item in form.open if item.question not in answers))


def _heaviest_first(fits: tuple[Fit, ...]) -> tuple[Fit, ...]:
    return tuple(sorted(fits, key=lambda fit: -fit.weight))


def _place(route: RouteAdvice) -> tuple[int, int, int]:
    """Verdict, then what speaks for it, then the order of the action plan."""
    return list(Verdict).index(route.verdict), -route.net, ADVISED.index(route.facts.route)


def _combinations(rules: AdviceRules, routes: list[RouteAdvice]) -> tuple[Combination, ...]:
    """Combinations of two routes of which one fits, and against the other no more speaks than for it."""
    found = {item.facts.route: item for item in routes}

    def works(one: Combination) -> bool:
        pair = (found[one.first], found[one.second])
        is_possible = all(item.verdict in (Verdict.FITS, Verdict.EVEN) for item in pair)
        return is_possible and any(item.verdict is Verdict.FITS for item in pair)

    return tuple(one for one in rules.combinations if works(one))


def _reason(fit: Fit, answers: Answers) -> Reason:
    inputs = {"route": fit.route.value, "question": fit.question, "answer": answers[fit.question]}
    return Reason(rule=f"route_advice.{fit.effect.value}", source=fit.source, inputs=inputs)
