"""Money movements as data: read, checked to the cent, and given ids that are always the same. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from dichterbij.data import DEMO, REFERENCE, read_yaml, reference_table
from dichterbij.domains.budget.rules.lapsing import After
from dichterbij.domains.budget.rules.places import (
    Account,
    Needs,
    Place,
    State,
    Transfer,
    check_cents,
    euros,
    read_account,
)
from dichterbij.shared.errors import InputError

PROGRAMME = REFERENCE / "budget" / "programme.yaml"
DEMONSTRATION = DEMO / "budget.yaml"
SPACE = UUID("6f1d3c58-0d54-5c5a-9a52-3f3b7c0b40aa")  # ids of postings that are made from data
STATED, ASSUMED, INVENTED = "stated", "assumption", "invented"


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a plan, as printed."""

    purpose: str
    cents: int
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Lines that must add up to a total. `gap_cents`: what the lines are short of it, below zero when they are over."""

    total_cents: int
    lines: tuple[Line, ...]
    source: str

    @property
    def gap_cents(self) -> int:
        return self.total_cents - sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class Indirect:
    """A grant of which a part went through the VAT compensation fund. None: unknown, and never worked out."""

    gross_cents: int
    cash_cents: int | None
    fund_cents: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Written:
    """A posting as the data have it; `day_is`: whether a document names the day."""

    key: str
    id: UUID
    on: date
    day_is: str
    source: str
    nl: str
    en: str
    approved_by: str
    transfers: tuple[Transfer, ...]


@dataclass(frozen=True, slots=True)
class WrittenTerm:
    """Until when money may be used, as the data have it."""

    fund: str
    tranche: str
    region: str
    ends_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class WrittenProposal:
    """A proposal as the data have it; decided on where `approved_on` is a day."""

    id: UUID
    title: str
    source: Account
    made_on: date
    body: str
    approved_on: date | None
    lines: Mapping[Account, int]


@dataclass(frozen=True, slots=True)
class WrittenAfter:
    """What happens to an activity when its money ends, as the data have it."""

    region: str
    activity: str
    what: After
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that one file says about money."""

    name: str
    postings: tuple[Written, ...]
    terms: tuple[WrittenTerm, ...]
    needs: Mapping[Account, Needs]
    proposals: tuple[WrittenProposal, ...]
    after: tuple[WrittenAfter, ...]
    plans: Mapping[str, Plan]
    indirect: tuple[Indirect, ...]


def programme() -> Book:
    """The 40 million euros of the action plan. InputError when a sum does not close: it says by how much."""
    return read_book(read_yaml(PROGRAMME), "programme", str(PROGRAMME))


def demonstration() -> Book:
    """The invented books of regions and the cashier."""
    return read_book(read_yaml(DEMONSTRATION), "demonstration", str(DEMONSTRATION))


def regions() -> tuple[str, ...]:
    """The codes of the regions, in order."""
    return tuple(sorted(str(code) for code in reference_table("regions", "regions.csv")["region_code"].to_pylist()))


def read_book(values: Mapping[str, Any], name: str, path: str | Path) -> Book:
    """A book from what a file holds. InputError that says where and what is wrong."""
    try:
        book = Book(
            name=name,
            postings=tuple(_posting(row, name) for row in values["postings"]),
            terms=tuple(_term(row) for row in values.get("terms", ())),
            needs={read_account(row["account"]): Needs(row["needs"]) for row in values.get("accounts", ())},
            proposals=tuple(_proposal(row, name) for row in values.get("proposals", ())),
            after=tuple(_after(row) for row in values.get("after", ())),
            plans={key: _plan(values[key]) for key in ("plan", "freed", "initiatives") if key in values},
            indirect=tuple(_indirect(values["indirect"])) if "indirect" in values else (),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: a value is missing or wrong: {type(error).__name__} {error}.") from error
    check_plans(book.plans, str(path))
    return book


def check_plans(plans: Mapping[str, Plan], path: str) -> None:
    """InputError when the lines of a plan do not add up to its total: the text says the gap."""
    for key, plan in plans.items():
        if plan.gap_cents:
            raise InputError(
                f"{path}: {key} does not close: its lines are {euros(abs(plan.gap_cents))} euros "
                f"{'short of' if plan.gap_cents > 0 else 'over'} the total of {euros(plan.total_cents)}. "
                "Look at the lines, or at the total.",
                gap_cents=plan.gap_cents,
            )


def _posting(row: Mapping[str, Any], book: str) -> Written:
    key = row["key"]
    return Written(
        key=key, id=uuid5(SPACE, f"{book}/{key}"), on=_day(row["date"]), day_is=row.get("day", INVENTED),
        source=row.get("source", INVENTED), nl=row["nl"], en=row.get("en", row["nl"]),
        approved_by=row.get("approved_by", ""), transfers=tuple(_transfers(row["moves"], book, key)),
    )  # fmt: skip


def _transfers(moves: list[Mapping[str, Any]], book: str, key: str) -> Iterator[Transfer]:
    for number, move in enumerate(moves):
        check_cents(move["cents"])
        for region in regions() if move.get("each") == "region" else ("",):
            source, target = (read_account(move[side].replace("{region}", region)) for side in ("from", "to"))
            identity = uuid5(SPACE, f"{book}/{key}/{number}/{region}")
            yield Transfer(identity, source, target, move["cents"], reference=key)


def _plan(row: Mapping[str, Any]) -> Plan:
    lines = tuple(Line(line["purpose"], line["cents"], line["nl"], line["en"]) for line in row["lines"])
    for cents in (row["total_cents"], *(line.cents for line in lines)):
        check_cents(cents)
    return Plan(row["total_cents"], lines, row["source"])


def _indirect(row: Mapping[str, Any]) -> Iterator[Indirect]:
    for gross in row["gross_cents_per_region"]:
        check_cents(gross)
        yield Indirect(gross, row["cash_cents_per_region"], row["fund_cents_per_region"], row["source"])


def _term(row: Mapping[str, Any]) -> WrittenTerm:
    ends_on = _day(row["ends_on"]) if row["ends_on"] is not None else None
    return WrittenTerm(row["fund"], row.get("tranche", ""), row.get("region", ""), ends_on, row["source"])


def _proposal(row: Mapping[str, Any], book: str) -> WrittenProposal:
    lines = {read_account(line["to"]): line["cents"] for line in row["lines"]}
    approved_on = _day(row["approved_on"]) if "approved_on" in row else None
    return WrittenProposal(
        uuid5(SPACE, f"{book}/{row['key']}"), row["title"], read_account(row["from"]), _day(row["made_on"]),
        row.get("body", ""), approved_on, lines,
    )  # fmt: skip


def _after(row: Mapping[str, Any]) -> WrittenAfter:
    place = Place("any", region=row["region"], activity=row["activity"])
    return WrittenAfter(place.region, place.activity, After(row["what"]), _day(row["date"]), row.get("words", ""))


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise InputError(f"{value!r} is no day; write 2022-10-17.")
    return value


def granted_to_regions(book: Book) -> dict[tuple[str, str], int]:
    """Cents per region and tranche that the book pays to regions."""
    found: dict[tuple[str, str], int] = {}
    for one in book.postings:
        for move in one.transfers:
            if move.target.state is State.PAID and move.target.place.region:
                key = move.target.place.region, move.target.place.tranche
                found[key] = found.get(key, 0) + move.cents
    return found
