"""The words of the route advice: questions with their options, what an answer says, and the advice itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dichterbij.domains.support.rules.kinds import Route
from dichterbij.shared.words import Words

Answers = Mapping[str, str]
"""Question code to option code. A question that is not in it is open; open never counts against a route."""

ADVISED = (Route.LEARN_WORK, Route.CARVING, Route.OPEN_HIRING, Route.MEETING)
"""The four recruitment routes, in the order of the action plan."""


class Effect(StrEnum):
    """What an answer does to a route."""

    FOR = "for"
    AGAINST = "against"
    EXCLUDES = "excludes"


class Verdict(StrEnum):
    """How a route stands after the answers: from best to worst."""

    FITS = "fits"
    EVEN = "even"
    UNKNOWN = "unknown"
    UNLIKELY = "unlikely"
    NOT_NOW = "not_now"


class Basis(StrEnum):
    """What a number or statement on costs rests on."""

    FIGURE = "figure"
    MENUKAART = "menukaart"
    ASSUMPTION = "assumption"
    UNKNOWN = "unknown"


class Per(StrEnum):
    """How often hours come back."""

    ONCE = "once"
    WEEK = "week"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `unless`: answers elsewhere after which it changes nothing any more. `page`: asked together."""

    code: str
    page: int
    ask: Words
    short: Words
    help: Words | None
    options: tuple[Option, ...]
    unless: Mapping[str, tuple[str, ...]]

    def label(self, code: str | None) -> Words | None:
        """The words of an answer; None when the question is open."""
        return next((option.label for option in self.options if option.code == code), None)

    def matters(self, answers: Answers) -> bool:
        """Whether the answer can still change something."""
        return not any(answers.get(question) in codes for question, codes in self.unless.items())


@dataclass(frozen=True, slots=True)
class Fit:
    """One rule: these answers speak for or against a route, or exclude it."""

    route: Route
    question: str
    answers: tuple[str, ...]
    effect: Effect
    weight: int
    say: Words
    instead: Words | None
    source: str
    is_assumption: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """Something to do or find out first, because of one question."""

    question: str
    answers: tuple[str, ...]
    say: Words


@dataclass(frozen=True, slots=True)
class LearningForm:
    """A form of learning and working, and the document it ends in. `supports`: items that are there for it alone."""

    code: str
    name: Words
    what: Words
    result: Words
    not_when: Mapping[str, tuple[str, ...]]
    first: tuple[Condition, ...]
    open: tuple[Condition, ...]
    supports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """Two routes that strengthen each other."""

    first: Route
    second: Route
    say: Words
    source: str


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What a route is, its first step, the slug of its own page, and the topics with which its desks are found."""

    route: Route
    name: Words
    slug: str
    topics: tuple[str, ...]
    what: Words
    first_step: Words


@dataclass(frozen=True, slots=True)
class HoursCost:
    """Hours of the employer's own people. `when` and `n` only for a figure."""

    route: Route
    what: Words
    per: Per
    low: int
    high: int
    basis: Basis
    source: str = ""
    n: Words | None = None
    when: Words | None = None


@dataclass(frozen=True, slots=True)
class MoneyCost:
    """Something that may cost or bring money: a figure, a line of the menukaart, or honestly unknown."""

    route: Route
    what: Words
    say: Words
    basis: Basis
    source: str = ""
    n: Words | None = None
    when: Words | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known from elsewhere about a route, with its n, moment and source."""

    route: Route
    say: Words
    n: Words
    when: Words
    source: str


@dataclass(frozen=True)
class AdviceRules:
    """Everything the advice of one day rests on."""

    questions: tuple[Question, ...]
    fits: tuple[Fit, ...]
    forms: tuple[LearningForm, ...]
    combinations: tuple[Combination, ...]
    routes: Mapping[Route, RouteFacts]
    hours: tuple[HoursCost, ...]
    money: tuple[MoneyCost, ...]
    figures: tuple[Figure, ...]
    weeks: int

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages of questions, in order."""
        return tuple(sorted({question.page for question in self.questions}))

    def question(self, code: str) -> Question:
        """The question with this code."""
        return next(question for question in self.questions if question.code == code)


@dataclass(frozen=True, slots=True)
class FormAdvice:
    """A form of learning that is possible, with what to do or find out first."""

    form: LearningForm
    first: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class RouteAdvice:
    """One route for one opening: what speaks for and against, what is open, and which forms are possible."""

    facts: RouteFacts
    verdict: Verdict
    net: int
    speaks_for: tuple[Fit, ...]
    speaks_against: tuple[Fit, ...]
    excluded_by: tuple[Fit, ...]
    open_questions: tuple[Question, ...]
    forms: tuple[FormAdvice, ...]
    impossible_forms: tuple[LearningForm, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the reasons come from, each once."""
        reasons = (*self.excluded_by, *self.speaks_for, *self.speaks_against)
        return tuple(dict.fromkeys(fit.source for fit in reasons))


@dataclass(frozen=True, slots=True)
class Advice:
    """All four routes, best first; `proposed` are those to try, `combinations` only between proposed ones."""

    routes: tuple[RouteAdvice, ...]
    combinations: tuple[Combination, ...]

    @property
    def proposed(self) -> tuple[RouteAdvice, ...]:
        """The routes that are possible, best first: never empty."""
        return tuple(route for route in self.routes if route.verdict is not Verdict.NOT_NOW)

    @property
    def is_clear(self) -> bool:
        """Whether some route clearly fits; otherwise the honest advice is to call the desk."""
        return any(route.verdict is Verdict.FITS for route in self.routes)
