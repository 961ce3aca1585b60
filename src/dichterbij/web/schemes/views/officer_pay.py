"""Payment files: made by one, released by a colleague, carried to the bank, and its answer brought back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries import officers
from dichterbij.domains.schemes.rules.procedure.payments import Payer, invented_account
from dichterbij.gateways.payments import read_answer, write_order
from dichterbij.rules.working_days import first_working_day
from dichterbij.shared.errors import DichterbijError, NotFoundError
from dichterbij.web.schemes import officer_present as present
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.officer_forms import BankForm, DropForm, PrepareForm
from dichterbij.web.schemes.present import in_words
from dichterbij.web.schemes.views.officer import done, officer, page
from dichterbij.web.site.private import private

# No bank is connected, and no real payer is known: this one is invented, and the page says so.
PAYER = Payer("Uitvoerder (verzonnen)", invented_account("INVT", 1))


@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: HttpRequest) -> HttpResponse:
    """What is due, the files, and the place for the bank's answer."""
    actor = officer(request)
    if request.method != "POST":
        return _list(request)
    return _read(request, actor) if request.POST.get("do") == "bank" else _prepare(request, actor)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, file: UUID) -> HttpResponse:
    """One file; on POST it is released or dropped. Whoever made it is not offered to release it."""
    actor, now = officer(request), timezone.now()
    _file(file)
    if request.method != "POST":
        return _one(request, actor, file)
    do, form = request.POST.get("do"), DropForm(request.POST)
    if do not in ("release", "drop"):
        return _one(request, actor, file, failed=gettext("Choose what you want to do."), status=422)
    if do == "drop" and not form.is_valid():
        return _one(request, actor, file, form=form, status=422)
    try:
        if do == "drop":
            cases.drop_file(file=file, reason=form.cleaned_data["reason"], actor=actor, now=now)
            return done(request, gettext("Dropped. What stood in it is due again."), "schemes:payment-file", file)
        cases.release_file(file=file, actor=actor, now=now)
    except NotPossibleError:
        failed = gettext("This file cannot be released or dropped now. Ask whoever keeps this site if you wonder why.")
        return _one(request, actor, file, failed=failed, form=form, status=409)
    except DichterbijError as error:
        return _one(request, actor, file, failed=words.problem(error), form=form, status=words.status_of(error))
    return done(request, gettext("Released. Download the file and bring it to the bank."), "schemes:payment-file", file)


@require_safe
def xml(request: HttpRequest, file: UUID) -> HttpResponse:
    """The bytes for the bank; only of a file that was released."""
    officer(request)
    row, content = _file(file)
    if not row.released_by:
        raise Http404("Only a released file goes to the bank.")
    response = HttpResponse(content, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{row.message_id}.xml"'
    return private(response)


def _list(
    request: HttpRequest,
    *,
    failed: str = "",
    status: int = 200,
    bank: BankForm | None = None,
    prepare: PrepareForm | None = None,
) -> HttpResponse:
    due, rounds = officers.due(), officers.rounds_of_officers()
    pays = first_working_day(timezone.localdate() + timedelta(days=1))
    typed, typed_for = prepare, str(prepare["round"].value()) if prepare else ""
    context = {
        "part": "payments",
        "due": [
            (in_words(one.title), due[one.id], typed if typed_for == str(one.id) and typed else _fresh(one.id, pays))
            for one in rounds
            if one.id in due
        ],
        "files": [(row, present.file_state(row.released_by, row.dropped_by)) for row in reading.payment_files()],
        "without": reading.without_account(),
        "bank": bank or BankForm(),
        "payer": PAYER,
        "failed": failed,
    }
    return page(request, "officer/payments.html", context, status=status)


def _fresh(round_id: int, pays: Any) -> PrepareForm:
    return PrepareForm(initial={"round": round_id, "execute_on": pays, "file": uuid4()}, auto_id=f"id_{round_id}_%s")


def _prepare(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = PrepareForm(request.POST)
    if not form.is_valid():
        return _list(request, status=422, prepare=form)
    given = form.cleaned_data
    if given["round"] not in {one.id for one in officers.rounds_of_officers()}:
        raise Http404
    if given["execute_on"] < timezone.localdate():
        form.add_error("execute_on", gettext("Choose today or a later day."))
        return _list(request, status=422, prepare=form)
    try:
        made = cases.prepare_file(
            file=given["file"], round_id=given["round"], payer=PAYER, execute_on=given["execute_on"],
            write=write_order, actor=actor, now=timezone.now(),
        )  # fmt: skip
    except DichterbijError as error:
        failed = gettext("There is nothing to pay now. Perhaps a colleague made a file just now: it stands below.")
        if given["round"] in officers.due():
            failed = words.problem(error)
        return _list(request, failed=failed, status=words.status_of(error))
    return done(request, gettext("The file is made. A colleague releases it."), "schemes:payment-file", made)


def _read(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = BankForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, bank=form, status=422)
    try:
        found = cases.read_bank_file(answer=read_answer(form.cleaned_data["answer"]), actor=actor, now=timezone.now())
    except DichterbijError:
        form.add_error(
            "answer", gettext("We cannot use this file. Nothing was done with it: ask the bank for it again.")
        )
        return _list(request, bank=form, status=422)
    if not found.is_new:
        return done(request, gettext("This file was read before. Nothing happened a second time."), "schemes:payments")
    text = gettext(
        "%(paid)s paid, %(refused)s refused, %(returned)s came back, %(odd)s to look at, %(unknown)s unknown."
    )
    return done(request, text % dict(found.counts), "schemes:payments")


def _file(file: UUID) -> tuple[reading.FileRow, bytes]:
    try:
        return officers.payment_file(file)
    except NotFoundError as error:
        raise Http404 from error


def _one(
    request: HttpRequest, actor: Actor, file: UUID, *, form: DropForm | None = None, failed: str = "", status: int = 200
) -> HttpResponse:
    row, _content = _file(file)
    called = words.names(one for one in (row.prepared_by, row.released_by, row.dropped_by) if one)
    context = {
        "part": "payments",
        "row": row,
        "state": present.file_state(row.released_by, row.dropped_by),
        "names": {name: called.get(getattr(row, name), "") for name in ("prepared_by", "released_by", "dropped_by")},
        "is_own": row.prepared_by == str(actor),
        "paid": [(one, [words.RESULTS.get(said, said) for said in one.said]) for one in officers.paid_in(file)],
        "drop": form or DropForm(),
        "failed": failed,
    }
    return page(request, "officer/payment_file.html", context, status=status)
