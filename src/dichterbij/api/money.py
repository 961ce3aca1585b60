"""The public money: what stands where, what went where, and per region. From the ledger; nobody is in it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from dichterbij.api.shapes import Geheel, Lijst, Pagina, Paginagrootte, Shape, links, listed, one_of, to
from dichterbij.domains.budget import queries
from dichterbij.domains.budget.queries import PerRegion
from dichterbij.domains.budget.rules import State
from dichterbij.domains.budget.rules.lapsing import Source
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import NotFoundError

router = Router(tags=["Geld"], by_alias=True)
FUND = "ddd"  # the money of the action plan: the only fund whose words are published
PARTS = ("state", "tranche", "region", "scheme", "purpose")
STATES = {
    "buiten": State.OUTSIDE, "vrij": State.FREE, "geoormerkt": State.EARMARKED, "gereserveerd": State.RESERVED,
    "verplicht": State.COMMITTED, "betaald": State.PAID, "teruggevorderd": State.RECOVERED,
    "terug-naar-schatkist": State.RETURNED,
}  # fmt: skip
IN_DUTCH = {state.value: word for word, state in STATES.items()}


class Plek(Shape):
    """Waar geld is: in welke toestand, van welk deel, voor wat. Leeg: niet verder verdeeld."""

    toestand: str = Field(description=f"Een van: {', '.join(STATES)}.")
    deel: str
    regio: str
    regeling: str
    doel: str


class Saldo(Plek):
    """Wat er op een plek is."""

    bedrag_centen: int


class Saldi(Lijst[Saldo]):
    """Een bladzijde van de saldi."""


class Stroom(Shape):
    """Wat van de ene plek naar de andere ging, zonder wat terugkwam."""

    van: Plek
    naar: Plek
    bedrag_centen: int


class Stromen(Lijst[Stroom]):
    """Een bladzijde van de stromen."""


class Bron(Shape):
    """Wat een regio van een deel van het geld kreeg."""

    deel: str
    betaald_centen: int
    nog_te_betalen_centen: int
    btw_compensatiefonds_centen: None = Field(description="Onbekend: nooit gepubliceerd, en hier niet geraden.")


class Aflopend(Shape):
    """Geld dat nog te gebruiken is, en tot wanneer. Ook van andere bronnen dan het actieplan."""

    fonds: str = Field(examples=["ddd"])
    deel: str
    bedrag_centen: int
    tot: date | None = Field(description="Leeg: geen eind bekend.")


class Regio(Geheel):
    """Het geld van een regio."""

    code: str = Field(examples=["AM05"])
    naam: str
    betaald_centen: int
    bronnen: list[Bron]
    aflopend: list[Aflopend] = Field(description="Wat het eerst vervalt, staat voorop.")


class Regios(Lijst[Regio]):
    """Een bladzijde van de regio's."""


@router.get(
    "/geld/saldi", response=Saldi, operation_id="lijstSaldi", summary="Wat er waar is",
    description="Het geld van het actieplan, uit het grootboek, in centen.",
)  # fmt: skip
def balances(
    request: HttpRequest,
    toestand: Annotated[str | None, Query(None, description=f"Een van: {', '.join(STATES)}.")],
    regio: Annotated[str | None, Query(None, description="Code van een arbeidsmarktregio, zoals AM05.")],
    pagina: Pagina,
    paginagrootte: Paginagrootte,
) -> dict[str, Any]:
    """Balances, told apart by no more than the picture on the page is."""
    state = one_of(STATES, toestand, "toestand")
    where = {"state": state.value} if state else {}
    where |= {"region": _region(regio)} if regio is not None else {}
    sums: dict[tuple[str, ...], int] = {}
    for one in queries.balances(fund=FUND, **where):
        place = tuple(one.account.part(name) for name in PARTS)
        sums[place] = sums.get(place, 0) + one.cents
    found = sorted((place, cents) for place, cents in sums.items() if cents)
    return listed(
        request, pagina, paginagrootte, len(found),
        lambda skip, most: [
            _place(place) | {"bedrag_centen": cents} for place, cents in found[skip : skip + most]
        ],
    )  # fmt: skip


@router.get(
    "/geld/stromen", response=Stromen, operation_id="lijstStromen", summary="Wat waarheen ging",
    description="De grootste eerst. Wat met een correctie terugkwam, is eraf.",
)  # fmt: skip
def flows(
    request: HttpRequest,
    regio: Annotated[str | None, Query(None, description="Alleen wat van of naar deze regio ging, zoals AM05.")],
    pagina: Pagina,
    paginagrootte: Paginagrootte,
) -> dict[str, Any]:
    """Flows between places."""
    where: dict[str, Any] = {"region": _region(regio)} if regio is not None else {}
    found = [one for one in queries.flows(*PARTS, fund=FUND, **where) if one.cents > 0]
    return listed(
        request, pagina, paginagrootte, len(found),
        lambda skip, most: [
            {"van": _place(one.source), "naar": _place(one.target), "bedrag_centen": one.cents}
            for one in found[skip : skip + most]
        ],
    )  # fmt: skip


@router.get("/geld/regios", response=Regios, operation_id="lijstRegios", summary="Het geld per regio")
def per_region(request: HttpRequest, pagina: Pagina, paginagrootte: Paginagrootte) -> dict[str, Any]:
    """Every region with what it got."""
    found, money, ends = regions(), queries.by_region(fund=FUND), queries.lapsing()
    return listed(
        request, pagina, paginagrootte, len(found),
        lambda skip, most: [_told(one.code, one.name, money, ends) for one in found[skip : skip + most]],
    )  # fmt: skip


@router.get("/geld/regios/{regio}", response=Regio, operation_id="toonRegio", summary="Het geld van een regio")
def region(request: HttpRequest, regio: str) -> dict[str, Any]:
    """One region."""
    code = _region(regio)
    name = next(one.name for one in regions() if one.code == code)
    return _told(code, name, queries.by_region(fund=FUND, region=code), queries.lapsing(region=code))


def _region(code: str) -> str:
    if code not in {one.code for one in regions()}:
        raise NotFoundError(f"Er is geen arbeidsmarktregio {code[:20]}; een code is als AM05.")
    return code


def _place(parts: tuple[str, ...]) -> dict[str, Any]:
    state, tranche, region, scheme, purpose = parts
    return {"toestand": IN_DUTCH[state], "deel": tranche, "regio": region, "regeling": scheme, "doel": purpose}


def _told(code: str, name: str, money: tuple[PerRegion, ...], ends: tuple[Source, ...]) -> dict[str, Any]:
    own = [one for one in money if one.region == code]
    return {
        "links": links(self=to("region", regio=code), regios=to("per_region")),
        "code": code,
        "naam": name,
        "betaald_centen": sum(one.paid_cents for one in own),
        "bronnen": [
            {
                "deel": one.tranche, "betaald_centen": one.paid_cents, "nog_te_betalen_centen": one.left_cents,
                "btw_compensatiefonds_centen": None,
            }
            for one in own
        ],
        "aflopend": [
            {"fonds": one.fund, "deel": one.tranche, "bedrag_centen": one.cents, "tot": one.ends_on}
            for one in ends if one.region == code
        ],
    }  # fmt: skip
