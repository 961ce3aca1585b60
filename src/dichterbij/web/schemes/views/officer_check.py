"""Checks of a scheme: reasons to look, samples that anybody can draw again, and what was found."""

import secrets
from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions import cases
from dichterbij.domains.schemes.queries import cases as reading
from dichterbij.domains.schemes.queries import officers
from dichterbij.domains.schemes.queries.officers import RoundName
from dichterbij.domains.schemes.rules.checks import Found, SignalCode
from dichterbij.shared.errors import NotFoundError
from dichterbij.web.schemes import officer_check_words as words
from dichterbij.web.schemes import officer_words
from dichterbij.web.schemes.officer_check_forms import SampleForm
from dichterbij.web.schemes.present import in_words
from dichterbij.web.schemes.views.officer import done, officer, page
from dichterbij.web.schemes.views.officer_acting import whole

SEED_BYTES, MOST_SAMPLES = 8, 25
ASKED = gettext_noop("Asked. It is done within some minutes.")


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest) -> HttpResponse:
    """The reasons to look of a scheme, with how many cases; on POST they are looked for, or a sample is drawn."""
    actor = officer(request)
    rounds = officers.rounds_of_officers()
    asked = request.POST.get("round") or request.GET.get("ronde")
    chosen = next((one for one in rounds if str(one.id) == asked), None)
    if request.method != "POST":
        return _show(request, rounds, chosen or (rounds[0] if rounds else None))
    if chosen is not None and request.POST.get("do") == "check":
        return _check(actor, request, chosen)
    if chosen is not None and request.POST.get("do") == "draw":
        return _draw(actor, request, rounds, chosen)
    first = chosen or (rounds[0] if rounds else None)
    return _show(request, rounds, first, failed=gettext("Choose what you want to do."), status=422)


@require_safe
def sample(request: HttpRequest, sample: int) -> HttpResponse:
    """One sample: what it was drawn with, the chances, every case, and what was found."""
    officer(request)
    try:
        found, drawn = reading.sample(sample)
    except NotFoundError as error:
        raise Http404 from error
    title = next((in_words(one.title) for one in officers.rounds_of_officers() if one.id == found.round_id), "")
    tally = Counter(one.found for one in drawn if one.is_answered)
    context = {
        "part": "checks",
        "sample": found,
        "title": title,
        "who": officer_words.names([found.actor]).get(found.actor, ""),
        "strata": [(words.CLASSES.get(one.name, one.name), one, words.chance(one.chance)) for one in found.strata],
        "drawn": [(one, officer_words.FLAGS[one.code.value], words.FOUND.get(one.found) if one.found else "")
                  for one in drawn],
        "looked_at": sum(tally.values()),
        "tally": [(words.FOUND[one], tally[one]) for one in Found],
    }  # fmt: skip
    return page(request, "officer/sample.html", context)


def _check(actor: Actor, request: HttpRequest, chosen: RoundName) -> HttpResponse:
    new = cases.ask_to_look(round_id=chosen.id, actor=actor, now=timezone.now())
    if new is None:
        return _back(request, chosen, gettext(ASKED))
    text = ngettext(
        "%(n)s new reason to look. Nothing was refused.", "%(n)s new reasons to look. Nothing was refused.", new
    )
    return _back(request, chosen, text % {"n": new})


def _draw(
    actor: Actor, request: HttpRequest, rounds: tuple[RoundName, ...], chosen: RoundName
) -> HttpResponse:  # fmt: skip
    form, now = SampleForm(request.POST), timezone.now()
    if not form.is_valid():
        return _show(request, rounds, chosen, form=form, status=422)
    seed = form.cleaned_data["seed"] or secrets.token_hex(SEED_BYTES)
    n = cases.ask_to_look(round_id=chosen.id, seed=seed, actor=actor, now=now)
    if n is None:
        return _back(request, chosen, gettext(ASKED))
    text = ngettext("%(n)s lot was drawn, with “%(seed)s”.", "%(n)s lots were drawn, with “%(seed)s”.", n)
    drawn = reading.samples(round_id=chosen.id, seed=seed, most=1)[0]
    return done(request, text % {"n": n, "seed": seed}, "schemes:sample", drawn.id)


def _back(request: HttpRequest, chosen: RoundName, text: str) -> HttpResponse:
    return done(request, text, "schemes:checks", asked={"ronde": chosen.id})


def _show(
    request: HttpRequest, rounds: tuple[RoundName, ...], chosen: RoundName | None, *, form: SampleForm | None = None,
    failed: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    number_of = reading.flag_counts(chosen.id) if chosen else {}
    before = whole(request.GET.get("voor", "")) or None
    drawn = reading.samples(round_id=chosen.id, before=before, most=MOST_SAMPLES + 1) if chosen else ()
    drawn, is_more = drawn[:MOST_SAMPLES], len(drawn) > MOST_SAMPLES
    looked = reading.looked_at(chosen.id) if chosen else ()
    called = officer_words.names({one.actor for one in drawn} | {one.asked_by for one in looked})
    context: dict[str, Any] = {
        "part": "checks",
        "rounds": [(one.id, f"{in_words(one.title)}, {one.opens_at:%d-%m-%Y}") for one in rounds],
        "chosen": chosen,
        "title": in_words(chosen.title) if chosen else "",
        "flags": [
            (one.value, officer_words.FLAGS[one.value], words.LOOKS_AT[one], number_of.get(one)) for one in SignalCode
        ],
        "samples": [(one, called.get(one.actor, one.actor), sum(part.taken for part in one.strata)) for one in drawn],
        "looked": [(one, called.get(one.asked_by, one.asked_by)) for one in looked],
        "is_older": before is not None,
        "before": drawn[-1].id if is_more else None,
        "form": form or SampleForm(initial={"round": chosen.id if chosen else ""}),
        "failed": failed,
    }
    return page(request, "officer/checks.html", context, status=status)
