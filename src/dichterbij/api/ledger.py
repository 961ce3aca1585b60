"""The ledger for an auditor's program: all of it to take along, and whether it is as it was written."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from dichterbij.api.keys import Key, program
from dichterbij.api.problems import problem
from dichterbij.api.shapes import Geheel, Shape, links, to
from dichterbij.domains.budget import actions, queries
from dichterbij.domains.budget.queries.export import export_bare_csv, export_journal

router = Router(tags=["Geld"], by_alias=True, auth=Key())
FORMS: Mapping[str, Callable[[], Iterator[str]]] = {
    "text/csv": export_bare_csv,
    "text/plain": lambda: export_journal(is_bare=True),
}
KINDS: Mapping[queries.Kind, str] = {
    queries.Kind.CHANGED: "veranderd", queries.Kind.REMOVED: "weg", queries.Kind.GAP: "gat", queries.Kind.LOOSE: "los",
    queries.Kind.UNTIED: "losse-overboeking", queries.Kind.BALANCE: "saldo", queries.Kind.OTHER_HEAD: "andere-kop",
}  # fmt: skip


class Afwijking(Shape):
    """Iets wat niet klopt: waar in de keten, en over welke boeking, overboeking of rekening."""

    soort: str = Field(description=f"Een van: {', '.join(KINDS.values())}.")
    plaats: int | None
    over: str


class Controle(Geheel):
    """Of het hele grootboek nog is zoals het is opgeschreven. Dat is net opnieuw uitgerekend."""

    is_heel: bool
    boekingen: int
    overboekingen: int
    verschil_centen: int = Field(description="Alle saldi samen: nul als het klopt.")
    kop: str | None = Field(description="Bewaar deze elders, en geef hem de volgende keer mee.")
    fouten: list[Afwijking] = Field(description="De eerste honderd.")


@router.get(
    "/geld/grootboek", operation_id="neemGrootboekMee", summary="Het hele grootboek, voor wie het controleert",
    description="Elke overboeking, in centen, als tabel (`Accept: text/csv`) of als boekhouding in platte tekst voor "
    "hledger (`Accept: text/plain`). Zonder wie het boekte, waarom, en voor welke aanvraag. Met een sleutel die "
    "`audit_money` mag.",
    openapi_extra={"responses": {200: {"content": {form: {"schema": {"type": "string"}} for form in FORMS}}}},
)  # fmt: skip
def ledger(request: HttpRequest) -> HttpResponseBase:
    """Streamed, line by line."""
    form = request.get_preferred_type([*FORMS])
    if form is None:
        return problem(406, f"Vraag met Accept om een van: {', '.join(FORMS)}.", code="input")
    actions.note_export(kind=form, actor=str(program(request)), now=timezone.now())
    return StreamingHttpResponse(FORMS[form](), content_type=f"{form}; charset=utf-8", headers={"Vary": "Accept"})


@router.get(
    "/geld/grootboek/controle", response=Controle, operation_id="controleerGrootboek",
    summary="Is het grootboek nog zoals het is opgeschreven?",
    description="Rekent elke schakel van de keten en elk saldo opnieuw uit. Met een sleutel die `audit_money` mag.",
)  # fmt: skip
def verify(
    request: HttpRequest,
    kop: Annotated[
        str | None, Query(None, description="Een kop van eerder, die elders is bewaard: die moet er nog zijn.")
    ],
) -> dict[str, Any]:
    """As `dichterbij ledger verify`."""
    found = queries.verify(kept=queries.read_head(kop) if kop else None)
    return {
        "links": links(self=to("verify"), grootboek=to("ledger")),
        "is_heel": found.is_whole,
        "boekingen": found.links,
        "overboekingen": found.transfers,
        "verschil_centen": found.off_cents,
        "kop": str(found.head) if found.head else None,
        "fouten": [{"soort": KINDS[one.kind], "plaats": one.place, "over": one.about} for one in found.faults],
    }
