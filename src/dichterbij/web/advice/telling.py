"""What an employer tells in the address: answers about an opening, never about a person, and a region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from dichterbij.domains.regions.errors import AreaNotFoundError
from dichterbij.domains.regions.queries import areas
from dichterbij.domains.routes import queries
from dichterbij.domains.routes.rules import advice
from dichterbij.domains.routes.rules.values import AdviceRules

REGION = "regio"


@dataclass(frozen=True)
class Told:
    """The answers that exist, and the region in its code and name; empty when not known."""

    rules: AdviceRules
    answers: Mapping[str, str]
    region: str
    region_name: str
    on: date

    def query(self, **changes: str | int) -> str:
        """The same as a query, with changes; an empty text takes one out."""
        values = {**self.answers, REGION: self.region, **{key: str(value) for key, value in changes.items()}}
        kept = {key: value for key, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def told_in(request: HttpRequest) -> Told:
    """What the address of this page tells; what it cannot be is as if it were not there."""
    today = timezone.localdate()
    rules = queries.advice_rules(today)
    region, name = _region(request.GET)
    given = {question.code: request.GET.get(question.code, "") for question in rules.questions}
    return Told(rules, advice.known(rules, given), region, name, today)


def _region(given: QueryDict) -> tuple[str, str]:
    code = given.get(REGION, "")
    try:
        return (code, areas.region(code).name) if len(code) == 4 else ("", "")
    except AreaNotFoundError:
        return "", ""
