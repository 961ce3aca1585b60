"""How who applies can be reached: kept apart from what is decided on, with a mail that it came."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Schema
from pydantic import ConfigDict, Field

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.actions.contacting import Compose
from dichterbij.domains.schemes.rules import files
from dichterbij.domains.schemes.rules.applying import applying
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.shared.errors import InputError

Confirming = Callable[[Scheme, NewContact], Compose]
LANGUAGES = ("nl", "en")
_confirming: list[Confirming] = []  # whoever puts the house together says who writes the mail


class Bereikbaar(Schema):
    """Hoe de aanvrager bereikt en betaald kan worden. Staat los van wat beslist, en gaat na een termijn weg."""

    model_config = ConfigDict(extra="forbid")

    email: str = Field("", description="Krijgt een bericht met het nummer, en als er een brief is.")
    rekening: str = Field("", description="IBAN waarop betaald kan worden.", examples=["NL91ABNA0417164300"])
    taal: str = Field("nl", description="nl of en.")


def confirm_with(confirming: Confirming) -> None:
    """From now on this makes the mail."""
    _confirming[:] = [confirming]


def check_sign_in(slug: str) -> None:
    """NotAllowedError for a scheme whose applicants sign in: a program cannot do that for them."""
    if slug in files.slugs() and not applying(slug).without_sign_in:
        raise NotAllowedError(
            "Voor deze regeling logt de aanvrager in met eHerkenning. Gebruik het formulier op de site."
        )


def reached(request: HttpRequest, told: object) -> NewContact | None:
    """What was told, with the address where number and code open the application. InputError for what is none of it."""
    if told is None:
        return None
    if not isinstance(told, dict) or set(told) - set(Bereikbaar.model_fields):
        raise InputError(f"bereikbaar heeft {', '.join(Bereikbaar.model_fields)}, elk een tekst, en niets anders.")
    if not all(isinstance(one, str) for one in told.values()) or told.get("taal", "nl") not in LANGUAGES:
        raise InputError("email, rekening en taal zijn teksten; taal is nl of en.")
    link = request.build_absolute_uri(reverse("schemes:find"))
    given: dict[str, Any] = {"email": told.get("email", ""), "account": told.get("rekening", "")}
    return NewContact(**given, language=told.get("taal", "nl"), link=link).checked()


def mail(slug: str, contact: NewContact | None) -> Compose | None:
    """What makes the mail that it came; None for who told no address."""
    if contact is None or not contact.email or not _confirming:
        return None
    here = queries.opened_last(scheme=slug, now=timezone.now())
    return _confirming[0](here.scheme, contact) if here else None
