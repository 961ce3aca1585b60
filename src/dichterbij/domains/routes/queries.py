"""What pages ask about the routes. Rules are read once: files change with a release."""

from datetime import date

from dichterbij.domains.routes.rules import advice, costs
from dichterbij.domains.routes.rules.loading import load_advice_rules
from dichterbij.domains.routes.rules.texts import finding, rewriting
from dichterbij.domains.routes.rules.texts.loading import load_text_rules
from dichterbij.domains.routes.rules.texts.values import Checked, Rewritten
from dichterbij.domains.routes.rules.values import Advice, AdviceRules, Answers
from dichterbij.domains.support.rules.kinds import Route
from dichterbij.rules.outcome import Outcome


def advice_rules(on: date) -> AdviceRules:
    """The questions and rules of this day."""
    return load_advice_rules(on=on)


def route_advice(answers: Answers, *, on: date) -> Outcome[Advice]:
    """The four routes for these answers, best first, with reasons; never none."""
    return advice.advise(advice_rules(on), answers)


def route_costs(route: Route, *, on: date) -> costs.Costs:
    """What a route costs in hours and what is known of money."""
    return costs.costs_of(advice_rules(on), route)


def checked_text(pasted: str, *, on: date) -> Checked:
    """What a vacancy text asks, needless and real. The text goes no further than this answer."""
    return finding.check(pasted, load_text_rules(on=on))


def open_hiring_version(checked: Checked, *, on: date) -> Rewritten:
    """The same vacancy for open hiring."""
    return rewriting.for_open_hiring(checked, load_text_rules(on=on))


def example_text(*, on: date) -> str:
    """An invented vacancy to try the checker with."""
    return load_text_rules(on=on).version.example


def longest_sentence(*, on: date) -> int:
    """From how many words on a sentence is called long."""
    return load_text_rules(on=on).longest_sentence
