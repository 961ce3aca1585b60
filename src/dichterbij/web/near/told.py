"""What the visitor told, in words, and the one answer that would bring most nearer."""

from typing import Any

from django.utils.translation import gettext, ngettext

from dichterbij.web.near import durations, words
from dichterbij.web.near.answers import Answers


def in_words(answers: Answers) -> str:
    """The answers that shape the list, in one line."""
    parts = [gettext("From %(pc4)s") % {"pc4": answers.pc4}, *_travel(answers), *_hours(answers), *_more(answers)]
    if len(parts) == 1:
        parts.append(gettext("you told nothing else yet"))
    return ", ".join(parts)


def _travel(answers: Answers) -> list[str]:
    parts = [str(words.MODES_SHORT[mode]) for mode in answers.modes or ()]
    if answers.max_travel_minutes:
        limit = durations.minutes(answers.max_travel_minutes)
        parts.append(gettext("at most %(minutes)s") % {"minutes": limit})
    return parts


def _hours(answers: Answers) -> list[str]:
    low, high = answers.hours_min, answers.hours_max
    if low and high:
        return [durations.hours(low, high)]
    if low:
        return [gettext("at least %(n)s hours a week") % {"n": low}]
    return [gettext("at most %(n)s hours a week") % {"n": high}] if high else []


def _more(answers: Answers) -> list[str]:
    parts = []
    if answers.work:
        many = len(answers.work)
        parts.append(ngettext("%(n)s kind of work you did", "%(n)s kinds of work you did", many) % {"n": many})
    if answers.avoid:
        many = len(answers.avoid)
        parts.append(ngettext("%(n)s thing you would rather not do", "%(n)s things you would rather not do", many) % {"n": many})
    return parts


def tried(answers):
    return None


def tip(found):
    return None


def changes_of(code, answers):
    return {}
