"""Reads the dated data of the route advice; every mistake in a file is named with its place."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dichterbij.data import RULES
from dichterbij.domains.routes.rules.values import (
    AdviceRules,
    Basis,
    Combination,
    Condition,
    Effect,
    Figure,
    Fit,
    HoursCost,
    LearningForm,
    MoneyCost,
    Option,
    Per,
    Question,
    RouteFacts,
)
from dichterbij.domains.support.rules.kinds import Route
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

PACKAGED = RULES / "route_advice"
SETS = ("questions", "sources", "fit", "forms", "routes", "costs")
CHOICE = "choice"


def load_advice_rules(*, on: date, directory: Path | None = None) -> AdviceRules:
    """The rules of this day; files of `directory` replace packaged ones. Raises InputError naming file and item."""
    return _load(newest_folder(PACKAGED, on=on), directory)


@lru_cache(maxsize=2)
def _load(folder: Path, directory: Path | None) -> AdviceRules:
    files = read_rule_folder(folder, names=SETS, own=directory)
    values = {name: file.values for name, file in files.items()}
    reader = _Reader(values["sources"]["documents"])
    rules = AdviceRules(
        questions=tuple(reader.question(item) for item in values["questions"]["questions"]),
        fits=tuple(reader.fit(item) for item in values["fit"]["rules"]),
        forms=tuple(reader.form(item) for item in values["forms"]["forms"]),
        combinations=tuple(reader.combination(item) for item in values["fit"]["combinations"]),
        routes={facts.route: facts for facts in map(reader.route, values["routes"]["routes"])},
        hours=tuple(reader.hours(item) for item in values["costs"]["hours"]),
        money=tuple(reader.money(item) for item in values["costs"]["money"]),
        figures=tuple(reader.figure(item) for item in values["costs"]["figures"]),
        weeks=int(values["costs"]["weeks"]),
    )
    _check_codes(rules)
    return rules


class _Reader:
    """Turns records into values; knows the documents that a source may name."""

    def __init__(self, documents: Mapping[str, str]) -> None:
        self.documents = documents

    def question(self, value: Any) -> Question:
        record = Record.of(
            value, at="questions", required=("code", "page", "ask", "short", "options"), optional=("help", "unless")
        )
        options = [Record.of(item, at="questions, options", required=("code", "label")) for item in value["options"]]
        return Question(
            code=record.text("code"),
            page=int(value["page"]),
            ask=record.words("ask"),
            short=record.words("short"),
            help=record.optional_words("help"),
            options=tuple(Option(option.text("code"), option.words("label")) for option in options),
            unless=_codes(value.get("unless", {})),
        )

    def fit(self, value: Any) -> Fit:
        required = ("route", "question", "answers", "effect", "weight", "say", "source")
        record = Record.of(value, at="fit", required=required, optional=("instead",))
        return Fit(
            route=record.code("route", Route),
            question=record.text("question"),
            answers=tuple(value["answers"]),
            effect=record.code("effect", Effect),
            weight=int(value["weight"]),
            say=record.words("say"),
            instead=record.optional_words("instead"),
            source=self._source(record),
            is_assumption=value["source"]["document"] == CHOICE,
        )

    def form(self, value: Any) -> LearningForm:
        required = ("code", "name", "what", "result", "not_when", "first", "open")
        record = Record.of(value, at="forms", required=required, optional=("supports",))
        return LearningForm(
            code=record.text("code"),
            name=record.words("name"),
            what=record.words("what"),
            result=record.words("result"),
            not_when=_codes(value["not_when"]),
            first=tuple(_condition(item) for item in value["first"]),
            open=tuple(_condition(item) for item in value["open"]),
            supports=tuple(map(str, value.get("supports", ()))),
        )

    def combination(self, value: Any) -> Combination:
        record = Record.of(value, at="fit, combinations", required=("first", "second", "say", "source"))
        return Combination(
            record.code("first", Route), record.code("second", Route), record.words("say"), self._source(record)
        )

    def route(self, value: Any) -> RouteFacts:
        record = Record.of(value, at="routes", required=("route", "name", "slug", "topics", "what", "first_step"))
        return RouteFacts(
            route=record.code("route", Route),
            name=record.words("name"),
            slug=record.text("slug"),
            topics=tuple(map(str, record.several("topics"))),
            what=record.words("what"),
            first_step=record.words("first_step"),
        )

    def hours(self, value: Any) -> HoursCost:
        required = ("route", "per", "low", "high", "basis", "what")
        record = Record.of(value, at="costs, hours", required=required, optional=("source", "n", "when"))
        return HoursCost(
            route=record.code("route", Route),
            what=record.words("what"),
            per=record.code("per", Per),
            low=int(value["low"]),
            high=int(value["high"]),
            **self._dated(record),
        )

    def money(self, value: Any) -> MoneyCost:
        required = ("route", "what", "say", "basis")
        record = Record.of(value, at="costs, money", required=required, optional=("source", "n", "when"))
        return MoneyCost(
            route=record.code("route", Route),
            what=record.words("what"),
            say=record.words("say"),
            **self._dated(record),
        )

    def figure(self, value: Any) -> Figure:
        record = Record.of(value, at="costs, figures", required=("route", "say", "n", "when", "source"))
        return Figure(
            record.code("route", Route),
            record.words("say"),
            record.words("n"),
            record.words("when"),
            self._source(record),
        )

    def _dated(self, record: Record) -> dict[str, Any]:
        """Basis, source, n and moment: a figure has all of them, an assumption or unknown none."""
        basis = record.code("basis", Basis)
        missing = [key for key in ("source", "n", "when") if not record.fields.get(key)]
        if basis is Basis.FIGURE and missing:
            raise InputError(f"{record.at}: a figure needs {', '.join(missing)}")
        return {
            "basis": basis,
            "source": self._source(record) if record.fields.get("source") else "",
            "n": record.optional_words("n"),
            "when": record.optional_words("when"),
        }

    def _source(self, record: Record) -> str:
        source = Record.of(record.fields["source"], at=f"{record.at}, source", required=("document", "section"))
        document = source.text("document")
        if document not in self.documents:
            raise InputError(f"{source.at}: {document!r} is not among the documents of sources.yaml")
        section = str(source.fields["section"] or "")
        return f"{self.documents[document]}, {section}" if section else self.documents[document]


def _condition(value: Any) -> Condition:
    record = Record.of(value, at="forms, condition", required=("question", "say"), optional=("answers",))
    return Condition(record.text("question"), tuple(value.get("answers", ())), record.words("say"))


def _codes(value: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {question: tuple(codes) for question, codes in value.items()}


def _check_codes(rules: AdviceRules) -> None:
    """Every answer that a rule names is an option of a question; YAML reads a bare yes or no as true or false."""
    options = {question.code: {option.code for option in question.options} for question in rules.questions}
    named = [(fit.question, fit.answers) for fit in rules.fits]
    for group in (*(form.not_when for form in rules.forms), *(question.unless for question in rules.questions)):
        named += list(group.items())
    named += [(item.question, item.answers) for form in rules.forms for item in (*form.first, *form.open)]
    for question, answers in named:
        unknown = [answer for answer in answers if answer not in options.get(question, ())]
        if question not in options or unknown:
            raise InputError(
                f"route_advice: {question} has no answer {', '.join(map(str, unknown)) or '(no question)'}"
            )
