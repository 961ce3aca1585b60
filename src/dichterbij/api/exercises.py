"""A scheme tried out on paper with invented applications, as `dichterbij schemes simulate` does. Nothing is kept."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from dichterbij.api.calculations import Aantal, reason
from dichterbij.api.schemes import read_scheme
from dichterbij.api.shapes import Asked, Geheel, links, to
from dichterbij.domains.schemes.rules.reasons import why
from dichterbij.domains.schemes.rules.simulating import invented, on_paper, simulate

router = Router(tags=["Regelingen"], by_alias=True)
MOST = 100_000  # a tenth of a second of one processor


class Simuleren(Asked):
    """Hoeveel verzonnen aanvragen, en wat anders is dan in de regeling."""

    aanvragen: int = Field(10_000, ge=1, le=MOST)
    werkgevers: int = Field(2_000, ge=1, le=MOST, description="Van zo veel werkgevers.")
    plafond_centen: int | None = Field(None, ge=1, le=10**13, description="In plaats van dat van de regeling.")
    zaad: str = Field("1", min_length=1, max_length=100, description="Hetzelfde zaad geeft hetzelfde antwoord.")
    dag: date | None = Field(None, description="De versie die dan geldt; anders die van vandaag.")


class Simulatie(Geheel):
    """Wat de regeling zou geven. De aanvragen zijn verzonnen: dit is een oefening op papier."""

    regeling: str
    versie: date
    digest: str
    zaad: str
    aanvragen: int
    toegekend: int
    bedrag_centen: int
    over_centen: int | None = Field(description="Leeg: er is geen plafond.")
    redenen: list[Aantal]


@router.post(
    "/regelingen/{regeling}/simulaties", response=Simulatie, operation_id="simuleer",
    summary="Wat zou deze regeling geven?",
    description=f"Hoogstens {MOST} verzonnen aanvragen, beslist zoals de beslisser dat doet. Bewaart niets. "
    "Meer, of eigen aanvragen uit een bestand: met de opdracht `dichterbij schemes simulate`.",
)  # fmt: skip
def simulation(request: HttpRequest, regeling: str, gevraagd: Simuleren) -> dict[str, Any]:
    """Counts and money."""
    read_scheme(regeling)
    scheme = on_paper(regeling, gevraagd.dag or timezone.localdate())
    columns = invented(scheme, gevraagd.aanvragen, gevraagd.werkgevers, gevraagd.zaad)
    found = simulate(scheme, columns, ceiling_cents=gevraagd.plafond_centen, seed=gevraagd.zaad)
    return {
        "links": links(regeling=to("scheme", regeling=regeling)),
        "regeling": found.scheme,
        "versie": found.version,
        "digest": found.digest,
        "zaad": gevraagd.zaad,
        "aanvragen": found.applications,
        "toegekend": found.grants,
        "bedrag_centen": found.cents,
        "over_centen": found.left_cents,
        "redenen": [{"reden": reason(why(slug)), "aantal": count} for slug, count in found.reasons.items()],
    }
