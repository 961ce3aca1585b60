"""Applications: received once for each key, and what became of them. For who sent them: with the key or the proof."""

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Header, Router
from pydantic import Field

from dichterbij.api.calculations import Reden, reason
from dichterbij.api.facts import EXAMPLE, Facts
from dichterbij.api.reaching import Bereikbaar, check_sign_in, mail, reached
from dichterbij.api.shapes import Asked, Geheel, Lijst, Moment, Shape, iso, links, to
from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.queries import DecisionRow, ReceiptRow
from dichterbij.domains.schemes.queries.cases import OwnCase, own_case_if_any
from dichterbij.domains.schemes.queries.opened import by_number
from dichterbij.domains.schemes.rules.persons import with_code
from dichterbij.domains.schemes.rules.procedure import Clock, day_of, read_clocks, term
from dichterbij.domains.schemes.rules.reasons import why
from dichterbij.gateways import outbox
from dichterbij.shared.errors import InputError, NotFoundError

router = Router(tags=["Aanvragen"], by_alias=True)
ACTOR = "applicant"
KEY = "Idempotency-Key"
MOST_BYTES = 20_000
WANTED_KEY = f"Zet een UUID die je zelf maakt in de header {KEY}; gebruik dezelfde als je het nog eens probeert."


class Aanvragen(Asked):
    """Een aanvraag."""

    aanvrager: str = Field(min_length=1, max_length=200, description="Wie aanvraagt, op een regel.")
    feiten: Facts = Field(examples=[EXAMPLE])
    bereikbaar: Bereikbaar | None = None


class Ontvangst(Geheel):
    """Het ontvangstbewijs. Bewaar nummer en bewijs: daarmee is de aanvraag later te vinden."""

    nummer: str = Field(examples=["AV-7K4M-2Q9P"])
    bewijs: str = Field(description="SHA-256 over wat is bewaard; geldt ook als wachtwoord van deze aanvraag.")
    ontvangen_op: Moment
    compleet_op: Moment | None


class Uitkomst(Shape):
    """Wat de regels of een mens gaven. De laatste geldt; de brief is het besluit."""

    moment: Moment
    bedrag_centen: int
    reden: Reden
    gevraagd_centen: int = Field(description="Wat het zou zijn als er geld genoeg was.")
    over_centen: int = Field(description="Wat er over was toen deze aanvraag aan de beurt was.")
    wacht: bool = Field(description="Of dit verandert als er geld of plaats vrijkomt.")


class Hierna(Shape):
    """Wat er hierna gebeurt, en wanneer uiterlijk."""

    stap: str = Field(description="Een van: aanvullen, besluiten, betalen, bezwaar-maken.")
    uiterlijk: date


class Aanvraag(Geheel):
    """Een aanvraag, en wat ermee gebeurd is."""

    nummer: str
    regeling: str
    aanvrager: str
    feiten: dict[str, Any]
    bewijs: str
    bewijs_klopt: bool = Field(description="Het bewijs is net opnieuw uitgerekend over wat is bewaard.")
    bewijs_regel: str = Field(description="De regel tekst waarover het bewijs de SHA-256 is.")
    ontvangen_op: Moment
    compleet_op: Moment | None
    hoort_na: Moment | None = Field(
        description="Waar over iedereen samen wordt beslist: wanneer niemand meer kan aanvragen. Leeg waar ieder om de "
        "beurt hoort."
    )
    fase: str | None = Field(description="Waar de zaak staat; leeg zolang niemand hem bekeken heeft.")
    toegekend_centen: int
    betaald_centen: int
    uitkomsten: list[Uitkomst] = Field(description="De oudste eerst.")
    hierna: list[Hierna]


class Gevonden(Lijst[Aanvraag]):
    """De aanvraag met deze sleutel: een, of geen."""


@router.post(
    "/regelingen/{regeling}/aanvragen", response={201: Ontvangst, 200: Ontvangst}, operation_id="vraagAan",
    summary="Aanvragen", description="Wordt een keer ontvangen per Idempotency-Key. Dezelfde sleutel met dezelfde "
    "inhoud geeft 200 en hetzelfde antwoord; met andere inhoud 422. De volgorde is die van ontvangst.",
    openapi_extra={
        "parameters": [{"name": KEY, "in": "header", "required": True, "schema": {"type": "string", "format": "uuid"},
                        "description": "Een UUID die je zelf maakt, voor elke aanvraag een nieuwe."}],
        "requestBody": {"required": True, "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Aanvragen"}}}},
    },
)  # fmt: skip
def receive(request: HttpRequest, regeling: str) -> JsonResponse:
    """Read by hand: in a rush this is what hundreds ask each second."""
    key, told = _key(request), _told(request)
    check_sign_in(regeling)
    contact = reached(request, told.get("bereikbaar"))
    done = actions.receive(
        scheme=regeling, key=key, applicant=told["aanvrager"], contact=contact, confirm=mail(regeling, contact),
        facts=with_code(told["feiten"], secret=settings.PERSON_KEY),
    )  # fmt: skip
    if done.is_new and contact and contact.email:
        outbox.leave(done.number, actor=ACTOR)
    own = reverse("api:application", args=[done.number])
    answer = {
        "_links": {"self": {"href": own}, "pagina": {"href": reverse("schemes:application", args=[key])}},
        "nummer": done.number,
        "bewijs": done.proof,
        "ontvangenOp": iso(done.received_at),
        "compleetOp": iso(done.complete_at) if done.complete_at else None,
    }
    response = JsonResponse(answer, status=201 if done.is_new else 200)
    response["Location"] = own
    return response


@router.get(
    "/aanvragen", response=Gevonden, operation_id="vindAanvraag", summary="De aanvraag met deze sleutel",
    description="Voor wie geen antwoord kreeg: de sleutel waarmee is aangevraagd, in de header.",
)  # fmt: skip
def applications(
    request: HttpRequest,
    idempotency_key: Annotated[UUID, Header(..., alias=KEY, description="De sleutel waarmee is aangevraagd.")],
) -> dict[str, Any]:
    """One or none."""
    row = queries.by_key(key=idempotency_key)
    found = [] if row is None else [_application(row)]
    return {
        "links": links(self=to("applications")), "pagina": 1, "paginagrootte": 1, "totaal": len(found),
        "resultaten": found,
    }  # fmt: skip


@router.get(
    "/aanvragen/{nummer}", response=Aanvraag, operation_id="toonAanvraag",
    summary="Een aanvraag, en wat ermee gebeurd is",
    description="Met het bewijs van het ontvangstbewijs in de header. Een ander bewijs en een ander nummer geven "
    "hetzelfde antwoord: 404.",
)  # fmt: skip
def application(
    request: HttpRequest,
    nummer: str,
    bewijs: Annotated[str, Header(..., alias="Bewijs", description="Het bewijs van het ontvangstbewijs.")],
) -> dict[str, Any]:
    """By number and proof."""
    return _application(shown(nummer, bewijs))


def shown(nummer: str, bewijs: str) -> ReceiptRow:
    """The application of who has the proof. NotFoundError for another: the same answer for none."""
    row = by_number(number=nummer, proof=bewijs)
    if row is None:
        raise NotFoundError(f"Er is geen aanvraag {nummer[:20]} met dit bewijs. Neem beide over van de ontvangst.")
    return row


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.headers.get(KEY, ""))
    except ValueError:
        raise InputError(WANTED_KEY) from None


def _told(request: HttpRequest) -> dict[str, Any]:
    told = read_body(request)
    if not isinstance(told, dict) or set(told) - {"bereikbaar"} != {"aanvrager", "feiten"}:
        raise InputError("Stuur aanvrager en feiten, misschien bereikbaar, en niets anders.")
    if not isinstance(told["aanvrager"], str) or not isinstance(told["feiten"], dict):
        raise InputError("aanvrager is een tekst, feiten zijn namen met waarden.")
    return told


def read_body(request: HttpRequest) -> Any:
    """What was sent as JSON. InputError for what is none, or too much."""
    if len(request.body) > MOST_BYTES:
        raise InputError(f"Dit is te lang: hoogstens {MOST_BYTES} bytes.")
    try:
        told = json.loads(request.body)
        json.dumps(told, ensure_ascii=False).encode()  # half a sign (a lone surrogate) is no text
    except (ValueError, RecursionError):
        raise InputError("Stuur JSON in UTF-8, niet dieper genest dan een aanvraag is.") from None
    return told


def _application(row: ReceiptRow) -> dict[str, Any]:
    own, together_at = (
        own_case_if_any(row.number, on=timezone.localdate()),
        queries.hears_after(scheme=row.scheme, at=row.received_at),
    )
    return {
        "links": links(self=to("application", nummer=row.number), regeling=to("scheme", regeling=row.scheme)),
        "nummer": row.number,
        "regeling": row.scheme,
        "aanvrager": row.applicant,
        "feiten": json.loads(row.facts),
        "bewijs": row.proof,
        "bewijs_klopt": row.proof_holds,
        "bewijs_regel": row.proof_line,
        "ontvangen_op": row.received_at,
        "compleet_op": row.complete_at,
        "hoort_na": together_at,
        "fase": own.stage.value if own else None,
        "toegekend_centen": own.granted_cents if own else 0,
        "betaald_centen": own.paid_cents if own else 0,
        "uitkomsten": [_outcome(one) for one in row.decisions],
        "hierna": _coming(row, own, together_at),
    }


def _outcome(one: DecisionRow) -> dict[str, Any]:
    return {
        "moment": one.decided_at, "bedrag_centen": one.cents, "reden": reason(why(one.reason)),
        "gevraagd_centen": one.asked_cents, "over_centen": one.left_cents, "wacht": one.waits,
    }  # fmt: skip


def _coming(row: ReceiptRow, own: OwnCase | None, together_at: datetime | None) -> list[dict[str, Any]]:
    """What comes next, as the page of the application tells it."""
    today = timezone.localdate()
    if own and own.taken_back_on:
        return []
    if row.complete_at is None:
        return [{"stap": "aanvullen", "uiterlijk": _end(Clock.COMPLETION, day_of(row.received_at), today)}]
    if own and own.object_by is None and own.waits_for == Clock.COMPLETION.value and own.term_ends:
        return [{"stap": "aanvullen", "uiterlijk": own.term_ends}]
    if own is None or own.object_by is None:
        end = (own and own.term_ends) or _end(Clock.DECISION, day_of(row.complete_at), today)
        if together_at:
            end = max(end, _end(Clock.DECISION, day_of(together_at), today))
        return [{"stap": "besluiten", "uiterlijk": end}]
    paying = own.term_ends if own.waits_for == Clock.PAYMENT.value else None
    steps = {"betalen": paying, "bezwaar-maken": own.object_by if own.object_by >= today else None}
    return [{"stap": step, "uiterlijk": day} for step, day in steps.items() if day]


def _end(clock: Clock, after: date, today: date) -> date:
    return term(clock, after=after, clocks=read_clocks(on=today)).value.last_day
