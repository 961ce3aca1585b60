"""The ways of sharing out that were weighed and not chosen: as the page and `dichterbij ledger what-if`."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from dichterbij.api.shapes import Geheel, Shape, links, to
from dichterbij.domains.budget import queries
from dichterbij.domains.budget.rules.what_if import WEIGHED_ON, Burden, Window

router = Router(tags=["Geld"], by_alias=True)


class Deel(Shape):
    """Een deel van het geld: hoeveel hele subsidies of vouchers erin passen, en wat overblijft."""

    bedrag_centen: int
    aantal: int
    over_centen: int


class PerRegio(Deel):
    """Het deel van een regio."""

    regio: str = Field(examples=["AM05"])


class PerGemeente(Shape):
    """Het deel van een gemeente, naar inwoners."""

    gemeente: str = Field(examples=["GM0363"])
    naam: str
    regio: str
    inwoners: int
    bedrag_centen: int


class Last(Shape):
    """Wat alle regio's samen zouden invullen. De minuten zijn een aanname."""

    velden: int
    in_te_vullen: int = Field(description="De andere velden weet het grootboek al.")
    minuten: int


class WatAls(Geheel):
    """Wat elke andere manier van verdelen had gegeven en gevraagd. Alleen op papier."""

    bon_centen: int
    activiteiten: int
    tijdvakken: list[Deel] = Field(description="Twee tijdvakken, elk met een eigen deel van het geld.")
    tijdvakken_met_doorschuiven: list[Deel] = Field(description="Wat in het eerste overblijft, gaat mee.")
    bonnen: list[PerRegio] = Field(description="Vouchers per regio, met voor elke regio evenveel geld.")
    gemeenten: list[PerGemeente] = Field(description="Verdeeld naar inwoners; de grootste eerst.")
    last_zonder_verslag: Last
    last_met_verslag: Last
    bron: str
    aanname: str


@router.get(
    "/geld/wat-als", response=WatAls, operation_id="watAls", summary="Wat als het geld anders was verdeeld?",
    description="De manieren die zijn gewogen en niet gekozen, uitgerekend voor elke regio en gemeente.",
)  # fmt: skip
def what_if(
    request: HttpRequest,
    bon_centen: Annotated[
        int | None, Query(None, alias="bonCenten", ge=10_000, le=5_000_000, description="Wat een voucher waard is.")
    ],
    activiteiten: Annotated[
        int | None, Query(None, ge=0, le=100, description="Over zo veel activiteiten zou een regio verslag doen.")
    ],
) -> dict[str, Any]:
    """On paper."""
    found = queries.alternatives(on=WEIGHED_ON, voucher_cents=bon_centen, activities=activiteiten)
    return {
        "links": links(self=to("what_if"), regios=to("per_region")),
        "bon_centen": found.paper.amount_cents if bon_centen is None else bon_centen,
        "activiteiten": found.paper.activities if activiteiten is None else activiteiten,
        "tijdvakken": [_part(one) for one in found.windows],
        "tijdvakken_met_doorschuiven": [_part(one) for one in found.carried],
        "bonnen": [{"regio": region.code, **_part(one)} for region, one in found.vouchers.items()],
        "gemeenten": [
            {
                "gemeente": town.gm_code, "naam": town.name, "regio": town.region_code, "inwoners": town.inhabitants,
                "bedrag_centen": cents,
            }
            for town, cents in found.municipalities.items()
        ],
        "last_zonder_verslag": _burden(found.block_grant),
        "last_met_verslag": _burden(found.report),
        "bron": found.paper.source,
        "aanname": found.paper.assumption,
    }  # fmt: skip


def _part(one: Window) -> dict[str, int]:
    return {"bedrag_centen": one.ceiling_cents, "aantal": one.grants, "over_centen": one.left_cents}


def _burden(one: Burden) -> dict[str, int]:
    return {"velden": one.fields, "in_te_vullen": one.typed, "minuten": one.minutes}
