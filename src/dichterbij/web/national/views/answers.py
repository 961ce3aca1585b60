"""A letter that asks regions for an answer: who did, who named somebody, and whom to remind."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.queries import RegionAnswer
from dichterbij.domains.network.rules.answers import AnswerState
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.national import forms, words
from dichterbij.web.national.views.mailings import found
from dichterbij.web.national.views.pages import actor_of, done, file, page

FILTER = "stand"
CHOSEN: Mapping[str, Callable[[RegionAnswer], bool]] = {
    "open": lambda row: not row.state.is_answered,
    "beantwoord": lambda row: row.state.is_answered,
    "genoemd": lambda row: row.state is AnswerState.NAMED,
}


@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Every region that was asked; and whoever answered is said so, or that this was a mistake."""
    letter, rows = _asked(request, mailing)
    region, move = request.POST.get("region", ""), request.POST.get("move", "")
    form = forms.AnswerForm(request.POST if move == "answered" else None, name=region or "answer")
    given: dict[str, Any] = {"actor": actor_of(request), "mailing": mailing, "region": region, "now": timezone.now()}
    try:
        if move == "answered" and form.is_valid():
            actions.say_answered(**given, on=form.cleaned_data["on"], words=form.cleaned_data["words"])
            return done("answered", "national:answers", mailing, part=f"#{region}")
        if move == "undo":
            actions.undo_answer(**given)
            return done("unanswered", "national:answers", mailing, part=f"#{region}")
    except NotFoundError:
        raise Http404 from None
    except InputError:
        form.add_error("on", _("Choose a day from the day of the letter until today."))
    chosen = request.GET.get(FILTER, "")
    shown = [row for row in rows if CHOSEN.get(chosen, _all)(row)]
    context = {
        "row": letter, "rows": [(row, _form(form, row, region)) for row in shown], "total": len(rows),
        "chosen": chosen if chosen in CHOSEN else "", "wrong": form if form.errors else None,
        "numbers": {name: sum(map(test, rows)) for name, test in CHOSEN.items()},
        "late": sum(row.is_late for row in rows), "kinds": dict(forms.kinds()),
    }  # fmt: skip
    return page(request, "answers.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def as_csv(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """The same as a file, with every change."""
    _letter, rows = _asked(request, mailing)
    head = [_("Region"), _("Alderman of"), _("State"), _("Letters"), _("Answered on"), _("What did they say?"),
            _("Named since then"), _("History")]  # fmt: skip
    lines = [
        [row.region.name, row.region.centre_name or "", words.ANSWERS[row.state],
         ", ".join(str(words.LETTERS[state]) for state in row.letters), row.last.on if row.last else "",
         row.last.words if row.last else "", ", ".join(row.named),
         "; ".join(f"{one.at:%Y-%m-%d %H:%M} {_('taken back') if one.undone else one.on}" for one in row.past)]
        for row in rows if CHOSEN.get(request.GET.get(FILTER, ""), _all)(row)
    ]  # fmt: skip
    return file("antwoorden", head, lines)


def _all(_row: RegionAnswer) -> bool:
    return True


def _form(form: forms.AnswerForm, row: RegionAnswer, region: str) -> forms.AnswerForm:
    return form if row.region.code == region and form.errors else forms.AnswerForm(name=row.region.code)


def _asked(request: HttpRequest, mailing: UUID) -> tuple[queries.MailingRow, tuple[RegionAnswer, ...]]:
    letter, _to = found(request, mailing)
    rows = queries.region_answers(actor=actor_of(request), mailing=mailing, now=timezone.now())
    if not rows:
        raise Http404
    return letter, rows
