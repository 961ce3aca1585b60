"""Each step of a bridge in words: how long, who decides, who may help or pay, and what would change it."""

from datetime import date

from django.utils.translation import get_language, gettext

from dichterbij.domains.support.queries import supports_for
from dichterbij.domains.support.rules.kinds import Background, Role, Route, SupportOffer
from dichterbij.web.near import durations, words
from dichterbij.web.near.present import Step
from dichterbij.web.near.reach import StepWeeks, Way

MOST_SUPPORTS = 4


def steps_of(
    way: Way, weeks: dict[str, StepWeeks], *, background: str | None, region: str | None, on: date
) -> tuple[Step, ...]:
    """The steps of a way in the order of the bridge, with the supports that may help each."""
    return tuple(_step(code, way, weeks.get(code), background, region, on) for code in way.step_codes)


def _step(
    code: str, way: Way, weeks: StepWeeks | None, background: str | None, region: str | None, on: date
) -> Step:
    offers = supports_for(
        step_code=code,
        route=Route(way.route),
        role=Role.JOB_SEEKER,
        background=Background(background) if background else None,
        region=region,
        on=on,
    )
    return Step(
        code=code,
        name=words.step_name(code).replace("\u00ad", ""),
        words=_what(code),
        how_long=_how_long(code, weeks),
        who_decides=_who_decides(offers),
        supports=tuple(_support(offer) for offer in offers[:MOST_SUPPORTS]),
        changes=_changes(code),
        helper=_helper(offers),
    )


def _how_long(code: str, weeks: StepWeeks | None) -> str:
    if weeks is None:
        return gettext("Not known yet. Ask the desk.")
    if weeks.learning:
        return gettext("%(weeks)s, while you work") % {"weeks": durations.weeks(weeks.learning)}
    if weeks.lead:
        return gettext("%(weeks)s before you can start") % {"weeks": durations.weeks(weeks.lead)}
    return gettext("a few days at most") if code.startswith("licence:") else gettext("no extra time")


def _language() -> str:
    return get_language() or "nl"


def _support(offer: SupportOffer) -> str:
    name = offer.support.name.in_language(_language())
    paid = offer.paid_by.in_language(_language())
    said = gettext("%(support)s (paid by: %(payer)s)") % {"support": name, "payer": paid} if paid else name
    return said


def _who_decides(offers: tuple[SupportOffer, ...]) -> str:
    parties = dict.fromkeys(offer.decided_by.in_language(_language()) for offer in offers if not offer.is_decider_open)
    return "; ".join(parties) or gettext("Not known yet. Ask the desk.")


def _helper(offers: tuple[SupportOffer, ...]) -> str:
    """Who may help, short enough for a plank."""
    return offers[0].support.name.in_language(_language()) if offers else gettext("ask the desk who helps")


def _what(code: str) -> str:
    kind = code.partition(":")[0]
    return {
        "ebike": gettext("With an e-bike you can travel there in the time you want."),
        "childcare": gettext("At the times of this work you need somebody to look after your children."),
        "dutch": gettext("The work asks for more Dutch than you speak now."),
        "onboarding": gettext("The employer teaches you this during the first weeks. You are in the job already."),
        "learn_work": gettext("You follow a course or training and work at the same time."),
        "carving": gettext("The desk and the employer look together at which tasks become your job."),
        "licence": gettext("For this work you need this on paper."),
        "adaptation": gettext("With an adaptation you do not have to do what you would rather not."),
    }.get(kind, "")


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
