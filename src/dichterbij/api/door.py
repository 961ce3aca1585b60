"""What holds for every answer: the version, kept by nobody, no unknown question, and every error as a problem."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseBase

from dichterbij.api import VERSION
from dichterbij.api.problems import NOT_HERE, problem

NUL = "\0"  # no text that the database keeps has it
View = Callable[..., HttpResponseBase]


def guarded(view: View, queries: frozenset[str] = frozenset()) -> View:
    """The view, behind the door. `queries`: what may stand after the question mark."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return signed(_answer(view, queries, request, *args, **kwargs))

    return asked


def signed(response: HttpResponseBase) -> HttpResponseBase:
    """The answer with what each one carries."""
    response["API-Version"] = VERSION
    response["Cache-Control"] = "no-store"
    return response


def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """Every other address."""
    return signed(problem(404, NOT_HERE))


def _answer(
    view: View, queries: frozenset[str], request: HttpRequest, *args: object, **kwargs: object
) -> HttpResponseBase:
    if NUL in request.path:
        return problem(404, NOT_HERE)
    if any(NUL in value for value in request.GET.values()):
        return problem(400, "Er staat een teken achter het vraagteken dat geen tekst is.", code="input")
    strays = sorted(set(request.GET) - queries)
    if strays:
        may = f"wel: {', '.join(sorted(queries))}" if queries else "er hoort hier niets achter het vraagteken"
        fouten = [{"veld": one[:80], "fout": "deze vraag bestaat niet"} for one in strays]
        return problem(400, f"{strays[0][:80]} bestaat niet; {may}.", code="input", fouten=fouten)
    asked, request.method = request.method, "GET" if request.method == "HEAD" else request.method
    try:
        response = view(request, *args, **kwargs)  # HEAD is answered as GET; who serves it leaves the body out
    except Http404:
        return problem(404, NOT_HERE)
    finally:
        request.method = asked
    if response.status_code == 405:
        refused = problem(405, f"Hier kan: {response['Allow']}.")
        refused["Allow"] = response["Allow"]
        return refused
    return response
