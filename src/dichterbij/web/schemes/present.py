"""A scheme as its page shows it: plain words, amounts in cents, and where each line comes from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from dichterbij.domains.schemes.rules import beside
from dichterbij.domains.schemes.rules.applying import applying
from dichterbij.domains.schemes.rules.formulas import ByCategory, Costs, Fixed, PerUnit, ProRata, Share
from dichterbij.domains.schemes.rules.moments import SECOND, moment_of
from dichterbij.domains.schemes.rules.scheme import (
    Applicant,
    Cap,
    Category,
    Condition,
    Counts,
    Evidence,
    Limit,
    Period,
    Scheme,
    Whose,
)
from dichterbij.domains.schemes.rules.showing import applicants_of as applicants_of
from dichterbij.domains.schemes.rules.showing import may_calculate as may_calculate
from dichterbij.domains.schemes.rules.showing import state_of as state_of
from dichterbij.shared.words import Words
from dichterbij.web.content.pages import page
from dichterbij.web.schemes import words
from dichterbij.web.site.templatetags.money import euro

ASSUMPTION, LAW = "assumption", "awb"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a scheme says. `source`: the document in words; empty for an assumption. `help`: what it means."""

    text: str
    source: str
    help: str = ""

    @property
    def is_assumption(self) -> bool:
        """Whether no document says it."""
        return not self.source


@dataclass(frozen=True, slots=True)
class Window:
    """When one may ask, by whom."""

    opens: datetime
    last: datetime
    applicants: str
    ceiling_cents: int | None
    places: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """A scheme in a list."""

    slug: str
    title: str
    summary: str
    state: str
    state_words: str
    applicants: tuple[Applicant, ...]
    who: str
    amount: str
    ceiling_cents: int | None
    may_calculate: bool
    version: str


def in_words(text: Words) -> str:
    """The text in the language of the page."""
    return text.in_language(get_language() or "nl")


def card(scheme: Scheme, now: datetime) -> Card:
    """What a list shows."""
    state = state_of(scheme, now)
    applicants = applicants_of(scheme)
    return Card(
        slug=scheme.slug,
        title=in_words(scheme.title),
        summary=in_words(scheme.summary),
        state=state,
        state_words=str(words.STATE[state]),
        applicants=applicants,
        who=names(applicants),
        amount=amount(scheme),
        ceiling_cents=scheme.ceiling.cents,
        may_calculate=may_calculate(scheme, now),
        version=scheme.version.isoformat(),
    )


def names(applicants: Iterable[Applicant]) -> str:
    """Their names, with commas."""
    found = [str(words.APPLICANT[one]) for one in applicants]
    return ", ".join([found[0], *(name[:1].lower() + name[1:] if name != "UWV" else name for name in found[1:])])


def windows(scheme: Scheme) -> tuple[Window, ...]:
    """The periods, oldest first."""
    return tuple(_window(scheme, period) for period in scheme.periods)


def _window(scheme: Scheme, period: Period) -> Window:
    last = moment_of(period.ends - SECOND)
    source = source_words(scheme, period.source)
    return Window(moment_of(period.opens), last, names(period.applicants), period.ceiling_cents, period.places, source)


def source_words(scheme: Scheme, source: str) -> str:
    """ "letter, footnote 6" with the title of the document; empty when it is an assumption."""
    name, _, where = source.partition(",")
    if name == ASSUMPTION:
        return ""
    title = scheme.sources.get(name, name)
    if not where:
        return title
    told = in_words(beside.place(where.strip()))
    if name == LAW:
        told = gettext("article %(number)s") % {"number": told}
    return f"{title}: {told}"


def line(scheme: Scheme, text: str, source: str) -> Line:
    """A line with its source."""
    return Line(text, source_words(scheme, source))


def amount(scheme: Scheme) -> str:
    """The amount in one sentence."""
    one, many = units(scheme)
    match scheme.formula:
        case Fixed(cents=cents):
            return gettext("%(amount)s per %(unit)s") % {"amount": euro(cents), "unit": one}
        case PerUnit(cents=cents, most=most):
            text = gettext("%(amount)s per %(unit)s, for at most %(most)s %(units)s")
            return text % {"amount": euro(cents), "unit": one, "most": most, "units": many}
        case ProRata(cents=cents, units=most):
            text = gettext("%(amount)s for %(most)s %(units)s, and a part of it for fewer")
            return text % {"amount": euro(cents), "most": most, "units": many}
        case Share(numerator=above, denominator=below, most_cents=most):
            part = {"percent": f"{above * 100 // below}%", "unit": one}
            return gettext("%(percent)s of the costs per %(unit)s") % part + (_at_most(most) if most else "")
        case Costs(most_cents=most):
            text = gettext("the costs per %(unit)s, less what you pay yourself") % {"unit": one}
            return text + (_at_most(most) if most else "")
        case ByCategory():
            return gettext("an amount for each kind")
    return ""


def units(scheme: Scheme) -> tuple[str, str]:
    """The word for what one amount is for, and for more of them."""
    asked = applying(scheme.slug)
    return in_words(asked.one), in_words(asked.many)


def _at_most(cents: int) -> str:
    return gettext(", at most %(amount)s") % {"amount": euro(cents)}


def is_about_one(scheme: Scheme) -> bool:
    """Whether each application is about one person: then several placements are several applications."""
    return any(cap.whose is Whose.PERSON for cap in scheme.caps)


def most_together(scheme: Scheme) -> int | None:
    """For how many placements one employer gets money; None where the scheme names no number."""
    found = [cap.most for cap in scheme.caps if cap.whose is Whose.EMPLOYER and cap.counts is Counts.UNITS]
    return min(found) if found else None


def days_that_count(scheme: Scheme) -> str:
    """Between which days it must begin; empty where any day counts. In an exercise these days are over."""
    if not scheme.starts:
        return ""
    days = {"first": date_format(scheme.starts.first, "j F Y"), "last": date_format(scheme.starts.last, "j F Y")}
    text = gettext("What begins from %(first)s until %(last)s counts.") % days
    if scheme.may_exercise:
        text += " " + gettext("In the exercise you pretend that it is %(year)s.") % {"year": scheme.starts.first.year}
    return text


def kind(category: Category) -> str:
    """The name of a kind; of one of the four routes that of its page."""
    route = beside.route_of(category.code)
    return page("routes", route, get_language() or "nl").title if route else in_words(category.words)


def kinds(scheme: Scheme) -> tuple[tuple[str, int | None, str, str, str], ...]:
    """The categories with their amount or ceiling, receiver, source, and the page of the route that it is."""
    amounts = scheme.formula.cents if isinstance(scheme.formula, ByCategory) else scheme.ceiling.categories
    return tuple(
        (
            kind(one),
            amounts.get(place),
            str(words.APPLICANT[one.receiver]) if one.receiver else "",
            source_words(scheme, one.source),
            beside.route_of(one.code) or "",
        )
        for place, one in enumerate(scheme.categories)
    )


def caps(scheme: Scheme) -> tuple[Line, ...]:
    """The most that one application, person, employer or group gets."""
    found = tuple(line(scheme, _cap(cap, units(scheme)), cap.source) for cap in scheme.caps)
    return found if scheme.limit is None else (line(scheme, _limit(scheme, scheme.limit), scheme.limit.source), *found)


def _limit(scheme: Scheme, limit: Limit) -> str:
    one, many = units(scheme)
    told = {"most": limit.most, "units": one if limit.most == 1 else many, "then": limit.then}
    unless = next((one.words for one in scheme.conditions if one.code == limit.unless), None)
    if unless is None:
        return gettext("At most %(most)s %(units)s in one application") % told
    told["condition"] = in_words(unless)
    return gettext("At most %(most)s %(units)s, or %(then)s if this is so: %(condition)s") % told


def _cap(cap: Cap, units: tuple[str, str]) -> str:
    most = euro(cap.most) if cap.counts is Counts.CENTS else cap.most
    whose = {"whose": words.WHOSE[cap.whose], "most": most}
    if cap.counts is Counts.TIMES:
        text = ngettext("Once %(whose)s", "At most %(most)s times %(whose)s", cap.most) % whose
    elif cap.counts is Counts.UNITS:
        told = whose | {"units": units[0] if cap.most == 1 else units[1]}
        text = gettext("At most %(most)s %(units)s %(whose)s") % told
    else:
        text = gettext("At most %(most)s %(whose)s") % whose
    return gettext("%(cap)s, in each window") % {"cap": text} if cap.each_period else text


def conditions(scheme: Scheme) -> tuple[Line, ...]:
    """What must hold."""
    return tuple(_condition(scheme, one) for one in scheme.conditions if one.must)


def exclusions(scheme: Scheme) -> tuple[Line, ...]:
    """What must not be so. What is only asked (`must` is None) excludes nobody."""
    return tuple(_condition(scheme, one) for one in scheme.conditions if one.must is False)


def help_with(condition: str) -> str:
    """What a condition means; empty where its own words are plain."""
    found = beside.help_with(condition)
    return in_words(found) if found else ""


def _condition(scheme: Scheme, one: Condition) -> Line:
    return replace(line(scheme, in_words(one.words), one.source), help=help_with(one.code))


def terms(scheme: Scheme) -> tuple[tuple[str, str, Line], ...]:
    """Each term with its length."""
    rows = []
    for step, term in scheme.terms.items():
        length = ngettext("%(n)s week", "%(n)s weeks", term.weeks) % {"n": term.weeks}
        rows.append((str(words.TERMS[step]), length, line(scheme, "", term.source)))
    return tuple(rows)


def evidence(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """What proof is asked, by the size of the grant."""
    return tuple((str(words.EVIDENCE[regime]), papers(scheme, regime)) for regime in scheme.evidence)


def papers(scheme: Scheme, regime: Evidence) -> str:
    """The documents of one size of grant."""
    found = scheme.evidence.get(regime, ())
    return ", ".join(str(words.PAPERS[one]) for one in found)


def history(scheme: Scheme) -> tuple[tuple[str, str, str], ...]:
    """What the status was, from which day, and where that is written."""
    return tuple(
        (date_format(one.on, "j F Y"), str(words.STATE[one.status.value]), source_words(scheme, one.source))
        for one in scheme.status
    )


def hidden(email: str) -> str:
    """An address to know again without telling it."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""
