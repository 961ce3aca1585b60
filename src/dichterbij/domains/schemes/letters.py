"""The words of a letter and its PDF: from what is known of a case, in plain Dutch or English, with how to object."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from dichterbij.data import ROOT, read_yaml
from dichterbij.domains.schemes.rules.procedure import (
    CaseState,
    Clock,
    Ground,
    decision_term,
    grounds,
    objection_term,
    read_clocks,
    regime_of,
    term,
)
from dichterbij.domains.schemes.rules.reasons import reason_texts, why
from dichterbij.shared.pdf import print_pdf

FOLDER: Final = ROOT / "content" / "letters"
TEXTS: Final = ROOT / "texts" / "schemes"
TEMPLATE: Final = Path(__file__).parent / "printing" / "letter.typ"
DECISIONS: Final = frozenset(
    {"granted", "refused", "not_considered", "advance", "settled", "withdrawn", "recovered", "objection", "penalty"}
)
WAITING: Final = frozenset({"ceiling_reached", "employer_full", "group_full", "person_full", "places_full"})
SENDER: Final = {"nl": "Loket Regelingen", "en": "Desk Regelingen"}
MONTHS: Final = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sharing:
    """How scarce money was shared out, for one application: `pro_rata` in cents, or a place in a `tender` or `draw`."""

    kind: str
    asked_cents: int = 0
    together_cents: int = 0
    score: int = 0
    place: int = 0
    entrants: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """All that a letter is made from: the step it is about, and where the case stands after it."""

    kind: str
    number: str
    name: str
    scheme: str
    language: str
    on: date
    step: str
    cents: int
    until: date | None
    reason: str
    ground: str
    why: str
    state: CaseState
    weeks: int
    legal_ground: str
    invented: bool
    account: str
    sharing: Sharing | None = None
    first_day: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, which may be empty, and its text: paragraphs and lists as in Markdown."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in words. `small`: what stands below it in small letters."""

    number: str
    language: str
    title: str
    date: str
    hello: str
    sections: tuple[Section, ...]
    small: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole letter as plain text, for a mail."""
        parts = [self.hello, *(f"{one.heading}\n{one.body}".strip() for one in self.sections), *self.small]
        return "\n\n".join([SENDER[self.language], *parts])


def written(facts: LetterFacts) -> Letter:
    """The letter about this step. KeyError for a kind of which there are no words."""
    text, common = _texts(facts.kind, facts.language), _texts("common", facts.language)
    parts = {one["id"]: one for one in common["sections"]}
    values, flags = _values(facts, parts), _flags(facts)
    shown = [one for one in text["sections"] if _is_shown(str(one["id"]), flags)]
    if facts.kind in DECISIONS:
        shown.append(parts["appealing" if facts.kind == "objection" else "objecting"])
    shown.append(parts["ask"])
    small = [parts[name]["body"] for name in _small(facts)]
    return Letter(
        number=facts.number, language=facts.language, title=_filled(text["title"], values),
        date=day_in_words(facts.on, facts.language), hello=_filled(parts["hello"]["body"], values),
        sections=tuple(Section(_filled(one.get("heading", ""), values), _filled(one["body"], values)) for one in shown),
        small=tuple(_filled(one, values) for one in small),
    )  # fmt: skip


def notice(*, number: str, link: str, language: str) -> tuple[str, str]:
    """Subject and text of a mail that says where a letter can be read, and nothing of what it says."""
    return told("notice", number=number, link=link, language=language)


def told(what: str, *, number: str, link: str, language: str) -> tuple[str, str]:
    """Subject and text of a mail about this. Nobody proved the address, so it holds no word that was typed."""
    text = read_yaml(TEXTS / f"{language}.yaml")[what]
    values = {"number": number, "link": link}
    return _filled(text["subject"], values), f"{SENDER[language]}\n\n{_filled(text['text'], values)}"


def print_letter(letter: Letter, *, at: datetime) -> bytes:
    """The letter as PDF/UA-1; the same letter at the same moment gives the same bytes."""
    sheet = {
        "language": letter.language, "title": letter.title, "number": letter.number, "date": letter.date,
        "sender": SENDER[letter.language], "hello": letter.hello, "small": letter.small,
        "sections": [{"heading": one.heading, "parts": list(_parts(one.body))} for one in letter.sections],
    }  # fmt: skip
    return print_pdf(TEMPLATE, sheet, at=at)


def day_in_words(day: date, language: str) -> str:
    """As a letter says it: 4 januari 2027."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def amount_in_words(cents: int, language: str) -> str:
    """As a letter says it: 1.500 euro, 1.500,50 euro; in English €1,500.50."""
    whole, rest = divmod(cents, 100)
    grouped = f"{whole:,}"
    if language == "en":
        return f"€{grouped}" + (f".{rest:02d}" if rest else "")
    return grouped.replace(",", ".") + (f",{rest:02d}" if rest else "") + " euro"


def _values(facts: LetterFacts, common: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    state, clocks = facts.state, read_clocks(on=facts.on)
    regime = regime_of(state.granted_cents, on=facts.on).value

    def money(cents: int) -> str:
        return amount_in_words(cents, facts.language)

    def day(one: date | None) -> str:
        return day_in_words(one, facts.language) if one else "-"

    decide = decision_term(state, clocks=clocks, weeks=facts.weeks, on=facts.on)
    settle = term(Clock.SETTLEMENT, after=facts.on, clocks=clocks, weeks=regime.report_weeks)
    pay = term(Clock.PAYMENT, after=facts.on, clocks=clocks)
    ends = objection_term(facts.on, clocks=clocks)
    return {
        "number": facts.number, "name": facts.name, "scheme": facts.scheme, "reason": facts.reason or "-",
        "received": day(state.received_on), "until": day(facts.until or state.completion_by),
        "completion_by": day(state.completion_by), "decide_by": day(decide.value.last_day),
        "settle_by": day(settle.value.last_day), "pay_by": day(pay.value.last_day),
        "object_by": day(ends.value.last_day),
        "amount": money(facts.cents), "granted": money(state.granted_cents), "due": money(state.due_cents),
        "paid": money(state.paid_cents - state.repaid_cents), "undue": money(state.undue_cents),
        "account": facts.account or "-", "why": _why(facts, common),
        "first_day": day(facts.first_day), "days": str(facts.days),
        "ground": common[f"ground-{facts.ground}"]["body"].strip() if facts.ground else "",
        "legal_ground": facts.legal_ground, "articles": _articles(facts),
    }  # fmt: skip


def _flags(facts: LetterFacts) -> frozenset[str]:
    state = facts.state
    told = {
        "complete": state.complete_on is not None,
        "incomplete": state.complete_on is None,
        "why": bool(facts.why),
        "reason": bool(facts.reason) and not facts.why,
        "waits": facts.why in WAITING,
        "due": state.due_cents > 0,
        "paid": state.paid_cents > 0 and state.due_cents > 0,
        "undue": state.undue_cents > 0,
        "money": facts.cents > 0,
        regime_of(state.granted_cents, on=facts.on).value.slug: True,
        facts.step: True,
    }
    return frozenset(name for name, holds in told.items() if holds)


def _is_shown(section: str, flags: frozenset[str]) -> bool:
    return not section.startswith("when_") or section.removeprefix("when_") in flags


def _why(facts: LetterFacts, common: Mapping[str, Mapping[str, str]]) -> str:
    """The reason, and how the money was shared out."""
    if not facts.why:
        return ""
    reason = reason_texts()[why(facts.why)].words.in_language(facts.language)
    sharing = facts.sharing
    if sharing is None:
        return reason
    told = {
        "asked": amount_in_words(sharing.asked_cents, facts.language),
        "together": amount_in_words(sharing.together_cents, facts.language),
        "score": str(sharing.score), "place": str(sharing.place), "entrants": str(sharing.entrants),
    }  # fmt: skip
    return f"{reason} {_filled(common[f'shared-{sharing.kind}']['body'], told)}"


def _articles(facts: LetterFacts) -> str:
    """Where it rests on: of the text of this kind, and of the reason."""
    place = str(read_yaml(FOLDER / facts.kind / "page.yaml")["sources"][0]["place"])
    if facts.language == "en":
        place = place.replace("artikelen", "articles").replace("artikel", "article")
        place = place.replace("tot en met", "to").replace(" en ", " and ")
    found = [f"Awb, {place}"]
    if facts.why:
        found.append(reason_texts()[why(facts.why)].basis)
    if facts.ground:
        known = {**grounds(is_settled=False), **grounds(is_settled=True)}
        found.append(known[Ground(facts.ground)])
    return "; ".join(found)


def _small(facts: LetterFacts) -> list[str]:
    return [*(["law"] if facts.kind in DECISIONS else []), *(["invented"] if facts.invented else [])]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values; what was typed by somebody is never read as a template."""
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text).strip()


def _parts(body: str) -> Iterator[dict[str, Any]]:
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in block.splitlines()]
        if all(line.startswith("- ") for line in lines):
            yield {"kind": "list", "items": [line[2:] for line in lines]}
        else:
            yield {"kind": "text", "text": " ".join(lines)}


@cache
def _texts(kind: str, language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(FOLDER / kind / f"{language}.yaml")
    return found
