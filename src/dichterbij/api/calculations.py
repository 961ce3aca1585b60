"""What would somebody get, and why? Nothing that is sent is kept."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import AwareDatetime, Field

from dichterbij.api.facts import EXAMPLE, Facts
from dichterbij.api.schemes import read_scheme
from dichterbij.api.shapes import Asked, Geheel, Moment, Shape, Tekst, links, text, to
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.rules.judging import judge
from dichterbij.domains.schemes.rules.moments import micros, moment_of
from dichterbij.domains.schemes.rules.persons import with_code
from dichterbij.domains.schemes.rules.reasons import Why, reason_texts
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.domains.schemes.rules.showing import may_calculate
from dichterbij.domains.schemes.rules.written import check_conditions, check_who, read_facts
from dichterbij.rules.outcome import Reason

router = Router(tags=["Regelingen"], by_alias=True)
SOMEBODY, SOME_EMPLOYER = "person:" + "0" * 32, "kvk:00000000"


class Berekenen(Asked):
    """Wat er gevraagd zou worden, en wanneer."""

    feiten: Facts = Field(examples=[EXAMPLE])
    moment: AwareDatetime | None = Field(
        None, description="Alsof de aanvraag op dit moment compleet is; anders nu, of het begin van de regeling."
    )


class Reden(Shape):
    """Waarom: een vaste code, een tekst, en waar dat staat."""

    code: str
    tekst: Tekst
    grond: str


class Aantal(Shape):
    """Hoe vaak een reden."""

    reden: Reden
    aantal: int


class Stap(Shape):
    """Een regel die is toegepast, waar die staat, en waar die naar keek."""

    regel: str
    bron: str
    gegevens: dict[str, Any]


class Berekening(Geheel):
    """Wat de regels geven als er geld genoeg is. Dit is geen besluit."""

    regeling: str
    versie: date
    digest: str
    moment: Moment
    is_oefening: bool
    is_toegekend: bool
    bedrag_centen: int
    eigen_centen: int = Field(description="Wat de aanvrager zelf moet aantonen te betalen.")
    verantwoording: str | None = Field(
        description="Hoeveel bewijs gevraagd wordt; een van `bewijsstukken` van de regeling."
    )
    reden: Reden
    stappen: list[Stap]


@router.post(
    "/regelingen/{regeling}/berekeningen", response=Berekening, operation_id="bereken",
    summary="Wat zou ik krijgen, en waarom?",
    description="Rekent een aanvraag uit zoals de beslisser dat doet, als er geld genoeg is. Bewaart niets.",
)  # fmt: skip
def calculation(request: HttpRequest, regeling: str, gevraagd: Berekenen) -> dict[str, Any]:
    """The amount with every rule that led to it."""
    read, now = read_scheme(regeling), timezone.now()
    if not may_calculate(read, now):
        raise NotPossibleError(f"{regeling} is niet open en heeft geen oefening: er valt niets te berekenen.")
    asked = read.as_exercise() if read.may_exercise else read
    moment = gevraagd.moment or _usual(read, now)
    facts = read_facts(with_code(gevraagd.feiten, secret=settings.PERSON_KEY), complete_at=moment)
    check_conditions(asked, facts)
    check_who(asked, facts)
    whole = replace(facts, person=facts.person or SOMEBODY, employer=facts.employer or SOME_EMPLOYER)
    outcome = judge(asked, whole)
    judged = outcome.value
    return {
        "links": links(regeling=to("scheme", regeling=regeling)),
        "regeling": regeling,
        "versie": read.version,
        "digest": read.digest,
        "moment": moment,
        "is_oefening": asked.is_exercise,
        "is_toegekend": judged.is_eligible,
        "bedrag_centen": judged.cents,
        "eigen_centen": judged.own_cents,
        "verantwoording": judged.evidence.value if judged.evidence else None,
        "reden": reason(judged.why),
        "stappen": [_step(one) for one in outcome.reasons],
    }


def reason(why: Why) -> dict[str, Any]:
    """A reason with its text."""
    found = reason_texts()[why]
    return {"code": why.slug, "tekst": text(found.words), "grond": found.basis}


def _usual(read: Scheme, now: datetime) -> datetime:
    """Now in a window; else the first moment of the first."""
    inside = any(one.opens <= micros(now) < one.ends for one in read.periods)
    return now if inside else moment_of(read.periods[0].opens)


def _step(one: Reason) -> dict[str, Any]:
    inputs = {name: value if isinstance(value, int | str) else str(value) for name, value in one.inputs.items()}
    return {"regel": one.rule, "bron": one.source, "gegevens": inputs}
