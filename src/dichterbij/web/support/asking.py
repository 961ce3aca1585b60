"""Which questions matter after what was told: a question is asked only when its answer can change what is shown."""

from dataclasses import replace
from datetime import date

from dichterbij.domains.support import queries
from dichterbij.domains.support.rules.kinds import Need, Support
from dichterbij.domains.support.rules.situation import differing_by_background, differing_by_route, fitting, needs_of
from dichterbij.web.support.told import Question, Told


def known_needs(told: Told, on: date) -> tuple[Need, ...]:
    """The needs to choose from for who asks."""
    return needs_of(told.role, queries.menukaart(), on)


def possible(told: Told, on: date) -> tuple[Support, ...]:
    """What may be there before route and background narrow it."""
    bare = replace(told, route=None, background=None)
    return fitting(bare.situation(known_needs(told, on)), queries.menukaart(), on)


def questions(told: Told, on: date) -> tuple[Question, ...]:
    """The questions for this visitor in their order. Before the needs are known, all of them may still come."""
    found = possible(told, on) if Question.NEEDS in told.seen else None
    asked = {
        Question.WHO: True,
        Question.NEEDS: True,
        Question.ROUTE: found is None or bool(differing_by_route(found)),
        Question.BACKGROUND: found is None or bool(differing_by_background(found)),
        Question.WHERE: True,
    }
    return tuple(question for question, is_asked in asked.items() if is_asked)


def next_question(told: Told, on: date) -> Question | None:
    """The first question that matters and was not seen yet; None when it is time for the answer."""
    return next((question for question in questions(told, on) if question not in told.seen), None)


def without_stale(told: Told, on: date) -> Told:
    """The answers without those to questions that no longer matter, and without needs of another role."""
    known = known_needs(told, on)
    kept = replace(told, needs=tuple(need for need in told.needs if need in known))
    asked = questions(kept, on)
    if Question.ROUTE not in asked:
        kept = replace(kept, route=None)
    return kept if Question.BACKGROUND in asked else replace(kept, background=None)
