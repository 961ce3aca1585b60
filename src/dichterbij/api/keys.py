"""A program that proves who it is: a key in the header `Authorization: Bearer ...`, with the rights it was given."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from dichterbij.api.problems import problem
from dichterbij.domains.accounts import actions, queries
from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.queries import ProgramRow
from dichterbij.domains.accounts.rules import sign_in_terms
from dichterbij.gateways.often import count_sending, network_address

KIND = "wrong key"
REALM = 'Bearer realm="dichterbij"'
WANTED = "Zet de sleutel van het programma in de header Authorization: Bearer SLEUTEL. Wie deze site beheert geeft die."
WRONG = "Deze sleutel geldt niet, of niet meer. Wie deze site beheert geeft een nieuwe."
OFTEN = "Vanaf dit adres kwamen dit uur te veel sleutels die niet bestaan. Probeer het over een uur nog eens."


class Key(HttpBearer):
    """Asks the permission table which right this operation needs."""

    def authenticate(self, request: HttpRequest, token: str) -> ProgramRow | None:
        """The program. NotAllowedError without the right.

        TooOftenError for a key of nobody after too many from here; every key is looked up in the same way first:
        who guesses locks nobody out who shares an address.
        """
        now = timezone.now()
        on = timezone.localdate(now)
        found = queries.by_shown_key(key=token, on=on)
        if found.program is None:
            if not found.is_over:  # one that was a key once is nobody who guesses
                count_sending(KIND, network_address(request), problem=OFTEN, most=sign_in_terms(on).wrong_keys)
                actions.refuse_key(now=now)
            return None
        if not found.program.may(_route(request), on):
            raise NotAllowedError("Deze sleutel is voor iets anders gegeven. Vraag wie deze site beheert om dit recht.")
        return found.program


def unknown(request: HttpRequest, error: AuthenticationError) -> JsonResponse:
    """For who showed no key, or one that opens nothing."""
    showed = "Authorization" in request.headers
    response = problem(401, WRONG if showed else WANTED, code="no_key")
    response["WWW-Authenticate"] = f'{REALM}, error="invalid_token"' if showed else REALM
    return response


def program(request: HttpRequest) -> ProgramRow:
    """Who asks, in an operation behind a key."""
    found = request.auth  # type: ignore[attr-defined]
    assert isinstance(found, ProgramRow)  # noqa: S101 - the key was asked before
    return found


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""
