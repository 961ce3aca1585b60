"""Why a desk was given, and its opening hours, in plain Dutch and English."""

from collections.abc import Iterable

from dichterbij.domains.regions.rules.desk_kinds import Day, Desk, Hours, Kind, Place, Who, Why
from dichterbij.shared.words import Words

REFERRAL_SOURCE = (
    "Vertaalslag van ambities naar uitvoering in de regio, Dichterbij dan je denkt (SZW, mei 2022), "
    "Doorverwijzing naar regionale dienstverlening"
)

_PLACE = {
    Place.HOME: Words("de regio waar je woont of je bedrijf hebt", "the region where you live or have your business"),
    Place.WORK: Words("de regio waar het werk is", "the region where the work is"),
    Place.NATIONAL: Words("heel Nederland", "the whole of the Netherlands"),
}


def why(desk: Desk, place: Place, who: Who, *, is_fallback: bool, region_known: bool) -> Why:
    """Why this desk at this place: an exception of the region, a default, or a stopgap, in that order."""
    if is_fallback:
        return _why_stopgap(region_known) if place is Place.NATIONAL else _why_first_door(place)
    if desk.exception:
        return Why("desks.exception", desk.exception, desk.source)
    if who is Who.NATIONAL_EMPLOYER and desk.kind is Kind.NATIONAL:
        words = Words(
            "Je werkt in meer regio's. Het landelijke team helpt je en brengt je bij de regio's die het aangaat.",
            "You work in several regions. The national team helps and brings you to the regions concerned.",
        )
        return Why("desks.national_employer", words, REFERRAL_SOURCE)
    where = _PLACE[place]
    words = Words(
        f"Dit loket helpt bij deze vraag in {where.nl}.", f"This desk helps with this question in {where.en}."
    )
    return Why("desks.default", words, REFERRAL_SOURCE if desk.kind in (Kind.RMT, Kind.WSP) else desk.source)


def _why_first_door(place: Place) -> Why:
    where = _PLACE[place]
    words = Words(
        f"Voor deze vraag is in {where.nl} geen eigen loket bekend. Dit loket helpt je verder.",
        f"No desk of its own is known for this question in {where.en}. This desk helps you further.",
    )
    return Why("desks.no_wrong_door", words, REFERRAL_SOURCE + "; no wrong door")


def _why_stopgap(region_known: bool) -> Why:
    if region_known:
        words = Words(
            "Op deze datum is in je regio geen loket bekend. Het landelijke team helpt je verder.",
            "No desk is known in your region on this date. The national team helps you further.",
        )
        return Why("desks.no_desk_in_region", words, "aanname: zonder loket in de regio helpt het landelijke team")
    words = Words(
        "We weten niet welke regio bij je hoort. Dit loket vraagt waar je woont en brengt je verder.",
        "We do not know which region is yours. This desk asks where you live and takes you further.",
    )
    return Why("desks.region_unknown", words, "aanname: een vraag zonder regio gaat naar het landelijke team")


_DAY_NAMES = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def hours_in_words(hours: Iterable[Hours], lang: str) -> tuple[str, ...]:
    """One line per row: "maandag t/m donderdag 9.00-17.00 uur" (nl) or "Monday to Thursday 9:00-17:00" (en)."""
    return tuple(f"{_days_in_words(row.days, lang)} {_times_in_words(row, lang)}" for row in hours)


def _days_in_words(days: tuple[Day, ...], lang: str) -> str:
    names = _DAY_NAMES["en" if lang == "en" else "nl"]
    order = sorted(list(Day).index(day) for day in days)
    if len(order) > 2 and order == list(range(order[0], order[-1] + 1)):
        return f"{names[order[0]]} {'to' if lang == 'en' else 't/m'} {names[order[-1]]}"
    words = [names[index] for index in order]
    return ", ".join(words[:-1]) + (f" {'and' if lang == 'en' else 'en'} " if len(words) > 1 else "") + words[-1]


def _times_in_words(row: Hours, lang: str) -> str:
    if lang == "en":
        return f"{row.opens.hour}:{row.opens:%M}-{row.closes.hour}:{row.closes:%M}"
    return f"{row.opens.hour}.{row.opens:%M}-{row.closes.hour}.{row.closes:%M} uur"
