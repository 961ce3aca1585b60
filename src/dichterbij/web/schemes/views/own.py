"""Applications of one's own: the page of one, its letters, applying once more, and all of who is signed in."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dichterbij.domains.openings.queries import SenderRow, message_of, sender_of
from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries.cases import own_case_if_any
from dichterbij.domains.schemes.rules.procedure.payments import masked
from dichterbij.domains.schemes.rules.proof import code_of
from dichterbij.domains.schemes.rules.reasons import Why
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.login.who import kvk_of, standing_of
from dichterbij.web.schemes import coming, drafts, present
from dichterbij.web.schemes.document_field import DocumentForm
from dichterbij.web.schemes.forms import SchemeForm
from dichterbij.web.schemes.views.catalogue import scheme_or_404
from dichterbij.web.site.private import private

ACTOR = "employer without account"
MOST_TYPED = 100
STARTED = (Why.STARTED_TOO_EARLY.slug, Why.STARTED_TOO_LATE.slug)
# What an employer ticks when placing an opening, as the categories of a scheme call it.
KINDS = {"open_hiring": "open_hiring", "split": "jobcarving", "learn_work": "learn_work"}


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Where a mail leads to: number and code open the page of an application. The mail holds no code."""
    number, code = (request.POST.get(name, "")[:MOST_TYPED].strip() for name in ("number", "code"))
    key = queries.key_of(number=number, code=code) if number and code else None
    if key:
        return private(redirect("schemes:application", key))
    is_sent = request.method == "POST"
    context = {"number": number, "is_wrong": is_sent}
    return private(render(request, "schemes/find.html", context, status=422 if is_sent else 200))


@require_safe
def application(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt, and what happened and happens next. Only who sent it knows this address: no mail holds it."""
    return _page(request, key, DocumentForm())


@require_POST
def send(request: HttpRequest, key: UUID) -> HttpResponse:
    """A document that was asked. What is wrong with it is said beside it."""
    row, form = row_of(key), DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        name, content = form.cleaned_data["document"]
        try:
            document = cases.read_document(kind="other", title=name, content=content)
            cases.send_missing(number=row.number, document=document, now=timezone.now())
        except InputError:
            form.add_error("document", _("Choose a PDF, PNG or JPEG of at most 10 MB."))
        except NotPossibleError:
            form.add_error(None, _("Nothing more can be sent here now. Call us and name your number."))
        else:
            return private(redirect(f"{reverse('schemes:application', args=[key])}?verstuurd=1"))
    return _page(request, key, form, status=422)


def _page(request: HttpRequest, key: UUID, form: DocumentForm, *, status: int = 200) -> HttpResponse:
    row = row_of(key)
    own, contact, now = (
        own_case_if_any(row.number, on=timezone.localdate()),
        queries.contact_of(row.number),
        timezone.now(),
    )
    read = scheme_or_404(row.scheme)
    together_at = queries.hears_after(scheme=row.scheme, at=row.received_at)
    context = {
        "key": key,
        "row": row,
        "own": own,
        "done": request.GET.get("gedaan", ""),
        "can_be_taken_back": coming.can_be_taken_back(row, own),
        "card": present.card(read, now),
        "is_about_one": present.is_about_one(read),
        "most": present.most_together(read),
        "days": present.days_that_count(read) if row.decisions and row.decisions[-1].reason in STARTED else "",
        "steps": coming.steps(row, own, timezone.localdate(), together_at),
        "together_at": together_at,
        "answer": coming.answer(row),
        "is_otherwise": coming.is_otherwise(row, own),
        "misses": bool(own and own.misses),
        "facts": coming.told(row),
        "contact": contact,
        "email": present.hidden(contact.email) if contact else "",
        "account": masked(contact.account) if contact else "",
        "code": code_of(row.proof),
        "may_apply_again": row.scheme in queries.open_schemes(now=now),
        "is_mine": bool(contact and contact.kvk and contact.kvk == kvk_of(request)),
        "form": form,
        "is_sent": "verstuurd" in request.GET,
    }
    return private(render(request, "schemes/application.html", context, status=status))


@require_safe
def letter(request: HttpRequest, key: UUID, letter: int) -> HttpResponse:
    """A letter as it was sent, to the byte."""
    try:
        content, digest = queries.own_letter(key=key, letter=letter)
    except NotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="brief-{letter}-{digest[:8]}.pdf"'
    return private(response)


@require_POST
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """The form once more, with who asks filled in. How they are reached and paid goes along without being shown."""
    row, known = row_of(key), queries.known_from(key=key)
    told: dict[str, Any] = {drafts.KNOWN: "application", "key": str(uuid4()), "before": str(key)}
    if known:
        names = ("organisation", "kvk", "group", "applicant", "category")
        told |= {name: getattr(known, name) for name in names}
    return drafts.keep(request, redirect("schemes:apply", row.scheme), row.scheme, told)


@require_POST
def from_message(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a scheme with what an opening told, which was placed with this secret link."""
    scheme_or_404(slug)
    token, now = request.POST.get("token", ""), timezone.now()
    try:
        row = message_of(token=token)
    except NotFoundError:
        raise Http404 from None
    sender = sender_of(token=token, actor=ACTOR, purpose="applying for a scheme", now=now)
    kinds = [KINDS[one] for one in row.asked.get("willing", ()) if one in KINDS]
    told = {drafts.KNOWN: "message", "key": str(uuid4()), **_of_sender(sender, request)}
    told |= {"category": kinds[0]} if len(kinds) == 1 else {}
    return drafts.keep(request, redirect("schemes:apply", slug), slug, told)


@require_POST
def from_calculator(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a scheme with the answers that were given to the calculator."""
    asked = SchemeForm(scheme_or_404(slug)).fields
    told = {name: value[:MOST_TYPED] for name, value in request.POST.items() if name in asked and name != "quantity"}
    told |= {drafts.KNOWN: "calculator", "key": str(uuid4())}
    return drafts.keep(request, redirect("schemes:apply", slug), slug, told)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What was sent signed in as this undertaking, the newest first."""
    kvk = kvk_of(request)
    found = queries.own_applications(kvk=kvk) if kvk else ()
    now = timezone.now()
    titles = {one.row.scheme: present.card(scheme_or_404(one.row.scheme), now).title for one in found}
    cases_of = [own_case_if_any(one.row.number, on=timezone.localdate()) for one in found]
    lines = [
        (one, titles[one.row.scheme], coming.answer(one.row), own, coming.can_be_taken_back(one.row, own))
        for one, own in zip(found, cases_of, strict=True)
    ]
    return private(render(request, "schemes/mine.html", {"lines": lines, "kvk": kvk}))


def row_of(key: UUID) -> queries.ReceiptRow:
    """The application with this key; not found when nothing came with it."""
    row = queries.by_key(key=key)
    if row is None:
        raise Http404("Nothing came with this key.")
    return row


def _of_sender(sender: SenderRow | None, request: HttpRequest) -> dict[str, str]:
    """Who placed the opening, unless somebody else is signed in: then that one applies, with a mail of their own."""
    somebody = standing_of(request)
    if sender is None or (somebody and kvk_of(request) != sender.kvk and somebody.email != sender.email):
        return {}
    return {"organisation": sender.firm, "kvk": sender.kvk, "email": sender.email}
