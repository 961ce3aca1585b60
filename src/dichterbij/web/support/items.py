"""An item of the menukaart as a page shows it: every text in the visitor's language, with the desk to call."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import cached_property

from dichterbij.domains.regions.rules.desk_kinds import Desk
from dichterbij.domains.support import queries
from dichterbij.domains.support.rules.kinds import Background, Form, Role, Route, Support
from dichterbij.domains.support.rules.providers import RegionalDesks, desk_to_call, providers_for
from dichterbij.domains.support.rules.words import PARTIES, backgrounds_in_words, parties_in_words, shares_for
from dichterbij.web.desks.cards import DeskCard, card, in_language
from dichterbij.web.support import words


@dataclass(frozen=True)
class ProviderRow:
    """Who decides, for whom, and the desk of that party here; `desk` None: no desk is known here."""

    name: str
    when: str
    desk: DeskCard | None


@dataclass(frozen=True)
class Item:
    """One support. `is_decider_open`: nobody is known who decides. `call`: the desk to call, of who decides or not."""

    support_id: str
    name: str
    what: str
    condition: str
    is_money: bool
    form: str
    roles: tuple[str, ...]
    routes: tuple[str, ...]
    backgrounds: str
    moment: str
    decides: str
    pays: str
    is_decider_open: bool
    is_payer_open: bool
    providers: tuple[ProviderRow, ...]
    call: DeskCard
    call_decides: bool
    valid_from: date | None
    valid_to: date | None
    ended: str
    is_open: bool
    is_regional: bool
    source: str
    category: str


class Presenter:
    """Makes items for one region on one day; desks are asked for once."""

    def __init__(self, region: str | None, *, now: datetime | None = None) -> None:
        self.now = now or timezone.localtime()
        self.region = region
        self._cards: dict[str, DeskCard] = {}

    @cached_property
    def desks(self) -> RegionalDesks:
        """The desks of the region and of the country."""
        return queries.regional_desks(self.region, on=self.now.date())

    def first_door(self, role: Role) -> DeskCard:
        """The desk with which a page about this role ends."""
        return self.card(self.desks.first_door(role))

    def card(self, desk: Desk) -> DeskCard:
        """The desk in words, each made once."""
        if desk.desk_id not in self._cards:
            self._cards[desk.desk_id] = card(desk, self.now)
        return self._cards[desk.desk_id]

    def item(self, support: Support, *, role: Role | None = None, background: Background | None = None) -> Item:
        """The item in words, for this role and background; None: not known, so for all of them."""
        deciders, payers = shares_for(support.decides, background), shares_for(support.pays, background)
        call, call_decides = desk_to_call(support, role=role, background=background, desks=self.desks)
        return Item(
            support_id=support.support_id,
            name=in_language(support.name),
            what=in_language(support.what_for(role)),
            condition=in_language(support.condition) if support.condition else "",
            is_money=support.form is Form.MONEY,
            form=str(words.FORMS[support.form]),
            roles=tuple(str(words.ROLES[item]) for item in Role if item in support.roles),
            routes=_routes(support),
            backgrounds=in_language(backgrounds_in_words(support.backgrounds)),
            moment=str(words.MOMENTS[support.moment]),
            decides=in_language(parties_in_words(deciders, with_backgrounds=False)),
            pays=in_language(parties_in_words(payers, with_backgrounds=False)),
            is_decider_open=not deciders,
            is_payer_open=not payers,
            providers=self._providers(support, background),
            call=self.card(call),
            call_decides=call_decides,
            valid_from=support.valid_from,
            valid_to=support.valid_to,
            ended=in_language(support.ended) if support.ended else "",
            is_open=support.is_open(self.now.date()),
            is_regional=support.region_code is not None,
            source=support.source,
            category=support.category.value,
        )

    def _providers(self, support: Support, background: Background | None) -> tuple[ProviderRow, ...]:
        return tuple(
            ProviderRow(
                name=in_language(PARTIES[provider.party]),
                when=in_language(backgrounds_in_words(provider.when)) if provider.when and not background else "",
                desk=self.card(provider.desk) if provider.desk else None,
            )
            for provider in providers_for(support, background=background, desks=self.desks)
        )


def _routes(support: Support) -> tuple[str, ...]:
    """The routes it belongs to by name; none when it belongs to every route."""
    if support.routes == frozenset(Route):
        return ()
    return tuple(str(name) for route, name in words.ROUTES.items() if route in support.routes)
