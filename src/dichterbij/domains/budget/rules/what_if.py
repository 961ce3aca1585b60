"""The alternatives that were not chosen, worked out on paper: what each would have given and asked. Pure, in cents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dichterbij.data import RULES
from dichterbij.domains.budget.rules.places import check_cents
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError

WEIGHED_ON = date(2022, 5, 13)  # the note in which the ways of sharing out were weighed


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks; `from_ledger`: it is known already, and only copied."""

    name: str
    from_ledger: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of grant asks of a region. `is_asked`: whether anybody has to fill it in: never, here."""

    per_region: tuple[Field, ...]
    per_activity: tuple[Field, ...]
    minutes_per_field: int
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Burden:
    """Fields to fill in and minutes for it (an assumption), of one region or all together."""

    fields: int
    typed: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a report as it would be filled. None: the ledger does not know, somebody would have to type it."""

    about: str
    field: str
    value: int | str | None


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a ceiling: how many whole grants fit, and what is left."""

    ceiling_cents: int
    grants: int
    left_cents: int


@dataclass(frozen=True, slots=True)
class Paper:
    """The packaged assumptions."""

    spuk: Form
    block_grant: Form
    ceiling_cents: int
    amount_cents: int
    parts: tuple[int, ...]
    vouchers_cents: int
    grants_cents: int
    activities: int
    source: str
    assumption: str


def read_paper(*, on: date) -> Paper:
    """The alternatives as they were known on a day."""
    file = read_rule_folder(newest_folder(RULES / "budget", on=on), names=("what_if",), own=None)["what_if"]
    values = file.values
    try:
        windows = values["windows"]
        return Paper(
            _form(values["spuk"]), _form(values["block_grant"]), windows["ceiling_cents"], windows["amount_cents"],
            tuple(windows["parts"]), values["vouchers"]["total_cents"], values["municipalities"]["total_cents"],
            values["activities_of_a_region"], values["source"], values["assumption"],
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error


def burden(form: Form, activities: Sequence[int]) -> Burden:
    """What a form asks of regions that have so many activities each."""
    if min(activities, default=0) < 0:
        raise InputError("A region has no activities, or some: not fewer than none.")
    asked = [*form.per_region] * len(activities) + [*form.per_activity] * sum(activities)
    typed = sum(not field.from_ledger for field in asked)
    return Burden(len(asked), typed, len(asked) * form.minutes_per_field)


def spuk_report(form: Form, activities: Mapping[str, Mapping[str, int | str]]) -> tuple[Cell, ...]:
    """The report of one region as far as the ledger can fill it: what it does not know stays unknown."""
    cells = [Cell("", field.name, None) for field in form.per_region]
    for name, known in activities.items():
        cells += [Cell(name, field.name, known.get(field.name) if field.from_ledger else None)
                  for field in form.per_activity]  # fmt: skip
    return tuple(cells)


def per_municipality(total_cents: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Divide a grant over municipalities by weight (inhabitants, or 1 each), to the last cent.

    Everybody gets the whole cents of their part; the cents that are left go to the largest remainders, at equal
    remainders by name.
    """
    check_cents(total_cents)
    together = sum(weights.values())
    if not weights or together <= 0 or min(weights.values()) < 0:
        raise InputError("Give at least one municipality with a weight above nothing, and none below.")
    parts = {name: divmod(total_cents * weight, together) for name, weight in weights.items()}
    left = total_cents - sum(whole for whole, _rest in parts.values())
    first = sorted(parts, key=lambda name: (-parts[name][1], name))[:left]
    return {name: whole + (name in first) for name, (whole, _rest) in parts.items()}


def whole_grants(ceiling_cents: int, amount_cents: int) -> Window:
    """How many grants (or vouchers) of one amount fit under a ceiling."""
    for cents in (ceiling_cents, amount_cents):
        check_cents(cents)
    grants, left = divmod(ceiling_cents, amount_cents)
    return Window(ceiling_cents, grants, left)


def vouchers(budgets: Mapping[str, int], amounts: Mapping[str, int]) -> dict[str, Window]:
    """Vouchers per region, each with an amount of its own choice."""
    return {region: whole_grants(cents, amounts[region]) for region, cents in budgets.items()}


def windows(ceiling_cents: int, amount_cents: int, parts: Sequence[int], *, carry: bool) -> tuple[Window, ...]:
    """A ceiling in parts (percent, together 100). `carry`: what is left of one goes on into the next."""
    if sum(parts) != 100 or min(parts, default=0) <= 0:
        raise InputError("The parts of a ceiling are percents above nothing, together 100.")
    ceilings = per_municipality(ceiling_cents, {f"{number:03}": part for number, part in enumerate(parts)})
    found, left = list[Window](), 0
    for cents in ceilings.values():
        found.append(whole_grants(cents + (left if carry else 0), amount_cents))
        left = found[-1].left_cents
    return tuple(found)


def _form(values: Mapping[str, Any]) -> Form:
    parts = [tuple(Field(row["field"], row["from_ledger"]) for row in values[name])
             for name in ("per_region", "per_activity")]  # fmt: skip
    return Form(parts[0], parts[1], values["minutes_per_field"], values.get("is_asked", False))
