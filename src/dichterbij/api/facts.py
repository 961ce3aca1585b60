"""The facts of an application as programs send them: the names of a scheme's file, because its proof is over them."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema

from dichterbij.domains.schemes.rules.persons import LONGEST_NAME
from dichterbij.domains.schemes.rules.scheme import Applicant

KVK = Field(None, pattern=r"^kvk:\d{8}$", examples=["kvk:12345678"])


class Persoon(Schema):
    """Over wie het gaat. Hiervan wordt meteen een code gemaakt, dezelfde als van het formulier; alleen die blijft."""

    model_config = ConfigDict(extra="forbid")

    naam: str = Field(min_length=1, max_length=LONGEST_NAME, description="Voornaam en achternaam.")
    geboortedatum: date


class Feiten(Schema):
    """Waar de regels van een regeling naar kijken. Deze namen staan ook in het bestand van de regeling (Engels)."""

    model_config = ConfigDict(extra="forbid")

    applicant: Applicant = Field(description="Wie vraagt: een van `aanvragers` van de regeling.")
    employer: str | None = KVK
    group: str | None = KVK
    person: Persoon | None = None
    category: str | None = Field(None, description="Een van `soorten` van de regeling.")
    quantity: int = Field(1, description="Hoeveel eenheden, zoals weken.")
    cost_cents: int = Field(0, description="Wat het kost, in centen.")
    own_cents: int = Field(0, description="Wat de aanvrager zelf betaalt, in centen.")
    score: int = Field(0, description="Punten, waar een regeling die kent.")
    start: date | None = Field(None, description="De dag waarop het begint.")
    met: list[str] = Field([], description="Welke `voorwaarden` van de regeling waar zijn.")


# Read by the rules themselves (schemes.rules.written), which name every mistake: one place says what may be sent.
Facts = Annotated[dict[str, Any], WithJsonSchema({})]  # described as Feiten
EXAMPLE = {
    "applicant": "employer", "employer": "kvk:12345678",
    "person": {"naam": "Sami Verzonnen", "geboortedatum": "1985-03-14"},
    "category": "open_hiring", "start": "2022-07-01", "met": ["interview", "unused_potential"],
}  # fmt: skip
