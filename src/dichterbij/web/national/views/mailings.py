"""Letters to contact persons: write, look at the addresses, send once, and see what became of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.errors import ChangedError, SentError
from dichterbij.domains.network.queries import Delivered, MailingRow
from dichterbij.domains.network.rules import LONGEST_LINE
from dichterbij.domains.network.rules.addresses import about
from dichterbij.domains.network.rules.answers import days_in
from dichterbij.domains.post.rules import LetterState
from dichterbij.gateways import outbox
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.content.pages import page as content_page
from dichterbij.web.national import forms, words
from dichterbij.web.national.views.pages import actor_of, done, file, page

ALDERMEN = "aldermen"
MOST_SHOWN = 100_000  # letters of addresses that a page sends back


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    return page(request, "mailings.html", {"rows": queries.mailings(actor=actor_of(request), now=timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new one."""
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Change one that was not sent."""
    row, _to = found(request, mailing)
    if row.sent_at:
        raise Http404
    return _written(request, row)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Its text and its addresses; before it is sent the buttons to do so.

    Hundreds of letters are no work for a page: they leave by `dichterbij letters send`. A demonstration has no such
    timer; it puts them in its folder at once.
    """
    row, to = found(request, mailing)
    move, failed = request.POST.get("move", ""), ""
    given: dict[str, Any] = {"actor": actor_of(request), "mailing": mailing, "now": timezone.now()}
    try:
        if move == "send":
            actions.send_mailing(**given, seen=request.POST.get("seen", ""))
            if settings.DEMO:
                outbox.send(actor=str(actor_of(request)), now=timezone.now(), about=about(mailing))
            return done("sent", "national:mailing", mailing)
        if move == "aside":
            actions.withdraw_mailing(**given)
            return done("aside", "national:mailings")
        if move == "restore":
            actions.restore_mailing(**given)
            return done("restored", "national:mailing", mailing)
    except SentError:
        failed = _("This was sent already. Nobody gets it twice.")
    except (ChangedError, InputError):
        failed = _("This changed since you looked, so nothing was sent. Look at it again, then send.")
    if failed:
        row, to = found(request, mailing)
    states = [one.state for one in to]
    context = {
        "row": row, "to": to, "failed": failed, "kinds": dict(forms.kinds()),
        "changed": _changed(request, to) if failed else {},
        "was": " ".join(one.to.email for one in to), "passed": _passed(row),
        "shared": sum(len(one.to.kinds) > 1 for one in to),
        "counts": [(words.LETTERS[state], states.count(state)) for state in LetterState if state in states],
        "waits": any(state in (LetterState.WAITING, LetterState.SENDING) for state in states),
    }  # fmt: skip
    return page(request, "mailing.html", context, status=(409 if failed else 422) if request.method == "POST" else 200)


def _changed(request: HttpRequest, to: Sequence[Delivered]) -> dict[str, list[str]]:
    """Which addresses came and went since the page was looked at; both empty when it was the text."""
    was = set(request.POST.get("was", "")[:MOST_SHOWN].split())
    now = {one.to.email for one in to}
    return {"came": sorted(now - was), "went": sorted(was - now)}


def _passed(row: MailingRow) -> tuple[date, ...]:
    """Days in a text that is still to be sent that have passed: an older letter's, or a slip."""
    today = timezone.localdate()
    return tuple(day for day in days_in(f"{row.subject}\n{row.text}") if day < today) if row.sent_at is None else ()


@require_safe
def as_csv(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """The addresses of one as a file, with what became of each."""
    _row, to = found(request, mailing)
    names, kinds = forms.region_names(), dict(forms.kinds())
    head = [_("E-mail"), _("Name"), _("Region"), _("Speaks for the region about"), _("State")]
    lines = [
        [one.to.email, one.to.name, ", ".join(names.get(code, code) for code in one.to.regions),
         ", ".join(kinds.get(kind, kind) for kind in one.to.kinds), words.LETTERS[one.state] if one.state else ""]
        for one in to
    ]  # fmt: skip
    return file("adressen", head, lines)


def _written(request: HttpRequest, row: MailingRow | None) -> HttpResponse:
    names = ("kinds", "regions", "subject", "text", "answer_by")
    initial = {name: getattr(row, name) for name in names} if row else _begun(request)
    form = forms.MailingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.write_mailing(
                actor=actor_of(request), subject=given["subject"], text=given["text"], kinds=given["kinds"],
                only=given["regions"], now=timezone.now(), mailing=row.id if row else None,
                answer_by=given["answer_by"],
            )  # fmt: skip
        except InputError as error:
            form.add_error(str(error.fields["field"]), _("This cannot be kept as it is. Look at it again."))
        except SentError:
            form.add_error(None, _("This was sent already. Nobody gets it twice."))
        else:
            return done("written", "national:mailing", made)
    return page(request, "write.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def _begun(request: HttpRequest) -> dict[str, Any]:
    """A new one; `na` an earlier letter: to the regions that did not answer it; `brief`: the letter to aldermen."""
    if request.GET.get("brief") == ALDERMEN:
        text = content_page("national", ALDERMEN, "nl")  # whom it goes to reads Dutch
        return {"kinds": ["alderman"], "subject": text.title, "text": text.section["text"].body.strip()}
    try:
        earlier = UUID(request.GET.get("na", ""))
    except ValueError:
        return {}
    row, _to = found(request, earlier)
    rows = queries.region_answers(actor=actor_of(request), mailing=earlier, now=timezone.now())
    waiting = [one.region.code for one in rows if not one.state.is_answered]
    subject = _("Reminder: %(subject)s") % {"subject": row.subject}
    return {"kinds": row.kinds, "regions": waiting, "subject": subject[:LONGEST_LINE], "text": row.text}


def found(request: HttpRequest, mailing: UUID) -> tuple[MailingRow, tuple[Delivered, ...]]:
    try:
        return queries.mailing(actor=actor_of(request), mailing=mailing, now=timezone.now())
    except NotFoundError:
        raise Http404 from None
