"""Samples that were drawn, as the journal keeps them: seed, list, chances; and what was found in each case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.journal.queries.events import Event
from dichterbij.domains.schemes.case_models import CaseEvent
from dichterbij.domains.schemes.check_models import CheckAsked
from dichterbij.domains.schemes.rules.checks import Found, SignalCode
from dichterbij.domains.schemes.rules.procedure import Step
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import NotFoundError

SAMPLED: Final = "case.sampled"
MOST: Final = 25
CODES: Final = (SignalCode.RISK_SAMPLE.value, SignalCode.RANDOM_SAMPLE.value)


@dataclass(frozen=True, slots=True)
class Stratum:
    """One class of a sample: how many cases, how many of them drawn, and the chance of each."""

    name: str
    size: int
    taken: int
    chance: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was drawn. `id`: its event in the journal. `list_digest`: of the cases with their class."""

    id: int
    round_id: int
    seed: str
    list_digest: str
    strata: tuple[Stratum, ...]
    new: int
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class SampledCase:
    """A case that was drawn, in which class, and what was found; None while nobody looked."""

    case: UUID
    number: str
    name: str
    code: SignalCode
    stratum: str
    is_answered: bool
    found: Found | None
    answer: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody asked to look through all cases, or to draw from them. `done_at`: None while it waits."""

    is_sample: bool
    asked_at: datetime
    asked_by: str
    done_at: datetime | None
    found: int | None


def samples(*, round_id: int, seed: str = "", before: int | None = None, most: int = MOST) -> tuple[Sample, ...]:
    """Samples of a round, the newest first; `before`: drawn before this one; `seed`: drawn with it."""
    about = {"round": round_id} | ({"seed": seed} if seed else {})
    with own_work():
        found = latest_events(action=SAMPLED, limit=most, before=before, about=about)
        return tuple(_sample(one) for one in found)


def sample(id: int) -> tuple[Sample, tuple[SampledCase, ...]]:
    """One sample with the cases that were drawn, in order of number. NotFoundError when there is none."""
    with own_work():
        event = next(iter(latest_events(action=SAMPLED, before=id + 1)), None)
        if event is None or event.id != id:
            raise NotFoundError("There is no such sample.")
        found = _sample(event)
        drawn = CaseEvent.objects.select_related("case").filter(
            case__round_id=found.round_id, step=Step.FLAGGED.value, data__code__in=CODES,
            data__inputs__seed__in=[found.seed, f"{found.seed}, all"],
        )  # fmt: skip
        rows = list(drawn.order_by("case__number", "number"))
        answers = CaseEvent.objects.filter(case__in=[one.case_id for one in rows], step=Step.FLAG_ANSWERED.value)
        answered = {(one.case_id, one.data["flagged"]): one for one in answers}
    return found, tuple(_case(one, answered.get((one.case_id, one.number))) for one in rows)


def looked_at(round_id: int) -> tuple[Looked, ...]:
    """When the cases of a round were looked through: what waits first, then the newest."""
    with own_work():
        rows = CheckAsked.objects.filter(round_id=round_id)
        waits = list(rows.filter(done_at=None).order_by("asked_at"))
        last = rows.filter(seed="", done_at__isnull=False).order_by("-done_at")[:1]
        return tuple(
            Looked(bool(one.seed), one.asked_at, one.asked_by, one.done_at, one.found) for one in (*waits, *last)
        )


def _case(flag: CaseEvent, answer: CaseEvent | None) -> SampledCase:
    told = answer.data.get("found") if answer else None
    return SampledCase(
        flag.case_id, flag.case.number, flag.case.name, SignalCode(flag.data["code"]),
        str(flag.data["inputs"].get("class", "")), answer is not None, Found(told) if told else None,
        answer.reason if answer else "",
    )  # fmt: skip


def _sample(event: Event) -> Sample:
    data: Mapping[str, Any] = event.data
    strata: Sequence[Sequence[Any]] = data["strata"]
    return Sample(
        event.id, int(data["round"]), str(data["seed"]), str(data["list"]),
        tuple(Stratum(str(name), int(size), int(taken), str(chance)) for name, size, taken, chance in strata),
        int(data["new"]), event.at, event.actor,
    )  # fmt: skip
