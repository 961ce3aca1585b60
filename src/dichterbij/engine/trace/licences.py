"""Legal qualifications, and licences with those they need in turn."""

from dichterbij.engine.licences import included_by, licence_words
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.trace.values import Outcome, Pair, RuleTrace, Step, Values, outcome_of


def legal_rule(pair: Pair) -> RuleTrace:
    """Legally protected qualifications: every one must be held."""
    needed, held = pair.opening.legal, pair.person.legal
    values: tuple[Values, Values] = ({"legal": held}, {"legal": needed})
    if not needed:
        return RuleTrace("legal", Outcome.OK, *values)
    if held is None:
        return RuleTrace("legal", Outcome.ASKED, *values)
    is_ok = set(needed) <= set(held)
    return RuleTrace("legal", outcome_of(is_ok), *values, change=None if is_ok else "legal")


def licences_rule(pair: Pair) -> RuleTrace:
    """Licences needed and not held, with those they need in turn."""
    parameters, held = pair.parameters, pair.person.licences
    included = frozenset().union(*(included_by(parameters, code) for code in pair.opening.licences))
    needed = tuple(code for code in pair.opening.licences if code not in included)
    values: tuple[Values, Values] = ({"licences": held}, {"licences": needed})
    if not needed:
        return RuleTrace("licences", Outcome.OK, *values)
    if held is None:
        return RuleTrace("licences", Outcome.ASKED, *values)
    has = set(held).union(*(included_by(parameters, code) for code in held))
    leads = _leads([code for code in needed if code not in has], has, parameters)
    if leads is None:
        return RuleTrace("licences", Outcome.NO, *values, change="licences")
    steps = tuple(
        Step(f"licence:{code}", lead, counted=parameters.licences[code].weeks > 0) for code, lead in leads.items()
    )
    return RuleTrace("licences", Outcome.STEP if steps else Outcome.OK, *values, steps)


def _leads(missing: list[str], has: set[str], parameters: Parameters) -> dict[str, int] | None:
    """Lead weeks of the missing codes and of those they need, what is needed first; None when one cannot be had."""
    stack, wanted = list(missing), set(missing)
    while stack:
        licence = parameters.licences.get(stack.pop())
        if licence is None:
            return None
        more = [need for need in licence.needs if need not in has and need not in wanted]
        stack.extend(more)
        wanted.update(more)
    leads: dict[str, int] = {}
    for code in reversed(licence_words(parameters)):
        if code in wanted:
            licence = parameters.licences[code]
            leads[code] = licence.weeks + max((leads[need] for need in licence.needs if need in wanted), default=0)
    return leads
