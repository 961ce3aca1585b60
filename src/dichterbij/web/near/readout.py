"""The answers as a short list: to check what was brought along, and to read aloud at a desk."""

from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from dichterbij.web.near import closing, durations, esco, told, words
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.forms.questions import LEARN_WEEKS

Rows = list[tuple[str, str]]
MOST_NAMES = 8


def rows(answers: Answers) -> Rows:
    """What was told, question by question; questions without an answer are left out. At most three queries."""
    found = (*_where(answers), *_times(answers), *_work(answers), *_papers(answers), *_wishes(answers))
    return [(name, said) for name, said in found if said]


def _where(answers: Answers) -> Iterator[tuple[str, str]]:
    if answers.pc4:
        yield gettext("I live in"), f"{answers.pc4} {closing.place_name(answers)}"
    yield gettext("How I travel"), _listed(words.MODES_SHORT[mode] for mode in answers.modes or ())
    if answers.max_travel_minutes:
        yield (
            gettext("Travel, one way"),
            gettext("at most %(minutes)s") % {"minutes": durations.minutes(answers.max_travel_minutes)},
        )
    if answers.ebike_possible:
        yield gettext("E-bike"), gettext("could be something for me")


def _times(answers: Answers) -> Iterator[tuple[str, str]]:
    yield gettext("Hours"), "".join(told.hours(answers))
    yield gettext("When I can work"), _listed(words.DAYPARTS[part] for part in answers.dayparts or ())
    yield gettext("With childcare also"), _listed(words.DAYPARTS[part] for part in answers.childcare_dayparts)
    if answers.available_from:
        yield gettext("I can start from"), date_format(answers.available_from, "j F Y")


def _work(answers: Answers) -> Iterator[tuple[str, str]]:
    if answers.no_work:
        yield gettext("Work I did"), gettext("not worked yet")
    yield gettext("Work I did"), _listed(concept.label for concept in esco.labelled(answers.work, get_language()))
    held = len(esco.held(answers) or ())
    if held:
        said = ngettext("%(n)s skill", "%(n)s skills", held) % {"n": held}
        names = esco.labelled(answers.own_skills[:MOST_NAMES], get_language())
        own = _listed(concept.label for concept in names)
        yield (
            gettext("What I can do"),
            gettext("%(many)s, among them: %(names)s") % {"many": said, "names": own} if own else said,
        )
    yield gettext("Rather not"), _listed(words.DEMANDS[demand] for demand in answers.avoid)


def _papers(answers: Answers) -> Iterator[tuple[str, str]]:
    yield gettext("My Dutch"), str(words.DUTCH.get(str(answers.dutch), ""))
    yield gettext("School"), str(words.LEVELS.get(str(answers.level), ""))
    licences = answers.licences
    none = gettext("none") if licences == () else ""
    yield gettext("Licences and certificates"), _listed(words.LICENCES[code] for code in licences or ()) or none


def _wishes(answers: Answers) -> Iterator[tuple[str, str]]:
    yield gettext("I look for"), _listed(words.AGREEMENTS[code] for code in answers.agreements or ())
    if answers.learn_weeks_max is not None:
        weeks = LEARN_WEEKS.get(answers.learn_weeks_max)
        yield gettext("Learning while I work"), str(weeks or durations.weeks(answers.learn_weeks_max))
    if answers.filters.any():
        yield gettext("Filters"), gettext("on: the list leaves something out")


def _listed(names: Iterable[object]) -> str:
    """Names after each other; those that hold a comma themselves stay apart by a semicolon."""
    return "; ".join(str(name) for name in names)
