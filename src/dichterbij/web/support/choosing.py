"""The catalogue's choice in the address: region, words and filters. None of it says who somebody is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.support.rules.catalogue import Choice
from dichterbij.domains.support.rules.kinds import Form, Moment, Need, Role, Route, Support
from dichterbij.web.support import words

LONGEST_TEXT = 80
Code = TypeVar("Code", bound=StrEnum)
# The names in the address, and the fields of a Choice they stand for.
NAMES = {"role": "wie", "need": "situatie", "route": "route", "moment": "wanneer", "form": "soort"}


@dataclass(frozen=True)
class Asked:
    """What an address asks for. `region` is a code that exists, or None."""

    region: str | None
    region_name: str
    choice: Choice

    def address(self, name: str = "support:catalogue", **changes: Any) -> str:
        """The address of the catalogue with these filters changed; None takes one away."""
        choice = replace(self.choice, **changes)
        told = {"regio": self.region, "zoek": choice.text}
        told |= {address: getattr(choice, field) for field, address in NAMES.items()}
        query = urlencode({key: value for key, value in told.items() if value})
        return reverse(name) + (f"?{query}" if query else "")

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The filters as name and value, for the form that asks region and words."""
        return [(name, value) for field, name in NAMES.items() if (value := getattr(self.choice, field))]


def asked(query: QueryDict) -> Asked:
    """What the address asks for; whatever is not ours counts as not asked."""
    region, name = _region(query.get("regio", ""))
    choice = Choice(
        text=" ".join(query.get("zoek", "").replace("\x00", " ").split())[:LONGEST_TEXT],
        role=_code(query, "role", Role),
        route=_code(query, "route", Route),
        need=_code(query, "need", Need),
        moment=_code(query, "moment", Moment),
        form=_code(query, "form", Form),
    )
    return Asked(region, name, choice)


def _code(query: QueryDict, field: str, codes: type[Code]) -> Code | None:
    told = query.get(NAMES[field], "")
    return next((code for code in codes if code.value == told), None)


def _region(code: str) -> tuple[str | None, str]:
    try:
        row = areas.region(code) if len(code) == 4 else None
    except AreaNotFoundError:
        return None, ""
    return (row.code, row.name) if row else (None, "")


@dataclass(frozen=True)
class Facet:
    """One value to filter by: how many items it leaves, and the address with it, or without it when it is on."""

    label: str
    count: int
    address: str
    is_on: bool


@dataclass(frozen=True)
class FacetGroup:
    """The values of one filter."""

    title: str
    facets: tuple[Facet, ...]


def facets(asked: Asked, found: Iterable[Support]) -> tuple[FacetGroup, ...]:
    """Every filter with how many of the items that the words found it would leave, the other filters staying on."""
    supports = tuple(found)
    titles: dict[str, tuple[str, Mapping[Any, words.Text]]] = {
        "role": (gettext("For whom?"), words.ROLES),
        "need": (gettext("What is it about?"), words.NEEDS),
        "form": (gettext("Money or help?"), words.FORMS),
        "moment": (gettext("When?"), words.MOMENTS),
        "route": (gettext("Over which route?"), words.ROUTES),
    }
    return tuple(
        FacetGroup(title, tuple(_facet(asked, supports, field, code, str(label)) for code, label in labels.items()))
        for field, (title, labels) in titles.items()
    )


def _facet(asked: Asked, supports: tuple[Support, ...], field: str, code: StrEnum, label: str) -> Facet:
    with_it = replace(asked.choice, **{field: code})  # type: ignore[arg-type]
    is_on = getattr(asked.choice, field) is code
    address = asked.address("support:catalogue", **{field: None if is_on else code})
    return Facet(label, sum(with_it.fits(support) for support in supports), address, is_on)


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    address: str


def chips(asked: Asked) -> tuple[Chip, ...]:
    """What was chosen, each with the way to take it away."""
    labels: dict[str, Mapping[Any, words.Text]] = {
        "role": words.ROLES,
        "need": words.NEEDS,
        "form": words.FORMS,
        "moment": words.MOMENTS,
        "route": words.ROUTES,
    }
    chosen = {field: code for field in labels if (code := getattr(asked.choice, field)) is not None}
    found = [
        Chip(str(labels[field].get(code, code)), asked.address("support:catalogue", **{field: None}))
        for field, code in chosen.items()
    ]
    text = asked.choice.text
    return (*([Chip(f"“{text}”", asked.address(text=""))] if text else []), *found)
