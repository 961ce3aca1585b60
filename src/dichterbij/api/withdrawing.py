"""An application taken back by who has its proof; after the decision they say that they stop."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router
from pydantic import Field

from dichterbij.api.applications import ACTOR, shown
from dichterbij.api.shapes import Geheel, links, to
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.queries.cases import own_case_if_any
from dichterbij.gateways import outbox

router = Router(tags=["Aanvragen"], by_alias=True)


class Ingetrokken(Geheel):
    """Wat er met het intrekken gebeurde."""

    nummer: str
    stap: str = Field(
        description="ingetrokken: voor het besluit, en daarmee klaar. stopt: na het besluit; iemand kijkt wat er terug "
        "moet, en schrijft dat."
    )


@router.post(
    "/aanvragen/{nummer}/intrekking", response=Ingetrokken, operation_id="trekIn", summary="Een aanvraag intrekken",
    description="Met het bewijs van het ontvangstbewijs in de header. Nog een keer vragen verandert niets.",
)  # fmt: skip
def withdrawal(
    request: HttpRequest,
    nummer: str,
    bewijs: Annotated[str, Header(..., alias="Bewijs", description="Het bewijs van het ontvangstbewijs.")],
) -> dict[str, Any]:
    """Taken back before the decision; after it, told that one stops."""
    row, now = shown(nummer, bewijs), timezone.now()
    contact = queries.contact_of(row.number)
    if contact and contact.kvk:
        raise NotAllowedError("Wie dit aanvroeg, logde in met eHerkenning. Trek het in op de site.")
    own = own_case_if_any(row.number, on=timezone.localdate(now))
    stops = bool(own and own.can_stop)
    (actions.ask_to_stop if stops else actions.take_back)(number=row.number, now=now)
    outbox.leave(row.number, actor=ACTOR)
    return {
        "links": links(aanvraag=to("application", nummer=row.number)),
        "nummer": row.number,
        "stap": "stopt" if stops else "ingetrokken",
    }
