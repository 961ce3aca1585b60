"""Training that somebody pays for: which offers have money on a day, and from what. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from dichterbij.data import ROOT, read_yaml
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words

FILE = ROOT / "demo" / "training.yaml"


class Kind(StrEnum):
    """What sort of training it is."""

    COURSE = "course"
    ONLINE = "online"
    TRADE = "trade"
    LANGUAGE = "language"


class Learner(StrEnum):
    """For whom the money is."""

    WORKING = "working"
    SELF_EMPLOYED = "self_employed"
    SEEKING = "seeking"


class Payer(StrEnum):
    """Where the money stands: an item of the menukaart, or a scheme."""

    ITEM = "item"
    SCHEME = "scheme"


@dataclass(frozen=True, slots=True)
class Funding:
    """Money for an offer: from which item or scheme, for whom, from one day up to and including another."""

    payer: Payer
    slug: str
    learners: tuple[Learner, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Offer:
    """A training. `region` None: everywhere. Without `fundings` nobody pays for it."""

    offer_id: str
    name: Words
    trainer: str
    sector: str
    kind: Kind
    region: str | None
    weeks: int
    fundings: tuple[Funding, ...]


@dataclass(frozen=True, slots=True)
class Funded:
    """An offer with the money that there is for it on a day; never without any."""

    offer: Offer
    fundings: tuple[Funding, ...]

    @property
    def last(self) -> date:
        """The last day on which somebody pays."""
        return max(one.last for one in self.fundings)


def funded(offers: Iterable[Offer], *, on: date, is_there: Callable[[Funding], bool]) -> tuple[Funded, ...]:
    """The offers for which there is money on this day. `is_there`: whether the item or scheme existed then."""
    found = (
        Funded(offer, tuple(one for one in offer.fundings if one.first <= on <= one.last and is_there(one)))
        for offer in offers
    )
    return tuple(one for one in found if one.fundings)


@cache
def training_offers() -> tuple[Offer, ...]:
    """The invented offers. InputError names a mistake in the file."""
    values = read_yaml(FILE)
    if values.get("invented") is not True:
        raise InputError("training.yaml: real offers were never published, so these must say that they are invented")
    money = {str(name): _funding(str(name), row) for name, row in values["money"].items()}
    return tuple(_offer(str(key), row, money) for key, row in values["offers"].items())


def _funding(name: str, row: object) -> Funding:
    read = Record.of(row, at=f"training.yaml, money {name}", required=("of", "for", "first", "last"))
    payer, _slash, slug = read.text("of").partition("/")
    first, last = read.optional_date("first"), read.optional_date("last")
    if payer not in set(Payer) or first is None or last is None or last < first:
        raise InputError(f"{read.at}: expected item/... or scheme/..., and a first and a last day in that order")
    return Funding(Payer(payer), slug, read.codes("for", Learner), first, last)


def _offer(key: str, row: object, money: Mapping[str, Funding]) -> Offer:
    required = ("name", "trainer", "sector", "kind", "weeks", "money")
    read = Record.of(row, at=f"training.yaml, {key}", required=required, optional=("region",))
    unknown = [name for name in read.fields["money"] if name not in money]
    if unknown:
        raise InputError(f"{read.at}: no money is called {', '.join(unknown)}")
    return Offer(
        key, read.words("name"), read.text("trainer"), read.text("sector"), read.code("kind", Kind),
        read.fields.get("region"), int(read.fields["weeks"]), tuple(money[name] for name in read.fields["money"]),
    )  # fmt: skip
