"""Schemes and their published versions."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from dichterbij.api.shapes import (
    Geheel,
    Lijst,
    Link,
    Moment,
    Pagina,
    Paginagrootte,
    Shape,
    Tekst,
    links,
    listed,
    one_of,
    text,
    to,
)
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.rules import files
from dichterbij.domains.schemes.rules.moments import moment_of
from dichterbij.domains.schemes.rules.scheme import Applicant, Scheme
from dichterbij.domains.schemes.rules.showing import OVER, applicants_of, may_calculate, state_of
from dichterbij.shared.errors import InputError, NotFoundError

router = Router(tags=["Regelingen"], by_alias=True)
# State in the scheme's file -> its word here.
STATES: Mapping[str, str] = {
    "open": "open", "planned": "aangekondigd", "closed": "gesloten", "withdrawn": "ingetrokken", OVER: "voorbij",
}  # fmt: skip


class Regeling(Geheel):
    """Een regeling, zoals die vandaag is."""

    naam: str = Field(examples=["employer_subsidy"])
    titel: Tekst
    samenvatting: Tekst
    toestand: str = Field(description=f"Een van: {', '.join(STATES.values())}.")
    is_open: bool = Field(description="Of nu aangevraagd kan worden, ook als oefening.")
    mag_berekenen: bool
    aanvragers: list[str] = Field(description="Wie mag aanvragen; code van het bestand van de regeling.")
    plafond_centen: int | None = Field(description="Leeg: de stukken noemen geen bedrag.")
    versie: date
    digest: str = Field(description="SHA-256 van het bestand van deze versie, zoals gepubliceerd.")


class Regelingen(Lijst[Regeling]):
    """Een bladzijde van de regelingen."""


class Periode(Shape):
    """Een tijdvak waarin aangevraagd kan worden."""

    naam: str
    opent: Moment
    sluit: Moment = Field(description="Vanaf dit moment niet meer.")
    aanvragers: list[str]
    plafond_centen: int | None
    plaatsen: int | None
    bron: str


class Voorwaarde(Shape):
    """Iets wat waar moet zijn (`moet`), of juist niet; leeg: alleen een andere regel kijkt ernaar."""

    code: str
    tekst: Tekst
    moet: bool | None
    bron: str


class Soort(Shape):
    """Een route, lijn of soort geld."""

    code: str
    tekst: Tekst
    bron: str


class Grens(Shape):
    """Hoogstens zo veel per persoon, werkgever of groep."""

    voor: str
    telt: str
    hoogstens: int
    per_periode: bool
    bron: str


class Versie(Regeling):
    """Een gepubliceerde versie, met alles waar de regels naar kijken. Verandert nooit."""

    grondslag: str
    gepubliceerd_op: date | None
    perioden: list[Periode]
    voorwaarden: list[Voorwaarde]
    soorten: list[Soort]
    grenzen: list[Grens]
    verdeling: str = Field(description="Hoe schaars geld wordt verdeeld.")
    rest: str = Field(description="Wat er gebeurt als er minder over is dan iemand vraagt.")
    termijnen_weken: dict[str, int]
    bewijsstukken: dict[str, list[str]]
    bronnen: dict[str, str]


class Versies(Lijst[Versie]):
    """Een bladzijde van de versies van een regeling."""


@router.get(
    "/regelingen", response=Regelingen, operation_id="lijstRegelingen", summary="Alle regelingen",
    description="Alles waarvoor geld is of was, op naam.",
)  # fmt: skip
def schemes(
    request: HttpRequest,
    aanvrager: Annotated[str | None, Query(None, description="Alleen voor deze soort aanvrager.")],
    toestand: Annotated[str | None, Query(None, description=f"Een van: {', '.join(STATES.values())}.")],
    pagina: Pagina,
    paginagrootte: Paginagrootte,
) -> dict[str, Any]:
    """Every scheme of today."""
    now = timezone.now()
    whose = one_of({one.value: one for one in Applicant}, aanvrager, "aanvrager")
    state = one_of({word: state for state, word in STATES.items()}, toestand, "toestand")
    found = [
        one for one in files.schemes(timezone.localdate(now))
        if whose in (None, *applicants_of(one)) and state in (None, state_of(one, now))
    ]  # fmt: skip
    is_open = queries.open_schemes(now=now)
    return listed(
        request, pagina, paginagrootte, len(found),
        lambda skip, most: [_scheme(one, now, is_open) for one in found[skip : skip + most]],
    )  # fmt: skip


@router.get(
    "/regelingen/{regeling}", response=Versie, operation_id="toonRegeling", summary="Een regeling",
    description="De versie die vandaag geldt.",
)  # fmt: skip
def scheme(request: HttpRequest, regeling: str) -> dict[str, Any]:
    """The version of today."""
    return _version(read_scheme(regeling))


@router.get(
    "/regelingen/{regeling}/versies", response=Versies, operation_id="lijstVersies",
    summary="De gepubliceerde versies van een regeling", description="De nieuwste eerst. Een versie verandert nooit.",
)  # fmt: skip
def versions(request: HttpRequest, regeling: str, pagina: Pagina, paginagrootte: Paginagrootte) -> dict[str, Any]:
    """Every version of a scheme."""
    days = [] if regeling not in files.slugs() else files.versions(regeling)[::-1]
    if not days:
        raise _no_scheme(regeling)
    return listed(
        request, pagina, paginagrootte, len(days),
        lambda skip, most: [_version(files.version(regeling, day)) for day in days[skip : skip + most]],
    )  # fmt: skip


@router.get(
    "/regelingen/{regeling}/versies/{dag}", response=Versie, operation_id="toonVersie",
    summary="Een gepubliceerde versie", description="`dag`: de eerste dag waarop deze versie gold.",
)  # fmt: skip
def version(request: HttpRequest, regeling: str, dag: date) -> dict[str, Any]:
    """One version."""
    if regeling not in files.slugs():
        raise _no_scheme(regeling)
    if dag not in files.versions(regeling):
        days = ", ".join(day.isoformat() for day in files.versions(regeling))
        raise NotFoundError(f"Van {regeling} is er geen versie van {dag}; wel van {days}.")
    return _version(files.version(regeling, dag))


def read_scheme(slug: str) -> Scheme:
    """The scheme of today. NotFoundError when there is none."""
    try:
        return files.scheme(slug, timezone.localdate())
    except (NotFoundError, InputError):
        raise _no_scheme(slug) from None


def _no_scheme(slug: str) -> NotFoundError:
    return NotFoundError(f"Er is geen regeling {slug[:80]}. Alle namen staan in {reverse('api:schemes')}.")


def _scheme(read: Scheme, now: datetime, is_open: frozenset[str]) -> dict[str, Any]:
    day = read.version.isoformat()
    return {
        "links": links(
            self=to("scheme", regeling=read.slug),
            versies=to("versions", regeling=read.slug),
            openstellingen=to("rounds", regeling=read.slug),
            berekeningen=to("calculation", regeling=read.slug) if may_calculate(read, now) else None,
            aanvragen=to("receive", regeling=read.slug) if read.slug in is_open else None,
            bestand=Link(href=reverse("schemes:version", args=[read.slug, day])),
        ),
        "naam": read.slug,
        "titel": text(read.title),
        "samenvatting": text(read.summary),
        "toestand": STATES[state_of(read, now)],
        "is_open": read.slug in is_open,
        "mag_berekenen": may_calculate(read, now),
        "aanvragers": [one.value for one in applicants_of(read)],
        "plafond_centen": read.ceiling.cents,
        "versie": read.version,
        "digest": read.digest,
    }


def _version(read: Scheme) -> dict[str, Any]:
    now = timezone.now()
    return _scheme(read, now, queries.open_schemes(now=now)) | {
        "grondslag": read.legal_ground,
        "gepubliceerd_op": read.published_on,
        "perioden": [
            {
                "naam": one.id, "opent": moment_of(one.opens), "sluit": moment_of(one.ends),
                "aanvragers": [who.value for who in one.applicants], "plafond_centen": one.ceiling_cents,
                "plaatsen": one.places, "bron": one.source,
            }
            for one in read.periods
        ],
        "voorwaarden": [
            {"code": one.code, "tekst": text(one.words), "moet": one.must, "bron": one.source}
            for one in read.conditions
        ],
        "soorten": [{"code": one.code, "tekst": text(one.words), "bron": one.source} for one in read.categories],
        "grenzen": [
            {
                "voor": one.whose.value, "telt": one.counts.value, "hoogstens": one.most,
                "per_periode": one.each_period, "bron": one.source,
            }
            for one in read.caps
        ],
        "verdeling": read.distribution.method.value,
        "rest": read.distribution.rest.value,
        "termijnen_weken": {step: term.weeks for step, term in read.terms.items()},
        "bewijsstukken": {regime.value: list(papers) for regime, papers in read.evidence.items()},
        "bronnen": dict(read.sources),
    }  # fmt: skip
