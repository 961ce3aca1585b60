"""Every decision document of a round in words: what, when, how many, and how anybody can check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.queries.documents import Document, Kind
from dichterbij.domains.schemes.rules.disclosure import FEWEST, Told, shown
from dichterbij.domains.schemes.rules.reasons import reason_texts, why
from dichterbij.web.schemes.present import in_words
from dichterbij.web.site.templatetags.money import euro

KINDS: Mapping[Kind, Promise] = {
    Kind.PUBLISHED: _("The scheme was published"),
    Kind.OPENED: _("The money was set aside"),
    Kind.LISTED: _("The list for a draw was made public"),
    Kind.DRAWN: _("Lots were drawn"),
    Kind.DECIDED: _("The rules decided on applications"),
    Kind.MOVED_UP: _("Money came free and went to who waited"),
    Kind.WITHDRAWN: _("An application was withdrawn"),
    Kind.LOWERED: _("An amount became lower"),
    Kind.OBJECTION: _("An objection was won"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A document on the page. `reasons`: each with how many."""

    name: str
    kind: str
    title: str
    day: date
    at: datetime | None
    text: str
    reasons: tuple[tuple[str, int], ...]
    others: str
    digest: str


def lines(found: tuple[Document, ...]) -> tuple[Line, ...]:
    """The documents in words."""
    return tuple(_line(one) for one in found)


def _line(one: Document) -> Line:
    reasons = one.told.reasons.items() if one.told else ()
    named = tuple((in_words(reason_texts()[why(slug)].words), count) for slug, count in reasons)
    return Line(one.name, one.kind.value, str(KINDS[one.kind]), one.day, one.at, _text(one), named, _others(one.told),
                one.digest)  # fmt: skip


def _text(one: Document) -> str:
    if one.told:
        return _sum(one.told)
    if one.kind is Kind.OPENED:
        return gettext("The ceiling: %(amount)s.") % {"amount": euro(one.cents)}
    if one.lots is None:
        return ""
    many = shown(one.lots)
    taking = few() if many is None else ngettext("%(n)s application", "%(n)s applications", many) % {"n": many}
    if one.kind is Kind.LISTED:
        told = gettext("%(many)s took part.") % {"many": taking.capitalize()}
        coming = gettext("The seed comes from: %(place)s.") % {"place": one.seed_from}
        return f"{told} {coming}" if one.seed_from else told
    return gettext("%(many)s took part. The seed: %(seed)s") % {"many": taking.capitalize(), "seed": one.seed or "-"}


def _sum(told: Told) -> str:
    if told.count is None:
        return gettext("%(few)s decisions.") % {"few": few().capitalize()}
    text = ngettext("%(n)s decision", "%(n)s decisions", told.count) % {"n": told.count}
    if told.granted is None or told.cents is None:
        return f"{text}."
    money = gettext("by the rules %(n)s would get money, together %(amount)s. Then somebody looks at it")
    money %= {"n": told.granted, "amount": euro(told.cents)}
    return f"{text}: {money}."


def _others(told: Told | None) -> str:
    """Everybody with another reason; empty where there is nobody, or nobody is named at all."""
    if told is None or told.others == 0 or not told.reasons:
        return ""
    return few() if told.others is None else str(told.others)


def few() -> str:
    """What stands in place of a number from 1 to 4."""
    return gettext("fewer than %(number)s") % {"number": FEWEST}


def row(one: Document) -> list[str]:
    """A document for a spreadsheet; amounts in cents, moments in UTC, and numbers from 1 to 4 as `<5`."""
    told, number, granted, others = one.told, "", "", ""
    if told:
        number, granted, others = _cell(told.count), _cell(told.granted), _cell(told.others)
    elif one.lots is not None:
        number = _cell(shown(one.lots))
    cents = one.cents if told is None else told.cents
    reasons = " ".join(f"{slug}={count}" for slug, count in told.reasons.items()) if told else ""
    return [
        one.name, str(KINDS[one.kind]), one.day.isoformat(), one.at.isoformat() if one.at else "", number, granted,
        others, "" if cents is None else str(cents), reasons, one.seed, one.digest,
    ]  # fmt: skip


def _cell(number: int | None) -> str:
    return f"<{FEWEST}" if number is None else str(number)


def head() -> list[str]:
    """What stands above the rows of the table, in the language of the page; a reason keeps its code."""
    return [
        gettext("Document"), gettext("Kind"), gettext("Day"), gettext("Moment"), gettext("How many"),
        gettext("Granted"), gettext("Other reasons"), gettext("Amount in cents"), gettext("Reasons"),
        gettext("Seed of the draw"), gettext("Fingerprint (SHA-256)"),
    ]  # fmt: skip
