"""Reads what a scheme pays: categories, ceiling, the formula of the amount, and the caps."""

from collections.abc import Sequence

from dichterbij.domains.schemes.rules.amounts import MOST_CENTS, cents_of
from dichterbij.domains.schemes.rules.formulas import ByCategory, Costs, Fixed, Formula, PerUnit, ProRata, Share
from dichterbij.domains.schemes.rules.reading.file import File, cents, flag, optional_cents, whole
from dichterbij.domains.schemes.rules.scheme import Applicant, Cap, Category, Ceiling, Counts, Whose
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

FORMULAS = "fixed, per_unit, pro_rata, share, costs, by_category"
AMOUNT = ("euros", "most", "units", "numerator", "denominator", "most_euros")


def categories(file: File) -> tuple[Category, ...]:
    """The kinds of money in the scheme, in the order of the file."""
    found = []
    for item in file.several("categories"):
        record = file.part("category", item, ("code", "words", "source"), ("receiver", "year"))
        receiver = record.code("receiver", Applicant) if "receiver" in record.fields else None
        year = whole(record, "year", least=2000, most=2099) if "year" in record.fields else None
        found.append(Category(record.text("code"), record.words("words"), receiver, year, file.source(record)))
    return file.different(found, [category.code for category in found], "categories")


def ceiling(file: File, kinds: Sequence[Category]) -> Ceiling:
    """The money together less the costs of execution, and what each category has of it."""
    record = file.part("ceiling", file.fields["ceiling"], ("together", "source"), ("execution", "categories"))
    together, execution = optional_cents(record, "together"), optional_cents(record, "execution") or 0
    if together is not None and execution >= together:
        raise InputError(f"{record.at}: execution costs as much as there is; nothing is left for grants")
    parts = _by_category(record, "categories", kinds) if "categories" in record.fields else {}
    if together is not None and sum(parts.values()) > together - execution:
        raise InputError(f"{record.at}: the categories come to more than the ceiling")
    return Ceiling(together, execution, parts, file.source(record))


def _by_category(record: Record, key: str, kinds: Sequence[Category]) -> dict[int, int]:
    codes = [category.code for category in kinds]
    amounts = Record.of(record.fields.get(key), at=f"{record.at}, {key}", required=codes)
    return {place: cents_of(amounts.fields[code], f"{amounts.at}, {code}") for place, code in enumerate(codes)}


def formula(file: File, kinds: Sequence[Category]) -> tuple[Formula, str]:
    """The formula of the amount, and its source."""
    record = file.part("amount", file.fields["amount"], ("formula", "source"), AMOUNT)
    return _formula(record, kinds), file.source(record)


def _formula(record: Record, kinds: Sequence[Category]) -> Formula:
    match record.fields["formula"]:
        case "fixed":
            return Fixed(cents(record, "euros"))
        case "per_unit":
            return _per_unit(record)
        case "pro_rata":
            return ProRata(cents(record, "euros"), whole(record, "units"))
        case "share":
            return _share(record)
        case "costs":
            return Costs(optional_cents(record, "most_euros"))
        case "by_category":
            return ByCategory(_by_category(record, "euros", kinds))
        case other:
            raise InputError(f"{record.at}: there is no formula {other!r}; the formulas are {FORMULAS}")


def _per_unit(record: Record) -> PerUnit:
    amount, most = cents(record, "euros"), whole(record, "most")
    if amount * most > MOST_CENTS:
        raise InputError(f"{record.at}: so many units come to more than 10 billion euros")
    return PerUnit(amount, most)


def _share(record: Record) -> Share:
    above, below = whole(record, "numerator"), whole(record, "denominator")
    if above > below:
        raise InputError(f"{record.at}: a share is at most the whole, found {above}/{below}")
    return Share(above, below, optional_cents(record, "most_euros"))


def caps(file: File, amount: Formula) -> tuple[Cap, ...]:
    """The caps, no two of which count the same; one for a group stands beside one for an employer."""
    found = [_cap(file, item, amount) for item in file.several("caps")]
    whose = {cap.whose for cap in found}
    if Whose.GROUP in whose and Whose.EMPLOYER not in whose:
        raise InputError(f"{file.at}: a cap for a group needs one for an employer, who may have no group")
    return file.different(found, [f"{cap.whose} {cap.counts}" for cap in found], "caps")


def _cap(file: File, item: object, amount: Formula) -> Cap:
    record = file.part("cap", item, ("whose", "counts", "source"), ("most", "most_euros", "each_period", "reduces"))
    counts, reduces = record.code("counts", Counts), flag(record, "reduces")
    in_units = isinstance(amount, PerUnit)
    if counts is Counts.UNITS and not in_units:
        raise InputError(f"{record.at}: only the formula per_unit has units that a cap can count")
    if counts is Counts.CENTS and reduces and in_units:
        raise InputError(f"{record.at}: a cap in euros would break units in parts; count units instead")
    most = cents(record, "most_euros") if counts is Counts.CENTS else whole(record, "most")
    return Cap(record.code("whose", Whose), counts, most, flag(record, "each_period"), reduces, file.source(record))
