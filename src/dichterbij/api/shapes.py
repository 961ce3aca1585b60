"""What every answer is made of: names in lowerCamelCase, links, pages of a list, a text in two languages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.alias_generators import to_camel

from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

Item = TypeVar("Item")
Moment = Annotated[
    datetime,
    PlainSerializer(lambda moment: iso(moment), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]  # as answered: in UTC, to the microsecond
MOST_ON_A_PAGE = 100


class Shape(Schema):
    """Part of an answer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Asked(Schema):
    """What is sent: nothing but these fields."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


class Link(Shape):
    """Een adres."""

    href: str


class Tekst(Shape):
    """Een tekst in het Nederlands en het Engels."""

    nl: str
    en: str


class Geheel(Shape):
    """Waar het antwoord zelf staat, en wat erbij hoort."""

    links: dict[str, Link] = Field(alias="_links")


class Lijst(Geheel, Generic[Item]):
    """Een bladzijde van een lijst. `_links` wijst naar de volgende en de vorige bladzijde, als die er zijn."""

    pagina: int
    paginagrootte: int
    totaal: int
    resultaten: list[Item]


Pagina = Annotated[int, Query(1, ge=1, le=100_000, description="De hoeveelste bladzijde; de eerste is 1.")]
Paginagrootte = Annotated[
    int, Query(20, ge=1, le=MOST_ON_A_PAGE, description=f"Hoeveel op een bladzijde, hoogstens {MOST_ON_A_PAGE}.")
]


def iso(moment: datetime) -> str:
    """In UTC, to the microsecond: a proof is over it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def text(words: Words) -> Tekst:
    """Both languages."""
    return Tekst(nl=words.nl, en=words.en)


def to(name: str, **values: Any) -> Link:
    """The address of an operation."""
    return Link(href=reverse(f"api:{name}", kwargs=values))


def links(**found: Link | None) -> dict[str, Link]:
    """Those that are there."""
    return {name: link for name, link in found.items() if link is not None}


def one_of(names: Mapping[str, Any], given: str | None, field: str) -> Any:
    """What is meant by this name; None for nothing given. InputError that says which names there are."""
    if given is None:
        return None
    if given not in names:
        raise InputError(f"{field} is een van: {', '.join(names)}.", field=field)
    return names[given]


def listed(
    request: HttpRequest, pagina: int, paginagrootte: int, totaal: int, found: Callable[[int, int], Sequence[Item]]
) -> dict[str, Any]:
    """A page of a list. `found`: what is there after so many, at most so many."""
    last = max(1, -(-totaal // paginagrootte))
    skip = (pagina - 1) * paginagrootte
    return {
        "links": links(
            self=_page(request, pagina),
            vorige=_page(request, min(pagina - 1, last)) if pagina > 1 else None,
            volgende=_page(request, pagina + 1) if pagina < last else None,
        ),
        "pagina": pagina,
        "paginagrootte": paginagrootte,
        "totaal": totaal,
        "resultaten": found(skip, paginagrootte) if skip < totaal else [],
    }


def _page(request: HttpRequest, pagina: int) -> Link:
    asked = {**request.GET.dict(), "pagina": pagina}
    return Link(href=f"{request.path}?{urlencode(asked)}")
