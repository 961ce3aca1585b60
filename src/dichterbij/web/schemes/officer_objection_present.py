"""An objection as its officer sees it."""

from dataclasses import dataclass
from datetime import date

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.queries.cases import CaseView, EventRow, LetterRow, ObjectionRow
from dichterbij.domains.schemes.rules.procedure import Lateness, ObjectionStage
from dichterbij.web.schemes import officer_objection_words as words
from dichterbij.web.schemes import officer_words
from dichterbij.web.schemes.officer_article_words import article


@dataclass(frozen=True, slots=True)
class Line:
    """A step of it, with who took it and the letter that went out."""

    event: EventRow
    what: str
    who: str
    letters: tuple[LetterRow, ...]


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """All words of one objection. `is_of_actor`: whoever looks took part in the decision, so others answer it.

    `proposal`: the step of the answer that waits for a colleague, empty for none.
    """

    row: ObjectionRow
    stage: str
    lateness: str
    decision: str
    days_left: int
    is_open: bool
    is_of_actor: bool
    proposal: str
    history: tuple[Line, ...]
    sources: tuple[str, ...]


def objection(row: ObjectionRow, view: CaseView, actor: Actor, today: date) -> ObjectionShown:
    """One objection in words. One query for the names."""
    against = next(one for one in view.events if one.number == row.against)
    called = officer_words.names({one.actor for one in view.events if one.objection == row.id})
    asked = next((one for one in view.events if one.number == view.row.proposal), None)
    is_asked = asked is not None and asked.data.get("objection") == str(row.id)
    return ObjectionShown(
        row, _stage(row, view), str(words.LATENESS[Lateness(row.lateness)]), words.decision(against),
        (row.answer_by - today).days, bool(row.possible), str(actor) in row.decided_by,
        officer_words.proposal(view.row.proposed_step) if is_asked else "",
        tuple(_line(one, view, called) for one in view.events if one.objection == row.id),
        tuple(article(one.source) for one in row.reasons[:2]),
    )  # fmt: skip


def _stage(row: ObjectionRow, view: CaseView) -> str:
    """Where it is; somebody who did not need to talk was not heard."""
    waived = any(one.objection == row.id and one.step == "objection_hearing_waived" for one in view.events)
    is_waived = waived and row.stage is ObjectionStage.HEARD
    return str(words.NOT_HEARD if is_waived else words.STAGES[row.stage])


def _line(event: EventRow, view: CaseView, called: dict[str, str]) -> Line:
    what = str(officer_words.STEPS.get(event.step, event.step))
    letters = tuple(one for one in view.letters if one.event == event.number)
    return Line(event, what, called.get(event.actor, event.actor), letters)
