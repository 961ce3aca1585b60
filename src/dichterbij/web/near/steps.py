"""Each step of a bridge in words: how long, who decides, who may help or pay, and what would change it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext

from dichterbij.domains.matching.queries import Bridge, StepWeeks, step_words
from dichterbij.domains.support.queries import supports_for
from dichterbij.domains.support.rules.kinds import Background, Role, Route, Share, SupportOffer
from dichterbij.domains.support.rules.words import parties_in_words, shares_for
from dichterbij.web.content.languages import data_language
from dichterbij.web.near import durations, esco, words
from dichterbij.web.near.present import Help, Step
from dichterbij.web.near.reach import QUEUE, in_between

MOST_NAMES = 6
# Only when the usual schemes do not help, says their condition: so never the first that somebody reads.
LAST_RESORTS = ("last_obstacle", "personal_arrangement")


def steps_of(
    way: Bridge, weeks: Mapping[str, StepWeeks], *, background: str | None, region: str | None, on: date
) -> tuple[Step, ...]:
    """What lies in between in the order of the bridge, each step with the supports that may help."""
    known = Background(background) if background else None
    return tuple(
        _wait(way, weeks.get(code)) if code == QUEUE else _step(code, way, weeks.get(code), known, region, on)
        for code in in_between(way)
    )


def _wait(way: Bridge, weeks: StepWeeks | None) -> Step:
    """Waiting for a turn on an open-hiring list."""
    number = weeks.lead if weeks else way.weeks_to_start
    long = durations.weeks(number)
    if QUEUE in way.to_ask:
        long = gettext("not known; we count with %(weeks)s") % {"weeks": long}
    return Step(
        code=QUEUE,
        name=words.step_name(QUEUE),
        words=gettext("You put your name on this employer's list. Whoever is next may start."),
        how_long=long,
        short_time=durations.weeks(number),
        helps=(),
        learns=(),
        changes="",
        depends_on_background=False,
        helper="",
    )


def _step(
    code: str, way: Bridge, weeks: StepWeeks | None, background: Background | None, region: str | None, on: date
) -> Step:
    offers = supports_for(
        step_code=code, route=Route(way.route), role=Role.JOB_SEEKER, background=background, region=region, on=on
    )
    helps = tuple(_help(offer, background) for offer in sorted(offers, key=_place))
    return Step(
        code=code,
        name=words.step_name(code).replace("\u00ad", ""),
        words=step_words(code, data_language()).what,
        how_long=_how_long(code, weeks),
        short_time=_short_time(weeks),
        helps=helps,
        learns=_learns(code, way),
        changes=_changes(code),
        depends_on_background=any(offer.depends_on_background for offer in offers),
        helper=_helper(helps),
    )


def _place(offer: SupportOffer) -> tuple[bool, bool]:
    """Where an offer stands among others: last resorts after the usual, and those nobody decides on after all."""
    return offer.is_decider_open, offer.support.support_id in LAST_RESORTS


def _help(offer: SupportOffer, background: Background | None) -> Help:
    return Help(
        name=offer.support.name.in_language(data_language()),
        what=offer.support.what.in_language(data_language()),
        condition=offer.support.condition.in_language(data_language()) if offer.support.condition else "",
        decides=_parties(offer.support.decides, background),
        pays=_parties(offer.support.pays, background),
        is_decider_open=offer.is_decider_open,
    )


def _parties(shares: tuple[Share, ...], background: Background | None) -> str:
    """Who, without for which background: that is asked, and answered, beside it."""
    return parties_in_words(shares_for(shares, background), with_backgrounds=False).in_language(data_language())


def _learns(code: str, way: Bridge) -> tuple[str, ...]:
    """What is learned in this step, by name; the last one says how many more there are."""
    if code not in ("onboarding", "learn_work"):
        return ()
    names = tuple(concept.label for concept in esco.labelled(way.missing[:MOST_NAMES], data_language()))
    more = len(way.missing) - len(names)
    return (*names, gettext("and %(n)s more") % {"n": more}) if more else names


def _helper(helps: tuple[Help, ...]) -> str:
    """Who may pay, short enough for a plank."""
    payer = next((help_.pays for help_ in helps if not help_.is_decider_open), "")
    return gettext("may pay: %(who)s") % {"who": payer} if payer else gettext("ask the desk who helps")


def _how_long(code: str, weeks: StepWeeks | None) -> str:
    if weeks is None:
        return gettext("Not known yet. Ask the desk.")
    if weeks.learning:
        return gettext("%(weeks)s, while you work") % {"weeks": durations.weeks(weeks.learning)}
    if weeks.lead:
        return gettext("%(weeks)s before you can start") % {"weeks": durations.weeks(weeks.lead)}
    return gettext("some days to weeks, beside the rest") if code.startswith("licence:") else gettext("no extra time")


def _short_time(weeks: StepWeeks | None) -> str:
    number = max(weeks.learning, weeks.lead) if weeks else 0
    return durations.weeks(number) if number else ""


def _changes(code: str) -> str:
    kind = code.partition(":")[0]
    return {
        "ebike": gettext("Work closer by, more travel time, or another way to travel."),
        "childcare": gettext("Work at other times, or somebody at home who can look after them."),
        "dutch": gettext("If you already speak more Dutch, change your answer."),
        "onboarding": gettext("If you can already do what is missing, add it to what you can do."),
        "learn_work": gettext("If you can already do what is missing, add it to what you can do."),
        "carving": gettext("If you can do more of the tasks, or can work more hours."),
        "licence": gettext("If you already have it, tick it in your answers."),
        "adaptation": gettext("If it is no problem after all, change your answer."),
    }.get(kind, "")
