"""Rounds of a scheme: the ceiling now, every decision document, and whether all decisions can be made again."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from dichterbij.api.calculations import Aantal, reason
from dichterbij.api.schemes import read_scheme
from dichterbij.api.shapes import Geheel, Lijst, Moment, Pagina, Paginagrootte, Shape, links, listed, one_of, to
from dichterbij.domains.schemes.queries.documents import (
    MOST_REPLAYED,
    Document,
    Kind,
    PublicRound,
    checked,
    document,
    documents,
    how_many_documents,
    public_round,
    public_rounds,
    replay_command,
)
from dichterbij.domains.schemes.queries.public_money import public_money
from dichterbij.domains.schemes.rules.disclosure import FEWEST, Told
from dichterbij.domains.schemes.rules.reasons import why

router = Router(tags=["Openstellingen"], by_alias=True)
KINDS: Mapping[str, Kind] = {
    "publicatie": Kind.PUBLISHED, "opening": Kind.OPENED, "lijst": Kind.LISTED, "loting": Kind.DRAWN,
    "besluiten": Kind.DECIDED, "wachtenden": Kind.MOVED_UP, "intrekking": Kind.WITHDRAWN,
    "lager-vastgesteld": Kind.LOWERED, "bezwaar": Kind.OBJECTION,
}  # fmt: skip
IN_DUTCH = {kind: name for name, kind in KINDS.items()}
FEW = f"Leeg: 1 tot {FEWEST - 1}, te weinig om te noemen."


class Openstelling(Geheel):
    """Een gepubliceerde versie van een regeling, open tussen twee momenten."""

    naam: str = Field(examples=["3f2a9c1d0b7e6a54"])
    regeling: str
    versie: date
    digest: str = Field(description="SHA-256 over alles wat beslist: versie, keuzes, momenten en plafond.")
    is_oefening: bool
    opent: Moment
    sluit: Moment
    plafond_centen: int
    voor_bezwaren_centen: int = Field(description="Wat naast het plafond is gereserveerd voor gewonnen bezwaren.")


class Openstellingen(Lijst[Openstelling]):
    """Een bladzijde van de openstellingen van een regeling."""


class OpenstellingNu(Openstelling):
    """Een openstelling met wat er is toegekend en over is."""

    is_open: bool
    stand_op: Moment | None = Field(
        description=f"Van wanneer de bedragen zijn: ze veranderen per {FEWEST} of meer. Leeg: nog geen {FEWEST}."
    )
    toegekend_centen: int
    over_centen: int
    dagen: int = Field(description="Over zo veel dagen, met vandaag, is gekeken hoe snel het gaat.")
    per_dag_centen: int
    verwacht_op: date | None = Field(description="De dag waarop het op is, als het zo doorgaat. Leeg: niet te zeggen.")


class Uitkomsten(Shape):
    """Wat de besluiten van een document samen zijn; alleen aantallen."""

    aantal: int | None = Field(description=FEW)
    toegekend: int | None = Field(description=f"{FEW} Ook als er te weinig zijn afgewezen.")
    bedrag_centen: int | None = Field(description="Wat erbij kwam; onder nul als er geld vrijkwam.")
    redenen: list[Aantal]
    overige: int | None = Field(description=f"Alle andere redenen samen. {FEW}")


class Besluitdocument(Geheel):
    """Een document waarin iets besloten is. Er komt er steeds een bij; geen ervan verandert."""

    naam: str = Field(examples=["batch-12"])
    soort: str = Field(description=f"Een van: {', '.join(KINDS)}.")
    dag: date
    moment: Moment | None = Field(description="Leeg bij een publicatie: daarvan is alleen de dag bekend.")
    digest: str = Field(
        description="SHA-256: van een lijst of loting over de nummers van wie meedoen; van besluiten over de besluiten "
        "en de digest van de groep ervoor."
    )
    uitkomsten: Uitkomsten | None
    plafond_centen: int | None = Field(description="Van een opening.")
    van: Moment | None = Field(description="Van een opening, lijst of loting: het begin.")
    tot: Moment | None = Field(description="Van een opening, lijst of loting: het eind.")
    lotnummers: int | None = Field(description=f"Van een lijst of loting: hoeveel er meedoen. {FEW}")
    zaad_uit: str | None = Field(description="Van een lijst: waar het zaad vandaan zal komen.")
    zaad_vanaf: Moment | None = Field(description="Van een lijst: vanaf wanneer het zaad bekend is.")
    zaad: str | None = Field(description="Van een loting: een lot is de SHA-256 van `zaad:nummer`.")


class Besluitdocumenten(Lijst[Besluitdocument]):
    """Een bladzijde van de besluitdocumenten van een openstelling."""


class Nagespeeld(Geheel):
    """Of alle besluiten, opnieuw genomen uit de ontvangstbewijzen, byte voor byte gelijk zijn."""

    uitkomst: str = Field(description="Een van: gelijk, verschilt, te-groot (speel na met de opdracht).")
    besluiten: int | None = Field(description=FEW)
    documenten: int
    digest: str = Field(description="Over alle besluiten, zoals ze zijn bewaard.")
    verschillen: int | None
    moment: Moment
    opdracht: str


@router.get(
    "/regelingen/{regeling}/openstellingen", response=Openstellingen, operation_id="lijstOpenstellingen",
    summary="De openstellingen van een regeling", description="De nieuwste eerst.",
)  # fmt: skip
def rounds(request: HttpRequest, regeling: str, pagina: Pagina, paginagrootte: Paginagrootte) -> dict[str, Any]:
    """Every round of a scheme."""
    found = public_rounds(scheme=regeling)
    if not found:
        read_scheme(regeling)
    return listed(
        request, pagina, paginagrootte, len(found),
        lambda skip, most: [_round(one) for one in found[skip : skip + most]],
    )  # fmt: skip


@router.get(
    "/regelingen/{regeling}/openstellingen/{openstelling}", response=OpenstellingNu, operation_id="toonOpenstelling",
    summary="Het plafond van nu, en wanneer het naar verwachting op is",
)  # fmt: skip
def round(request: HttpRequest, regeling: str, openstelling: str) -> dict[str, Any]:
    """A round with its ceiling now."""
    here, now = public_round(openstelling, scheme=regeling), timezone.now()
    live = public_money(here, now=now)
    return _round(here) | {
        "is_open": here.opens_at <= now < here.closes_at,
        "stand_op": live.at,
        "toegekend_centen": live.granted_cents,
        "over_centen": live.left_cents,
        "dagen": live.pace.days,
        "per_dag_centen": live.pace.per_day_cents,
        "verwacht_op": live.pace.runs_out,
    }


@router.get(
    "/regelingen/{regeling}/openstellingen/{openstelling}/besluitdocumenten", response=Besluitdocumenten,
    operation_id="lijstBesluitdocumenten", summary="Alles wat in een openstelling is besloten",
    description="De nieuwste eerst: publicatie, opening, lotingen, en elke groep besluiten. Zonder personen.",
)  # fmt: skip
def decision_documents(
    request: HttpRequest,
    regeling: str,
    openstelling: str,
    soort: Annotated[str | None, Query(None, description=f"Een van: {', '.join(KINDS)}.")],
    pagina: Pagina,
    paginagrootte: Paginagrootte,
) -> dict[str, Any]:
    """The documents of a round."""
    kind = one_of(KINDS, soort, "soort")
    here = public_round(openstelling, scheme=regeling)
    return listed(
        request, pagina, paginagrootte, how_many_documents(here, kind=kind),
        lambda skip, most: [_document(here, one) for one in documents(here, kind=kind, skip=skip, most=most)],
    )  # fmt: skip


@router.get(
    "/regelingen/{regeling}/openstellingen/{openstelling}/besluitdocumenten/{besluitdocument}",
    response=Besluitdocument, operation_id="toonBesluitdocument", summary="Een besluitdocument",
)  # fmt: skip
def decision_document(request: HttpRequest, regeling: str, openstelling: str, besluitdocument: str) -> dict[str, Any]:
    """One document."""
    here = public_round(openstelling, scheme=regeling)
    return _document(here, document(here, besluitdocument))


@router.get(
    "/regelingen/{regeling}/openstellingen/{openstelling}/naspelen", response=Nagespeeld, operation_id="speelNa",
    summary="Klopt elk besluit met de ontvangstbewijzen?",
    description=f"Tot {MOST_REPLAYED} besluiten; voor meer is er de opdracht. Een keer per nieuw document.",
)  # fmt: skip
def replayed(request: HttpRequest, regeling: str, openstelling: str) -> dict[str, Any]:
    """Whether everything is equal when it is decided again."""
    here = public_round(openstelling, scheme=regeling)
    found = checked(here)
    said = "te-groot" if found.replayed is None else "gelijk" if found.is_equal else "verschilt"
    return {
        "links": links(self=_of("replayed", here), openstelling=_of("round", here)),
        "uitkomst": said,
        "besluiten": found.decisions if not 0 < found.decisions < FEWEST else None,
        "documenten": found.batches,
        "digest": found.digest,
        "verschillen": None if found.replayed is None else len(found.replayed.differences),
        "moment": found.at,
        "opdracht": replay_command(here),
    }


def _round(here: PublicRound) -> dict[str, Any]:
    return {
        "links": links(
            self=_of("round", here), regeling=to("scheme", regeling=here.scheme),
            besluitdocumenten=_of("decision_documents", here), naspelen=_of("replayed", here),
        ),
        "naam": here.name,
        "regeling": here.scheme,
        "versie": here.version,
        "digest": here.digest,
        "is_oefening": here.is_exercise,
        "opent": here.opens_at,
        "sluit": here.closes_at,
        "plafond_centen": here.ceiling_cents,
        "voor_bezwaren_centen": here.objections_cents,
    }  # fmt: skip


def _of(name: str, here: PublicRound, **more: str) -> Any:
    return to(name, regeling=here.scheme, openstelling=here.name, **more)


def _document(here: PublicRound, one: Document) -> dict[str, Any]:
    is_many = one.lots is None or not 0 < one.lots < FEWEST
    return {
        "links": links(self=_of("decision_document", here, besluitdocument=one.name), openstelling=_of("round", here)),
        "naam": one.name,
        "soort": IN_DUTCH[one.kind],
        "dag": one.day,
        "moment": one.at,
        "digest": one.digest,
        "uitkomsten": _told(one.told) if one.told else None,
        "plafond_centen": one.cents,
        "van": one.first,
        "tot": one.end,
        "lotnummers": one.lots if is_many else None,
        "zaad": one.seed or None,
        "zaad_uit": one.seed_from or None,
        "zaad_vanaf": one.seed_at,
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "aantal": told.count,
        "toegekend": told.granted,
        "bedrag_centen": told.cents,
        "redenen": [{"reden": reason(why(slug)), "aantal": count} for slug, count in told.reasons.items()],
        "overige": told.others,
    }
