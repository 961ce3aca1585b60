"""Named situations that a jurist can read, on each side of every date and threshold; asked in three ways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dichterbij.data import read_yaml
from dichterbij.domains.schemes.rules import (
    REASONS,
    Applicant,
    Decider,
    Facts,
    Scheme,
    columns_of,
    judge,
    judge_many,
    read_scheme,
    slugs,
    versions,
)  # fmt: skip
from dichterbij.domains.schemes.rules.files import ROOT, version
from dichterbij.domains.schemes.rules.moments import moment_of

FOLDER = Path(__file__).parents[3] / "situations"


@dataclass(frozen=True)
class Situation:
    """One situation: the scheme's version, the facts, and what they give."""

    slug: str
    day: date
    is_exercise: bool
    told: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.slug} {self.day}: {self.told['name']}"


def _situations() -> Iterator[Situation]:
    for path in sorted(FOLDER.glob("*.yaml")):
        file = read_yaml(path)
        for day, told in file["versions"].items():
            for one in told["situations"]:
                yield Situation(file["scheme"], day, one.get("exercise", told["exercise"]), told["usual"] | one)


def _rows() -> Iterator[Situation]:
    for path in sorted(FOLDER.glob("*.yaml")):
        file = read_yaml(path)
        for day, told in file["versions"].items():
            for one in told.get("rows", []):
                yield Situation(file["scheme"], day, told["exercise"], one | {"usual": told["usual"]})


SITUATIONS, ROWS = list(_situations()), list(_rows())


def _cents(value: object) -> int:
    whole, _, part = str(value).lstrip("-").partition(".")
    cents = int(whole) * 100 + int(part or 0)
    return -cents if str(value).startswith("-") else cents


def _moment(told: str) -> datetime:
    """`2022-10-30 02:30:00 Europe/Amsterdam`, with `, second time` for a time that comes twice."""
    written, _, again = told.partition(", ")
    day, time, zone = written.split(" ")
    return datetime.fromisoformat(f"{day} {time}").replace(tzinfo=ZoneInfo(zone), fold=1 if again else 0)


def _facts(told: Mapping[str, Any], place: int = 0) -> Facts:
    return Facts(
        complete_at=_moment(told["when"]) + timedelta(microseconds=place),
        applicant=Applicant(told["applicant"]),
        category=told.get("category"),
        quantity=told.get("quantity", 1),
        cost_cents=_cents(told.get("costs", 0)),
        own_cents=_cents(told.get("own", 0)),
        start=told.get("start"),
        met=frozenset(told["met"]),
        person=_name(told.get("person"), place),
        employer=_name(told.get("employer"), place),
        group=_name(told.get("group"), place),
    )


def _name(told: str | None, place: int) -> str | None:
    if told is None or not told.startswith("each"):
        return told
    return f"number {place // int(told.removeprefix('each').strip() or 1)}"


def _scheme(situation: Situation) -> Scheme:
    choices = situation.told.get("choices")
    read = version(situation.slug, situation.day, choices=choices)
    return read.as_exercise() if situation.is_exercise else read


@pytest.mark.parametrize("slug", slugs())
def test_every_situation_gives_what_it_says(slug: str) -> None:
    for situation in (one for one in SITUATIONS if one.slug == slug):
        read, told = _scheme(situation), situation.told
        facts = _facts(told)
        judged = judge(read, facts)
        assert (judged.value.cents, judged.value.why.slug) == (_cents(told["gives"]), told["reason"]), situation
        assert judged.reasons[-1].source, situation
        if "evidence" in told:
            assert judged.value.evidence == told["evidence"], situation
        if "proves" in told:
            assert judged.value.own_cents == _cents(told["proves"]), situation
        cents, codes = judge_many(read, columns_of(read, [facts]))
        assert (int(cents[0]), REASONS[int(codes[0])]) == (judged.value.cents, judged.value.why.slug), situation


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_applications_after_each_other_give_what_is_said(row: Situation) -> None:
    read = _scheme(row)
    ceiling = _cents(row.told["ceiling"]) if "ceiling" in row.told else read.ceiling.cents
    decider, done = Decider(read, ceiling), 0
    for told in row.told["applications"]:
        facts = [_facts(row.told["usual"] | told, done + place) for place in range(told.get("times", 1))]
        decided = decider.decide(columns_of(read, facts))
        done += len(facts)
        assert {
            (int(cents), REASONS[int(code)]) for cents, code in zip(decided.cents, decided.reason, strict=True)
        } == {(_cents(told["gives"]), told["reason"])}, (row, told)


@pytest.mark.parametrize(("slug", "day"), [(slug, day) for slug in slugs() for day in versions(slug)])
def test_every_edge_condition_and_threshold_of_a_scheme_has_its_situations(slug: str, day: date) -> None:
    read = version(slug, day)
    here = [one for one in SITUATIONS if (one.slug, one.day) == (slug, day)]
    moments = {_moment(one.told["when"]) for one in here}
    for period in read.periods:
        edges = [period.opens - 1_000_000, period.opens, period.ends - 1_000_000, period.ends]
        assert {moment_of(edge) for edge in edges} <= moments, period.id
    refused = {one.told["reason"] for one in here}
    assert {condition.why.slug for condition in read.conditions if condition.why} <= refused
    assert "granted" in refused
    if read.limit:
        sizes = {one.told.get("quantity") for one in here}
        assert {read.limit.most, read.limit.most + 1, read.limit.then, read.limit.then + 1} <= sizes
    if read.starts:
        first, last = read.starts.first, read.starts.last
        edges_of_days = {first - timedelta(days=1), first, last, last + timedelta(days=1)}
        assert edges_of_days <= {one.told.get("start") for one in here}
    capped = {told["reason"] for row in ROWS if (row.slug, row.day) == (slug, day) for told in row.told["applications"]}
    if slug != "development_advice" or day == min(versions(slug)):
        assert {f"{cap.whose}_full" for cap in read.caps} <= capped


def test_answers_chosen_for_now_set_what_the_file_itself_says() -> None:
    for slug in slugs():
        for day in versions(slug):
            values = read_yaml(ROOT / slug / f"{day}.yaml")
            asked = {**values, "questions": []}
            plain, chosen = read_scheme(asked, digest="same"), read_scheme(values, digest="same")
            assert plain.distribution == chosen.distribution
            assert (plain.caps, plain.starts, plain.periods, plain.formula) == (
                chosen.caps, chosen.starts, chosen.periods, chosen.formula,
            )  # fmt: skip


def test_every_other_answer_gives_a_scheme_too() -> None:
    for slug in slugs():
        for day in versions(slug):
            for question in version(slug, day).questions:
                assert question.source == "assumption"
                for answer in question.choices:
                    assert version(slug, day, choices={question.id: answer}).slug == slug
