"""The other forms of one opening: each demand left out alone, and each route opened alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dichterbij.engine.parameters import Parameters
from dichterbij.web.near import words as near_words
from dichterbij.web.placing import words
from dichterbij.web.placing.draft import NO_DUTCH, Draft
from dichterbij.web.placing.row import EMPTY_QUEUE, ID, opening_row, splitting

FEWER_HOURS = 8
LONGER_ONBOARDING = 13


@dataclass(frozen=True)
class Form:
    """The opening with one thing changed. `label` says what, as the start of a sentence."""

    key: str
    label: str
    row: dict[str, Any]


def as_asked(draft: Draft) -> Form:
    """The opening as it is asked."""
    return Form(ID, _("As you ask it now"), opening_row(draft))


def without_a_demand(draft: Draft, parameters: Parameters) -> tuple[Form, ...]:
    """For every demand the opening without it, or with less of it."""
    row = opening_row(draft)
    found = (*_papers(draft, row), *_work(draft, row), *_skills(draft, row, parameters), *_times(draft, row))
    return tuple(Form(key, label, {**row, **changes, "opening_id": key}) for key, label, changes in found)


def with_a_route(draft: Draft) -> tuple[Form, ...]:
    """For every route that is not open yet the opening with it."""
    row = opening_row(draft)
    return tuple(Form(key, label, {**row, **changes, "opening_id": key}) for key, label, changes in _routes(draft, row))


Change = tuple[str, str, dict[str, Any]]


def _papers(draft: Draft, row: dict[str, Any]) -> Iterator[Change]:
    for code in draft.licences:
        rest = [other for other in row["licences"] if other != code]
        name = str(near_words.LICENCES[code])
        label = _("Without licence or certificate: %(what)s") % {"what": name}
        yield f"licence:{code}", label, {"licences": rest}
    if len(draft.licences) > 1:
        yield "licences", _("Without any licence or certificate"), {"licences": []}
    if draft.dutch > NO_DUTCH:
        for level in range(draft.dutch - 1, NO_DUTCH - 1, -1):
            yield f"dutch:{level}", _("Dutch: %(level)s") % {"level": words.DUTCH[str(level)]}, {"dutch": level}
    if draft.level:
        yield "level", _("Without a diploma"), {"level_min": None}


def _work(draft: Draft, row: dict[str, Any]) -> Iterator[Change]:
    for code in draft.demands:
        rest = [other for other in row["demands"] if other != code]
        yield f"demand:{code}", _("Without: %(what)s") % {"what": words.DEMANDS[code]}, {"demands": rest}
    if len(draft.demands) > 1:
        yield "demands", _("Without all that somebody meets in this work"), {"demands": []}


def _skills(draft: Draft, row: dict[str, Any], parameters: Parameters) -> Iterator[Change]:
    groups: dict[str, list[str]] = {}
    for uri in draft.needed:
        groups.setdefault(parameters.reuse_levels.get(uri, ""), []).append(uri)
    for group, uris in groups.items():
        if group in words.SKILL_GROUPS and len(groups) > 1:
            rest = [uri for uri in row["essential"] if uri not in uris]
            name = str(words.SKILL_GROUPS[group])
            yield f"skills:{group}", _("Taught by you: %(what)s") % {"what": name}, _without_skills(draft, rest)
    if draft.needed:
        yield "skills", _("Taught by you: everything somebody must be able to do now"), _without_skills(draft, [])


def _without_skills(draft: Draft, rest: list[str]) -> dict[str, Any]:
    kept = Draft(**{**vars(draft), "needed": tuple(rest)})
    return {"essential": rest, **splitting(kept, wanted="split" in draft.willing)}


def _times(draft: Draft, row: dict[str, Any]) -> Iterator[Change]:
    fewest = draft.hours_min or 1
    if fewest > FEWER_HOURS:
        label = _("Also for %(hours)s hours a week") % {"hours": fewest - FEWER_HOURS}
        yield "hours", label, {"hours_min": fewest - FEWER_HOURS}
    if len(draft.dayparts) > 1:
        for part in draft.dayparts:
            rest = [other for other in row["dayparts"] if other != part]
            name = str(near_words.DAYPARTS[part])
            yield f"daypart:{part}", _("Without: %(what)s") % {"what": name}, {"dayparts": rest}
    if draft.latest_start:
        yield "start", _("Starting later is fine too"), {"latest_start": None}


def _routes(draft: Draft, row: dict[str, Any]) -> Iterator[Change]:
    if not row["open_hiring"]:
        opened = {"open_hiring": True, "queue_weeks": EMPTY_QUEUE}
        yield "route:open_hiring", _("With open hiring, and an empty list"), opened
    split = splitting(draft, wanted=True)
    if not row["carvable"] and split["tasks"]:
        yield "route:split", _("With tasks that may go to somebody else (a job made to fit)"), split
    if draft.needed and (draft.onboarding or 0) < LONGER_ONBOARDING:
        yield "route:teach", _("With three months to learn the work"), {"onboarding_weeks": LONGER_ONBOARDING}
    if draft.needed and not row["learning_company"]:
        yield (
            "route:learn_work",
            _("With a learning place, as a recognised learning company"),
            {"learning_company": True},
        )
    if draft.dutch > NO_DUTCH and not row["dutch_on_the_job"]:
        yield "route:dutch", _("With learning Dutch at work"), {"dutch_on_the_job": True}
