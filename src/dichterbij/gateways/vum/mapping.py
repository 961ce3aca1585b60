"""From a record of the standard to a row of the bridge. Each choice stands in docs/reference/vum.md, in this order."""

from collections.abc import Callable
from typing import Any

from dichterbij.gateways.vum.schema import Kind

Json = Any
Translate = Callable[[str], str | None]

MAX_HOURS, USUAL_HOURS, MAX_MINUTES = 60, 40, 600
MODES = {1: "car", 2: "moped", 3: "bike", 4: "car", 5: "public_transport"}  # 4 is a motorcycle; 9 "anders" says nothing
TAKEN_AS_AVAILABLE = ("bike", "public_transport")  # what the bridge assumes when nothing is known
AGREEMENTS = {"01": "job", "02": "learning_place", "03": "volunteer", "04": "work_experience"}
UNKNOWN_LANGUAGE_LEVELS = (None, 0, 8)
NO = 2
# The bridge knows fewer driving licences than the standard: what a person holds is taken as the nearest one below it,
# what an employer needs as the nearest one above it.
HELD = {"A1": "AM", "A2": "AM", "B+": "B", "C1": "B", "C1E": "BE", "D1": "B", "D1E": "BE"}
NEEDED = {"A1": "A", "A2": "A", "B+": "BE", "C1": "C", "C1E": "CE", "D1": "D", "D1E": "DE"}
ESCO = "http://data.europa.eu/esco/"


def esco_only(uri: str) -> str | None:
    """The translation known today: an ESCO concept is itself, anything else has none."""
    return uri if uri.startswith(ESCO) else None


def bridge_row(record: Json, kind: Kind, *, translate: Translate = esco_only) -> dict[str, Json]:
    """The row of `people` or `openings` of the bridge, with `occupation_uris` as given beside it."""
    return _person(record, translate) if kind is Kind.JOB_SEEKER else _opening(record, translate)


def _person(record: Json, translate: Translate) -> dict[str, Json]:
    place, qualification = record["mobiliteit"], record.get("arbeidsmarktkwalificatie", {})
    hours_min, hours_max = _hours(record)
    level = qualification.get("codeWerkEnDenkniveauWerkzoekende")
    minutes = place.get("maximaleReistijd")
    return {
        "person_id": record["idWerkzoekende"],
        "pc4": int(place["bemiddelingspostcode"][:4]),
        "modes": _modes(record.get("vervoermiddel", [])),
        "max_travel_minutes": None if minutes is None else min(minutes, MAX_MINUTES),
        "max_distance_km": place.get("maximaleReisafstand"),
        "hours_min": hours_min,
        "hours_max": hours_max,
        "available_from": record.get("flexibiliteit", {}).get("datumAanvangBeschikbaarVoorWerk"),
        "dayparts": _dayparts(record),
        "dutch": _dutch(qualification.get("taalbeheersing", [])),
        "level": level or None,
        "licences": _licences(qualification.get("rijbewijs", []), HELD) or None,
        "skills": _skills(qualification.get("competentiebeheersing", []), translate),
        "agreements": _agreements(record) or None,
        "occupation_uris": _uris(record.get("bemiddelingsberoep", []), "codeBeroepsnaam"),
    }


def _opening(record: Json, translate: Translate) -> dict[str, Json]:
    hours_min, hours_max = _hours(record)
    level = int(record.get("codeWerkEnDenkniveauMinimaal", "0"))
    agreements = _agreements(record)
    return {
        "opening_id": record["idVacature"],
        "pc4": int(record["adres"]["postcode"][:4]),
        "agreement": agreements[0] if agreements else "job",
        "hours_min": hours_min or 1,
        "hours_max": hours_max or max(USUAL_HOURS, hours_min or 1),
        "dutch": _dutch(record.get("taalbeheersing", [])) or 1,
        "level_min": level if 1 <= level <= 6 else None,
        "licences": _licences(record.get("rijbewijs", []), NEEDED),
        "essential": _skills(record.get("competentiebeheersing", []), translate) or [],
        "title": record.get("naamVacature"),
        "employer_name": record.get("werkgever", {}).get("handelsnaamOrganisatie"),
        "occupation_uris": _uris([record.get("beroep", {})], "codeBeroepsnaam"),
    }


def _hours(record: Json) -> tuple[int | None, int | None]:
    """Smallest and largest hours a week; 0 and absent are unknown, above 60 is 60.

    Unknown beside known must not make an empty range; a smallest above the largest contradicts itself: both unknown.
    """
    given = record.get("werktijden", {})
    low = min(given.get("aantalWerkurenPerWeekMinimaal", 0), MAX_HOURS) or None
    high = min(given.get("aantalWerkurenPerWeekMaximaal", 0), MAX_HOURS) or None
    if low and high and low > high:
        return None, None
    if low and not high and low > USUAL_HOURS:
        return low, low
    return low, high


def _modes(given: list[Json]) -> list[str] | None:
    """Means that may be used to commute. Only refusals: what is taken as available, less those. Nothing: unknown."""
    usable = {MODES[m["codeVervoermiddel"]] for m in given if m.get("codeVervoermiddel") in MODES and not _refused(m)}
    refused = {MODES[m["codeVervoermiddel"]] for m in given if m.get("codeVervoermiddel") in MODES and _refused(m)}
    if usable:
        return sorted(usable)
    if refused.intersection(TAKEN_AS_AVAILABLE):
        return [mode for mode in TAKEN_AS_AVAILABLE if mode not in refused]
    return None


def _refused(means: Json) -> bool:
    return bool(means.get("indicatieBeschikbaarVoorWoonWerkverkeer") == NO)


def _dayparts(record: Json) -> list[str] | None:
    """Office hours wanted and no irregular work: weekdays only. Anything less certain says nothing."""
    office = record.get("werktijden", {}).get("indicatieKantoortijden")
    irregular = record.get("flexibiliteit", {}).get("indicatieOnregelmatigWerkOfPloegendienst")
    return ["weekday"] if (office, irregular) == (1, NO) else None


def _dutch(languages: list[Json]) -> int | None:
    levels = [lan.get("codeNiveauTaalbeheersingMondeling") for lan in languages if lan.get("codeTaal") == "nld"]
    known = [level for level in levels if level not in UNKNOWN_LANGUAGE_LEVELS]
    return max(known, default=None)


def _licences(given: list[Json], nearest: dict[str, str]) -> list[str]:
    codes = {item["codeSoortRijbewijs"] for item in given if "codeSoortRijbewijs" in item}
    return sorted({nearest.get(code, code) for code in codes})


def _agreements(record: Json) -> list[str]:
    codes = {item["codeTypeOvereenkomst"] for item in record.get("contractvorm", []) if "codeTypeOvereenkomst" in item}
    return [AGREEMENTS[code] for code in sorted(codes)]


def _skills(given: list[Json], translate: Translate) -> list[str] | None:
    """ESCO concepts; None ("niet vertaald", unknown) when there are none or one of them has no translation."""
    translated = [translate(uri) for uri in _uris(given, "codeCompetentie")]
    if not translated or None in translated:
        return None
    return sorted({uri for uri in translated if uri})


def _uris(given: list[Json], field: str) -> list[str]:
    return [item[field] for item in given if field in item]
