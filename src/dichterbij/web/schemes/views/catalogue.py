"""All schemes, and each of them on a page of its own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dichterbij.domains.schemes import queries
from dichterbij.domains.schemes.ordering import AFTER_CLOSING
from dichterbij.domains.schemes.queries.documents import public_rounds
from dichterbij.domains.schemes.rules import beside, files
from dichterbij.domains.schemes.rules.scheme import Applicant, Method, Scheme
from dichterbij.shared.errors import InputError, NotFoundError
from dichterbij.web.schemes import present, words

ORDER = tuple(words.STATE)
LONGEST_SEARCH = 60


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every scheme, those one can ask now first, the others folded; `voor`: one kind of applicant; `zoek`: words."""
    now = timezone.now()
    is_open = queries.open_schemes(now=now)
    cards = [present.card(one, now) for one in files.schemes(timezone.localdate(now))]
    wanted = request.GET.get("voor", "")
    chosen = next((one for one in Applicant if one.value == wanted), None)
    asked = request.GET.get("zoek", "")[:LONGEST_SEARCH].strip()
    shown = [one for one in cards if (chosen is None or chosen in one.applicants) and _has(one, asked)]
    shown.sort(key=lambda one: one.title)
    context = {
        "count": len(shown),
        "open_now": [one for one in shown if one.slug in is_open],
        "groups": _groups([one for one in shown if one.slug not in is_open]),
        "asked": asked,
        "applicants": _applicants(cards),
        "chosen": chosen.value if chosen else "",
        "chosen_words": words.APPLICANT[chosen] if chosen else "",
        "is_any_open": any(one.slug in is_open for one in shown),
    }
    return render(request, "schemes/catalogue.html", context)


def _has(card: present.Card, asked: str) -> bool:
    """Whether every word that is asked stands in what the list shows of it."""
    told = f"{card.title} {card.summary} {card.who} {card.state_words}".casefold()
    return all(word in told for word in asked.casefold().split())


def _groups(cards: list[present.Card]) -> list[tuple[Any, list[present.Card]]]:
    """Those one cannot ask now, by why not."""
    found = [(words.STATE[state], [one for one in cards if one.state == state]) for state in ORDER]
    return [(title, those) for title, those in found if those]


def _applicants(cards: list[present.Card]) -> list[tuple[str, Any]]:
    there = {applicant for one in cards for applicant in one.applicants}
    return [(one.value, words.APPLICANT[one]) for one in Applicant if one in there]


@require_safe
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    """One scheme in plain words: what, who, when, and what the documents leave open."""
    read, now = scheme_or_404(slug), timezone.now()
    last, open_now = queries.opened_last(scheme=slug, now=now), queries.open_now(scheme=slug, now=now)
    shares = (open_now.scheme if open_now else read).distribution  # a round may have chosen another answer
    context = {
        "card": present.card(read, now),
        "scheme": read,
        "amount_source": present.source_words(read, read.formula_source),
        "ceiling_source": present.source_words(read, read.ceiling.source),
        "kinds": present.kinds(read),
        "windows": present.windows(read),
        "days": present.days_that_count(read),
        "days_source": present.source_words(read, read.starts.source) if read.starts else "",
        "caps": present.caps(read),
        "conditions": present.conditions(read),
        "exclusions": present.exclusions(read),
        "method": present.line(read, str(words.METHOD[shares.method]), shares.source),
        "rest": "" if shares.method is Method.PRO_RATA else str(words.REST[shares.rest]),
        "hears_later": shares.method in AFTER_CLOSING,
        "has_draws": bool(last and queries.draws(scheme=slug)),
        "legal_ground": present.in_words(beside.legal_ground(read.legal_ground)),
        "terms": present.terms(read),
        "evidence": present.evidence(read),
        "history": present.history(read),
        "questions": [present.in_words(one.words) for one in read.questions],
        "sources": sorted(read.sources.values()),
        "printed_why": _why_printed(read),
        "round": open_now,
        "has_history": bool(public_rounds(scheme=slug)),
        "versions": [day.isoformat() for day in files.versions(slug)],
    }
    return render(request, "schemes/scheme.html", context)


def _why_printed(read: Scheme) -> str:
    """How the numbers in the documents come about, where the scheme's file says it."""
    why = read.printed.get("why")
    if not isinstance(why, dict):
        return ""
    return str(why.get((get_language() or "nl")[:2], why.get("nl", "")))


def scheme_or_404(slug: str) -> Scheme:
    """The scheme of today; an address that was never right is not found."""
    try:
        return files.scheme(slug, timezone.localdate())
    except (NotFoundError, InputError) as error:
        raise Http404(str(error)) from error
