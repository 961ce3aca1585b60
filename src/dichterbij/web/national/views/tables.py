"""Regional tables: agenda and outcomes, kept by the coordinator and read by who works in the region."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import read_permissions
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ChangedError
from dichterbij.domains.network.queries import TableRow
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.national.forms import region_names
from dichterbij.web.national.table_form import TableForm
from dichterbij.web.national.views.pages import actor_of, done, file, page


@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest) -> HttpResponse:
    """Every table of the region, or of all, to search; and a new one."""
    _check_writes(request)
    actor = actor_of(request)
    form = TableForm(request.POST if request.method == "POST" else None, region=actor.region)
    if request.method == "POST" and form.is_valid() and (key := _kept(request, form, None)):
        return done("table", "national:table", key)
    rows = _found(request)
    context = {
        "rows": rows, "names": region_names(), "form": form, "may_write": _may_write(request),
        "region": request.GET.get("regio", ""), "search": _words(request), "query": request.GET.urlencode(),
        "waiting": sum(row.lacks_outcomes for row in rows), "is_filtered": bool(request.GET),
    }  # fmt: skip
    return page(request, "tables.html", context, status=422 if form.errors else 200)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """What the page shows, as a file."""
    names = region_names()
    head = [_("Region"), _("Day"), _("About"), _("Who is at the table"), _("Agenda"), _("Outcomes"), _("Version")]
    lines = [
        [names.get(row.region, row.region), row.on, row.subject, row.parties, row.agenda, row.outcomes, row.version]
        for row in _found(request)
    ]
    return file("werktafels", head, lines)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One table with what was written before; for who keeps it also the form."""
    _check_writes(request)
    versions = queries.table(actor=actor_of(request), key=key, now=timezone.now())
    if not versions:
        raise Http404
    form = TableForm(request.POST if request.method == "POST" else None, row=versions[0])
    if request.method == "POST" and form.is_valid() and _kept(request, form, key):
        return done("table", "national:table", key)
    context = {
        "row": versions[0], "before": versions[1:], "names": region_names(), "form": form,
        "may_write": _may_write(request),
    }  # fmt: skip
    return page(request, "table.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: TableForm, key: UUID | None) -> UUID | None:
    """The number of the table that was written; None when it could not be, and the form says why."""
    actor, now, table = actor_of(request), timezone.now(), form.table(invented=settings.DEMO)
    try:
        if key is None:
            return actions.plan_table(actor=actor, table=table, now=now)
        version = int(form.cleaned_data["version"] or 0)
        actions.amend_table(actor=actor, key=key, table=table, version=version, now=now)
    except (NotFoundError, NotAllowedError):
        raise Http404 from None
    except InputError as error:
        field = str(error.fields.get("field"))
        is_early = field == "outcomes" and table.on > timezone.localdate(now)
        early = _("There are no outcomes before the day itself.")
        other = _("This cannot be kept as it is. Look at it again.")
        form.add_error(field if field in form.fields else None, early if is_early else other)
        return None
    except ChangedError:
        form.add_error(None, _("Somebody else wrote something here. Open it again: your words are still below."))
        return None
    return key


def _check_writes(request: HttpRequest) -> None:
    """Whoever only reads does not write; there is no such form for them."""
    if request.method == "POST" and not _may_write(request):
        raise Http404


def _may_write(request: HttpRequest) -> bool:
    return read_permissions(timezone.localdate()).may_open(actor_of(request).role, "national:contacts")


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("zoek", "").split())[:80]


def _found(request: HttpRequest) -> list[TableRow]:
    region, typed = request.GET.get("regio", ""), _words(request).casefold().split()
    rows = queries.tables(actor=actor_of(request), now=timezone.now())
    return [
        row
        for row in rows
        if (not region or row.region == region)
        and all(word in f"{row.subject} {row.parties} {row.agenda} {row.outcomes}".casefold() for word in typed)
    ]
