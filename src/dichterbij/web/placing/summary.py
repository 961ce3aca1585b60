"""A draft as a message: parts with what was said, the same on the check page, in the mails and behind the link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dichterbij.domains.openings.rules import NO_TITLE
from dichterbij.domains.regions.queries import regions
from dichterbij.web.desks.cards import language
from dichterbij.web.near import words as near_words
from dichterbij.web.placing import proposals, words
from dichterbij.web.placing.draft import Draft


@dataclass(frozen=True)
class Part:
    """One thing that was said. `values` has at least one text; `page` and `field` are where it is changed."""

    label: str
    values: tuple[str, ...]
    page: str
    field: str


@dataclass(frozen=True)
class Chapter:
    """Parts that belong together."""

    title: str
    parts: tuple[Part, ...]


def chapters(draft: Draft) -> tuple[Chapter, ...]:
    """The whole message but for who sends it."""
    return (
        Chapter(_("The work"), (*_start(draft), *_tasks(draft))),
        Chapter(_("What somebody must be able to do"), tuple(_demands(draft))),
        Chapter(_("When, and for what"), tuple(_terms(draft))),
        Chapter(_("What you are willing to do"), tuple(_willing(draft))),
    )


def sender(values: Mapping[str, str]) -> Chapter:
    """Who sends it: firm, person, phone, email and question."""
    rows = [
        (_("Firm or organisation"), values["firm"], "firm"),
        *([(_("KvK number"), values["kvk"], "kvk")] if values.get("kvk") else []),
        (_("Contact person"), values["person"], "person"),
        (_("Phone number"), values["phone"], "phone"),
        (_("E-mail address"), values["email"], "email"),
        (_("Your question"), values["question"], "question"),
    ]
    parts = (Part(label, (text or _("not filled in"),), "placing:contact", field) for label, text, field in rows)
    return Chapter(_("Who you are"), tuple(parts))


def _start(draft: Draft) -> Iterable[Part]:
    if draft.title != NO_TITLE:
        yield Part(_("Job title"), (draft.title,), "placing:place", "title")
    occupation = proposals.label_of(draft.occupation, language()) or _("None of these")
    yield Part(_("Comes closest to"), (occupation,), "placing:occupation", "occupation")
    yield Part(_("Where"), (f"{draft.pc4} {draft.place}",), "placing:place", "where")
    if draft.sites:
        names = {row.code: row.name for row in regions()}
        yield Part(_("Sites in other regions"), _named(names, draft.sites), "placing:contact", "sites")


def _tasks(draft: Draft) -> Iterable[Part]:
    labels = proposals.labels_of(draft.tasks, draft.occupation, language())
    values = (*labels, *_own(draft.own_tasks)) or (_("not filled in"),)
    yield Part(_("Tasks"), values, "placing:work", "tasks")


def _demands(draft: Draft) -> Iterable[Part]:
    known = proposals.labels_of(draft.needed, draft.occupation, language())
    needed = (*known, *_own(draft.own_demands))
    yield _part(_("On the first day"), needed, "tasks")
    yield _part(_("What somebody meets"), _named(words.DEMANDS, draft.demands), "demands")
    yield _part(_("Licences and certificates"), _named(near_words.LICENCES, draft.licences), "licences")
    yield _part(_("Dutch"), _named(words.DUTCH, [str(draft.dutch)]), "dutch")
    yield _part(_("Diploma"), _named(words.LEVELS, [str(draft.level or "")]), "level")


def _terms(draft: Draft) -> Iterable[Part]:
    people = ngettext("%(n)s person", "%(n)s people", draft.people) % {"n": draft.people}
    yield _part(_("How many"), [people], "people")
    yield _part(_("Hours a week"), [_range(draft.hours_min, draft.hours_max)], "hours_min")
    yield _part(_("When"), _named(near_words.DAYPARTS, draft.dayparts), "dayparts")
    latest = date_format(draft.latest_start, "D j F Y") if draft.latest_start else _("It may also be later")
    yield _part(_("Start at the latest"), [latest], "latest_start")
    yield _part(_("What you offer"), _named(words.AGREEMENTS, [draft.agreement]), "agreement")
    yield _part(_("For how long"), _named(words.CONTRACTS, [draft.contract]), "contract")
    yield _part(_("Wage an hour"), [_wage(draft)], "wage_min")


def _willing(draft: Draft) -> Iterable[Part]:
    yield _part(_("Willing to"), _named(words.WILLING_SHORT, draft.willing), "willing", none=_("nothing ticked"))
    weeks = "" if draft.onboarding is None else str(draft.onboarding)
    yield _part(_("Learning after the start"), _named(words.ONBOARDING, [weeks]), "onboarding")


def _part(label: str, values: Sequence[str], field: str, none: str | None = None) -> Part:
    return Part(label, tuple(values) or (none or _("nothing"),), "placing:work", field)


def _named(names: Mapping[str, Any], codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(names.get(code, code)) for code in codes)


def _own(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return ngettext("%(n)s hour", "%(n)s hours", high or 0) % {"n": high}
    return _("%(low)s to %(high)s hours") % {"low": low, "high": high}


def _wage(draft: Draft) -> str:
    low, high = euros(draft.wage_min), euros(draft.wage_max)
    if not low:
        return _("not filled in")
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def euros(cents: int | None) -> str:
    """An amount in cents as € 15,50; empty for none."""
    if cents is None:
        return ""
    mark = "," if language() == "nl" else "."
    return f"€ {cents // 100}{mark}{cents % 100:02}"
