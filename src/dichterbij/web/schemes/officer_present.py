"""A case as its officer sees it: words, names, days and amounts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.queries import ReceiptRow
from dichterbij.domains.schemes.queries.cases import CaseView, EventRow, LetterRow
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.scheme import Applicant, Scheme
from dichterbij.web.schemes import officer_check_words as check_words
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.officer_article_words import article
from dichterbij.web.schemes.officer_objection_present import ObjectionShown, objection
from dichterbij.web.schemes.present import in_words, kind
from dichterbij.web.schemes.words import APPLICANT
from dichterbij.web.site.templatetags.money import euro


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the applicant said, with one value or more."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason to look. `answer`: what somebody found, empty while nobody did."""

    number: int
    what: str
    source: str
    inputs: tuple[tuple[str, str], ...]
    on: date
    answer: str
    found: str
    form: Any


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waits for a second person. `is_own`: whoever looks at the page proposed it.

    `is_barred`: or had a part in the decision that an objection is about. `gives_nothing`: an objection is won, for 0.
    """

    number: int
    step: str
    cents: int
    by: str
    reason: str
    is_own: bool
    is_barred: bool
    gives_nothing: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A step in the history, with the letter that went out with it."""

    event: EventRow
    what: str
    who: str
    seen_by: str
    reason: str
    letters: tuple[LetterRow, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """All words of the page."""

    stage: str
    waits_for: str
    days_left: int | None
    facts: tuple[Fact, ...]
    receipt: ReceiptRow
    flags: tuple[Flag, ...]
    proposal: Proposal | None
    history: tuple[Line, ...]
    terms: tuple[str, ...]
    tasks: tuple[str, ...]
    payments: tuple[tuple[Any, str], ...]
    objections: tuple[ObjectionShown, ...]


def case(view: CaseView, actor: Actor, today: date, flag_forms: Mapping[int, Any]) -> Shown:
    """The case in words. One query for the names, and those of its receipt. `flag_forms`: of each reason to look."""
    receipt = queries.status(number=view.row.number)
    called = words.names({one for event in view.events for one in (event.actor, event.assessed_by) if one})
    ends = view.term.last_day if view.term else None
    return Shown(
        str(words.STAGES[view.row.stage]), str(words.CLOCKS.get(view.row.waits_for, "")),
        (ends - today).days if ends else None, tuple(_facts(receipt, opened(view.row.round_id).scheme)), receipt,
        tuple(_flags(view.events, flag_forms)), _proposal(view, actor, called), tuple(_history(view, called)),
        tuple(dict.fromkeys(article(one.source) for one in view.reasons if one.source)),
        tuple(str(words.TASKS.get(one.kind, one.kind)) for one in view.tasks),
        tuple((one, ", ".join(str(words.RESULTS.get(said, said)) for said in one.results)) for one in view.payments),
        tuple(objection(one, view, actor, today) for one in view.objections),
    )  # fmt: skip


def plain_euros(cents: int) -> str:
    """An amount as somebody types it: "1500" or "67,50"; empty for nothing."""
    whole, rest = divmod(cents, 100)
    return "" if not cents else f"{whole},{rest:02d}" if rest else str(whole)


def _facts(receipt: ReceiptRow, scheme: Scheme) -> Iterable[Fact]:
    told: Mapping[str, Any] = json.loads(receipt.facts)
    for name, value in told.items():
        label = str(words.FACTS.get(name, name))
        if name == "met":
            known = {one.code: in_words(one.words) for one in scheme.conditions}
            yield Fact(label, tuple(known.get(code, code) for code in value))
        elif value not in (None, "", 0):
            yield Fact(label, (_value(name, value, scheme),))


def _value(name: str, value: Any, scheme: Scheme) -> str:
    if name.endswith("_cents"):
        return euro(int(value))
    if name == "start":
        return date_format(date.fromisoformat(str(value)), "j F Y")
    if name == "applicant" and value in set(Applicant):
        return str(APPLICANT[Applicant(value)])
    if name == "category":
        return next((kind(one) for one in scheme.categories if one.code == value), str(value))
    return str(value).removeprefix("kvk:").removeprefix("person:")


def _flags(events: Iterable[EventRow], forms: Mapping[int, Any]) -> Iterable[Flag]:
    events = tuple(events)
    answers = {one.data["flagged"]: one for one in events if one.step == "flag_answered"}
    for one in events:
        if one.step == "flagged":
            inputs = tuple(
                (str(words.INPUTS.get(name, name.replace("_", " "))), check_words.told(name, str(value)))
                for name, value in one.data.get("inputs", {}).items()
            )
            code = str(one.data["code"])
            answer = answers.get(one.number)
            found = str(words.FOUND.get(answer.data.get("found", ""), "")) if answer else ""
            basis = check_words.source(str(one.data.get("source", "")))
            yield Flag(one.number, str(words.FLAGS.get(code, code)), basis, inputs, one.on,
                       answer.reason if answer else "", found, forms.get(one.number))  # fmt: skip


def _proposal(view: CaseView, actor: Actor, called: Mapping[str, str]) -> Proposal | None:
    row = view.row
    if row.proposal is None:
        return None
    return Proposal(
        row.proposal, words.proposal(row.proposed_step), row.proposed_cents,
        called.get(row.proposed_by, row.proposed_by), words.reason(row.proposed_by, row.proposed_reason),
        row.proposed_by == str(actor), _is_barred(view, actor),
        row.proposed_step == "objection_upheld" and not row.proposed_cents,
    )  # fmt: skip


def _is_barred(view: CaseView, actor: Actor) -> bool:
    asked = next((one for one in view.events if one.number == view.row.proposal), None)
    objected = asked.data.get("objection") if asked else None
    return any(str(one.id) == objected and str(actor) in one.decided_by for one in view.objections)


def _history(view: CaseView, called: Mapping[str, str]) -> Iterable[Line]:
    for one in reversed(view.events):
        what = str(words.STEPS.get(one.step, one.step))
        if one.step == "proposed":
            what = f"{what}: {words.proposal(str(one.data.get('step'))).lower()}"
        decider = "decider" if "decider" in (one.actor, one.assessed_by) else one.actor
        reason = words.reason(decider, one.reason)
        if one.step == "flagged":
            reason = str(words.FLAGS.get(str(one.data.get("code")), ""))
        letters = tuple(letter for letter in view.letters if letter.event == one.number)
        yield Line(one, what, called.get(one.actor, one.actor), called.get(one.assessed_by, ""), reason, letters)


def file_state(released_by: str, dropped_by: str) -> str:
    """Where a payment file is."""
    if released_by:
        return gettext("Released")
    return gettext("Dropped") if dropped_by else gettext("Waits for a colleague")
