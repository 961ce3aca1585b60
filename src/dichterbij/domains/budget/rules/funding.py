"""What may be paid from which money of a region, what goes first, and how a project is split over sources. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dichterbij.data import RULES
from dichterbij.domains.budget.rules.places import check_cents
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.rules.outcome import Outcome, Reason
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words


@dataclass(frozen=True, slots=True)
class Source:
    """Money that pays some kinds of costs, after other money was tried."""

    code: str
    words: Words
    pays: tuple[str, ...]
    after: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Funding:
    """The rules of a day: sources in the order in which they are tried, kinds of costs, and what goes before them."""

    sources: Mapping[str, Source]
    kinds: Mapping[str, Words]
    first: Mapping[str, Words]
    open: Words


@lru_cache(maxsize=4)
def funding(on: date) -> Funding:
    """The rules as they hold on this day. InputError before the first."""
    values = read_rule_folder(newest_folder(RULES / "funding", on=on), names=["funding"], own=None)["funding"].values
    found = [
        Source(row["code"], Words(**row["words"]), tuple(row["pays"]), tuple(row["after"]), row["source"])
        for row in values["sources"]
    ]
    kinds, first = _words(values["kinds"]), _words(values["first"])
    for one in found:
        if not {*one.pays} <= {*kinds} or not {*one.after} <= {*first}:
            raise InputError(f"funding: {one.code} names a kind of costs or a source that does not exist.")
    return Funding({one.code: one for one in found}, kinds, first, Words(**values["open"]))


def may_pay(rules: Funding, source: str, kind: str, tried: Mapping[str, str]) -> Outcome[bool]:
    """Whether this money may pay this kind of costs. `tried`: what went first, with why it is used up or not there."""
    money = _known(rules.sources, source, "source")
    _known(rules.kinds, kind, "kind of costs")
    if kind not in money.pays:
        other = next((one.code for one in rules.sources.values() if kind in one.pays), "")
        return Outcome(False, (Reason("funding.other_source", money.source, {"kind": kind, "try": other}),))
    missing = [code for code in money.after if not tried.get(code, "").strip()]
    if missing:
        return Outcome(False, (Reason("funding.others_first", money.source, {"missing": tuple(missing)}),))
    return Outcome(True, (Reason("funding.may", money.source, {"kind": kind, "tried": dict(tried)}),))


def split(rules: Funding, costs: Mapping[str, int]) -> Mapping[str, int]:
    """The costs of one project over sources: each kind from the first that pays it. The sum is that of the costs."""
    sums: dict[str, int] = {}
    for kind, cents in costs.items():
        check_cents(cents)
        _known(rules.kinds, kind, "kind of costs")
        source = next((one.code for one in rules.sources.values() if kind in one.pays), None)
        if source is None:
            raise InputError(f"No money pays {kind}.")
        sums[source] = sums.get(source, 0) + cents
    return sums


def _known(table: Mapping[str, Any], code: str, what: str) -> Any:
    if code not in table:
        raise InputError(f"{code[:40]!r} is no {what}; those are {', '.join(table)}.")
    return table[code]


def _words(rows: list[Mapping[str, Any]]) -> dict[str, Words]:
    return {row["code"]: Words(**row["words"]) for row in rows}
