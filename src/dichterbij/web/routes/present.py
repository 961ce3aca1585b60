"""What a route's page shows besides its text: the bridge as a picture, who to call in a region, and the menukaart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dichterbij.domains.regions.queries import figures
from dichterbij.domains.regions.queries.desks import desks_for
from dichterbij.domains.regions.rules.desk_kinds import Who
from dichterbij.domains.support.queries import supports_for
from dichterbij.domains.support.rules.kinds import Category, Role, SupportOffer
from dichterbij.web.content.pages import ContentPage, Section
from dichterbij.web.desks.cards import DeskCard, card, in_language
from dichterbij.web.near.picture import Picture, PlankText, pictures
from dichterbij.web.routes.kinds import Kind

GENERAL_STEP = "general"
MOST_EXAMPLES = 3


@dataclass(frozen=True)
class Contact:
    """A desk to call about this route: for whom, and why this desk."""

    who: str
    desk: DeskCard
    why: str


@dataclass(frozen=True)
class Item:
    """Something of the menukaart that may help on this route, in the visitor's language."""

    name: str
    what: str
    for_whom: str
    decided_by: str
    is_decider_open: bool


@dataclass(frozen=True)
class Example:
    """Something a region did over this route, by a document."""

    region: str
    name: str
    what: str
    source: str


def parts(text: ContentPage, kind: str) -> tuple[Section, ...]:
    """The sections of one kind, in their order: `step-1`, `step-2` ... for `step`."""
    return tuple(section for section in text.sections if section.id.startswith(f"{kind}-"))


def bridge(text: ContentPage) -> tuple[Picture, ...]:
    """The route as a bridge: a plank for each step of the text, which is its equal in words."""
    planks = tuple(PlankText(section.heading) for section in parts(text, "step"))
    return pictures(you=PlankText(_("you")), work=PlankText(_("work")), planks=planks)


def contacts(kind: Kind, region: str, now: datetime) -> tuple[Contact, ...]:
    """The first desk for who looks for work, and for who looks for people; none without a region."""
    if not region:
        return ()
    asked = (
        (Who.JOB_SEEKER, kind.seeker_topic, _("You are looking for work")),
        (Who.EMPLOYER, kind.employer_topic, _("You are looking for people")),
    )
    found = (
        (words, desks_for(who=who, topic=topic, home_region=region, work_region=None, on=now.date()).value[0])
        for who, topic, words in asked
    )
    return tuple(Contact(words, card(one.desk, now), in_language(one.why.words)) for words, one in found)


def menukaart(kind: Kind, region: str, on: date) -> tuple[Item, ...]:
    """What the menukaart holds for this route in particular, open on this date; possible, never promised."""
    offers = {offer.support.support_id: offer for role in Role for offer in _offers(kind, role, region, on)}
    return tuple(_item(offer) for offer in offers.values())


def examples(kind: Kind, names: Mapping[str, str], region: str) -> tuple[Example, ...]:
    """What regions did over this route, most particular first; of the chosen region first of all."""
    found = [
        (code != region, len(done.routes), Example(name, in_language(done.name), in_language(done.what), done.source))
        for code, name in names.items()
        for done in figures.activities(code)
        if kind.route.value in done.routes
    ]
    return tuple(example for _elsewhere, _routes, example in sorted(found, key=lambda one: one[:2])[:MOST_EXAMPLES])


def _offers(kind: Kind, role: Role, region: str, on: date) -> Iterator[SupportOffer]:
    steps = (GENERAL_STEP, kind.route.value) if kind.route.value in ("learn_work", "carving") else (GENERAL_STEP,)
    for step in steps:
        for offer in supports_for(
            step_code=step, route=kind.route, role=role, background=None, region=region or None, on=on
        ):
            own = len(offer.support.routes) <= 2
            if own and offer.support.category in (Category.ROUTE, Category.REGIONAL):
                yield offer


def _item(offer: SupportOffer) -> Item:
    roles = offer.support.roles
    for_both = len(roles) == len(Role)
    for_one = _("For the employer") if Role.EMPLOYER in roles else _("For who looks for work")
    return Item(
        name=in_language(offer.support.name),
        what=in_language(offer.support.what),
        for_whom=_("For both") if for_both else for_one,
        decided_by=in_language(offer.decided_by),
        is_decider_open=offer.is_decider_open,
    )
