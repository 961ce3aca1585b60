"""The answer of "support for me": what may be there by need, why, whom to call and what to say, what was not asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from dichterbij.domains.regions.rules.desk_kinds import Topic
from dichterbij.domains.regions.rules.desks import which_desks
from dichterbij.domains.support import queries
from dichterbij.domains.support.rules.kinds import Background, Moment, Need, Route, Support
from dichterbij.domains.support.rules.providers import WHO
from dichterbij.domains.support.rules.situation import Situation, grouped
from dichterbij.domains.support.rules.words import backgrounds_in_words
from dichterbij.web.desks.cards import DeskCard, in_language
from dichterbij.web.support import words
from dichterbij.web.support.asking import known_needs, questions
from dichterbij.web.support.items import Item, Presenter
from dichterbij.web.support.told import Asker, Question, Told

# The desk for one need; for several needs, or none of these, the first door.
TOPICS = {
    Need.LEARNING: Topic.LEARNING,
    Need.DUTCH: Topic.DUTCH,
    Need.TRAVEL: Topic.TRAVEL,
    Need.HEALTH: Topic.ADAPTATION,
    Need.CHILDCARE: Topic.CHILDCARE,
    Need.LIFE: Topic.DEBTS,
    Need.INCOME: Topic.INCOME,
}


@dataclass(frozen=True)
class Shown:
    """An item with the reasons why it is here."""

    item: Item
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """What may help with one need."""

    code: str
    title: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class Answer:
    """Everything the page says. `moments`: names of items by when they must be arranged."""

    groups: tuple[Group, ...]
    count: int
    desk: DeskCard
    say: tuple[str, ...]
    moments: tuple[tuple[str, tuple[Item, ...]], ...]
    not_asked: tuple[str, ...]
    shows_income: bool


def answer(told: Told, presenter: Presenter) -> Answer:
    """What may be there for this visitor: possibilities, never promises."""
    on = presenter.now.date()
    situation = told.situation(known_needs(told, on))
    texts = words.NEEDS_OF_EMPLOYERS if told.asker is Asker.EMPLOYER else words.NEEDS_OF_PEOPLE
    groups = tuple(
        Group(
            code=group.need.value,
            title=str(texts[group.need]),
            shown=tuple(_shown(support, told, situation, presenter) for support in group.supports),
        )
        for group in grouped(situation, queries.menukaart(), on)
    )
    items = [shown.item for group in groups for shown in group.shown]
    return Answer(
        groups=groups,
        count=len(items),
        desk=_desk(told, presenter),
        say=_say(told),
        moments=_moments(items),
        not_asked=_not_asked(told, questions(told, on)),
        shows_income=Need.INCOME in situation.needs and told.background in (None, Background.WELFARE),
    )


def _shown(support: Support, told: Told, situation: Situation, presenter: Presenter) -> Shown:
    item = presenter.item(support, role=situation.role, background=situation.background)
    return Shown(item, tuple(filter(None, (_need_reason(support, told), _route_reason(support, item, told),
                                           _background_reason(support, told)))))  # fmt: skip


def _need_reason(support: Support, told: Told) -> str:
    texts = words.NEEDS_OF_EMPLOYERS if told.asker is Asker.EMPLOYER else words.NEEDS_OF_PEOPLE
    chosen = [str(texts[need]) for need in told.needs if need in support.needs]
    if not chosen:
        return gettext("You did not choose yet, so we show everything.")
    return gettext("You chose: %(needs)s.") % {"needs": _in_a_sentence(chosen)}


def _route_reason(support: Support, item: Item, told: Told) -> str:
    if support.routes == frozenset(Route):
        return ""
    if told.route is None:
        return gettext("Only over this way of starting: %(routes)s. You do not know yours yet.") % {
            "routes": ", ".join(item.routes)
        }
    return gettext("It belongs to the way of starting you chose.")


def _background_reason(support: Support, told: Told) -> str:
    is_for_all = support.backgrounds == frozenset(Background)
    if told.background is not None:
        if is_for_all:
            return gettext("It is for everybody, with or without a benefit.")
        return gettext("It may be there with the income you told.")
    if is_for_all:
        return ""
    return gettext("Only %(backgrounds)s. We do not know that, so we leave it in.") % {
        "backgrounds": in_language(backgrounds_in_words(support.backgrounds))
    }


def _desk(told: Told, presenter: Presenter) -> DeskCard:
    """The desk to start with: of the one need that was told, or the first door of this role."""
    topic = TOPICS.get(told.needs[0], Topic.WORK) if len(told.needs) == 1 else Topic.WORK
    found = which_desks(
        who=WHO[told.role],
        topic=topic,
        home_region=told.region,
        work_region=None,
        on=presenter.now.date(),
        desks=presenter.desks.desks,
    )
    return presenter.card(found.value[0].desk)


def _say(told: Told) -> tuple[str, ...]:
    """Sentences to read out on the phone; none of them tells more than was asked here."""
    texts = words.NEEDS_OF_EMPLOYERS if told.asker is Asker.EMPLOYER else words.NEEDS_OF_PEOPLE
    opening = {
        Asker.HELPER: gettext("Good day. I call for somebody I help. That person knows that I call."),
        Asker.EMPLOYER: gettext("Good day. I have a company and want to hire somebody."),
    }.get(told.asker or Asker.SELF, gettext("Good day. I look for work, or am about to start."))
    lines = [opening]
    if told.needs:
        needs = _in_a_sentence(str(texts[need]) for need in told.needs)
        lines.append(gettext("It is about this: %(needs)s.") % {"needs": needs})
    lines.append(gettext("Which support may there be, who decides on it, and what must be arranged before the start?"))
    lines.append(gettext("Who will help me further, and when will I hear something?"))
    return tuple(lines)


def _in_a_sentence(labels: Iterable[str]) -> str:
    """ "a course; somebody who guides me": labels without the capital they begin with; names keep theirs."""
    names = ("Nederlands", "Dutch")
    return "; ".join(label if label.startswith(names) else label[:1].lower() + label[1:] for label in labels)


def _moments(items: Iterable[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    found = tuple(items)
    columns = [(str(words.MOMENTS[moment]), moment) for moment in Moment]
    rows = [(title, tuple(item for item in found if item.moment == title)) for title, _ in columns]
    return tuple(row for row in rows if row[1])


def _not_asked(told: Told, asked: tuple[Question, ...]) -> tuple[str, ...]:
    lines = [gettext("Name, age, where somebody was born, an illness or its name, amounts of money: not needed here.")]
    if Question.BACKGROUND not in asked:
        lines.append(gettext("Whether there is a benefit: it changes nothing in what you see here."))
    elif told.background is None:
        lines.append(gettext("Whether there is a benefit: you skipped it, so you see what may be there with each one."))
    if Question.ROUTE not in asked:
        lines.append(gettext("How somebody starts: it changes nothing in what you see here."))
    elif told.route is None:
        lines.append(gettext("How somebody starts: not known yet, so you see every way."))
    return tuple(lines)
