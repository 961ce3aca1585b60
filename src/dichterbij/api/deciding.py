"""Deciding on everything that is complete, for a program with the right: what `dichterbij schemes decide` does."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from dichterbij.api.keys import Key, program
from dichterbij.api.shapes import Geheel, links, to
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.errors import BusyError, NotPossibleError
from dichterbij.domains.schemes.queries.documents import PublicRound, public_round

router = Router(tags=["Openstellingen"], by_alias=True, auth=Key())


class Beslist(Geheel):
    """Wat er net is beslist. Nul: er lag niets te wachten."""

    besluiten: int
    toegekend: int
    bedrag_centen: int
    doorgeschoven: int = Field(description="Wie wachtte, en nu alsnog geld of plaats kreeg.")
    groepen: int = Field(description="In zo veel besluitdocumenten.")


@router.post(
    "/regelingen/{regeling}/openstellingen/{openstelling}/beslissingen", response=Beslist, operation_id="beslis",
    summary="Beslis over alles wat compleet is",
    description="Op volgorde, tot nu toe. Nog een keer vragen mag: wat beslist is, blijft zo. Met een sleutel die "
    "`carry_out_scheme` mag.",
)  # fmt: skip
def decide(request: HttpRequest, regeling: str, openstelling: str) -> dict[str, Any]:
    """The decider once over this round."""
    here, now = public_round(openstelling, scheme=regeling), timezone.now()
    try:
        done = actions.decide(scheme=here.scheme, actor=str(program(request)), now=now, at=here.opens_at)
    except BusyError as error:
        raise NotPossibleError(error.message) from error
    if not done.batches:
        _check_turn(here, now)
    return {
        "links": links(
            openstelling=to("round", regeling=regeling, openstelling=openstelling),
            besluitdocumenten=to("decision_documents", regeling=regeling, openstelling=openstelling),
        ),
        "besluiten": done.decisions,
        "toegekend": done.grants,
        "bedrag_centen": done.cents,
        "doorgeschoven": done.moved_up,
        "groepen": done.batches,
    }


def _check_turn(here: PublicRound, now: datetime) -> None:
    """NotPossibleError where nothing can be decided until the window is over, or until lots are drawn."""
    together_at = queries.hears_after(scheme=here.scheme, at=here.opens_at)
    if together_at and now < together_at:
        raise NotPossibleError(f"Over iedereen samen wordt beslist na het sluiten: {together_at.isoformat()}.")
    if queries.waits_for_draw(scheme=here.scheme, at=here.opens_at):
        raise NotPossibleError("Er is nog niet geloot: publiceer de lijst en trek het zaad, en vraag dit daarna.")
