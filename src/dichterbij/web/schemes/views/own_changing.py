"""What one changes on an application of one's own: take it back, say that one stops, correct mail and account."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dichterbij.domains.schemes import actions, queries
from dichterbij.domains.schemes.actions.cases.moving import APPLICANT
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries.cases import OwnCase, own_case_if_any
from dichterbij.domains.schemes.rules.procedure import StepNotPossibleError
from dichterbij.domains.schemes.rules.procedure.payments import masked
from dichterbij.gateways import outbox
from dichterbij.gateways.often import TooOftenError, count_sending, network_address
from dichterbij.web.login.who import kvk_of, standing_of
from dichterbij.web.schemes import coming, present
from dichterbij.web.schemes.own_forms import CorrectForm
from dichterbij.web.schemes.views.catalogue import scheme_or_404
from dichterbij.web.schemes.views.own import row_of
from dichterbij.web.site.private import private

TOO_OFTEN = "contact corrected"


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """What happens when one takes it back, and the button. After a decision: what happens then, and how to say it."""
    row = row_of(key)
    own = _own(row)
    stops = bool(own and own.can_stop)
    if not stops and not coming.can_be_taken_back(row, own):
        return private(redirect("schemes:application", key))
    if not may_change(request, row):
        return _sign_in(request, row)
    if request.method == "POST":
        try:
            (actions.ask_to_stop if stops else actions.take_back)(number=row.number, now=timezone.now())
        except (StepNotPossibleError, NotPossibleError):  # decided at this moment: the page says what can be done now
            return private(redirect("schemes:take-back", key))
        outbox.leave(row.number, actor=APPLICANT)
        return _done(key, "gestopt" if stops else "ingetrokken")
    context = {"key": key, "row": row, "own": own, "stops": stops, "card": _card(row), "answer": coming.answer(row)}
    return private(render(request, "schemes/take_back.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Another e-mail address or account number. Both addresses are told; an officer looks at a new account."""
    row = row_of(key)
    own, contact = _own(row), queries.contact_of(row.number)
    if contact is None:
        return private(redirect("schemes:application", key))
    if not may_change(request, row):
        return _sign_in(request, row)
    with_account = own is None or own.can_be_paid_elsewhere
    form = CorrectForm(
        present.hidden(contact.email), masked(contact.account), with_account=with_account,
        data=request.POST if request.method == "POST" else None,
    )  # fmt: skip
    if form.is_valid():
        given = form.cleaned_data
        try:
            count_sending(TOO_OFTEN, row.number, network_address(request), problem=TOO_OFTEN)
            actions.correct(
                number=row.number, email=given["email"], account=given.get("account", ""), now=timezone.now()
            )
        except TooOftenError:
            form.add_error(None, _("That is a lot in one hour. Try again later, or call us and name your number."))
        except NotPossibleError:
            form.add_error(None, _("That cannot be changed here any more. Call us and name your number."))
        else:
            outbox.leave(row.number, actor=APPLICANT)
            return _done(key, "gewijzigd")
    context = {"key": key, "row": row, "card": _card(row), "form": form, "with_account": with_account}
    return private(render(request, "schemes/correct.html", context, status=422 if form.errors else 200))


def may_change(request: HttpRequest, row: queries.ReceiptRow) -> bool:
    """Who sent it signed in changes it signed in: number and code alone are not enough then."""
    contact = queries.contact_of(row.number)
    return not (contact and contact.kvk) or contact.kvk == kvk_of(request)


def _sign_in(request: HttpRequest, row: queries.ReceiptRow) -> HttpResponse:
    context = {"card": _card(row), "standing": standing_of(request), "next": request.path, "own_number": row.number}
    return private(render(request, "schemes/sign_in.html", context, status=403))


def _done(key: UUID, what: str) -> HttpResponse:
    return private(redirect(f"{reverse('schemes:application', args=[key])}?gedaan={what}"))


def _own(row: queries.ReceiptRow) -> OwnCase | None:
    return own_case_if_any(row.number, on=timezone.localdate())


def _card(row: queries.ReceiptRow) -> Any:
    return present.card(scheme_or_404(row.scheme), timezone.now())
