"""Budgets that are lines rather than applications: what they come to, and why that is not what was printed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dichterbij.domains.schemes.rules.amounts import cents_of
from dichterbij.domains.schemes.rules.formulas import ByCategory
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words


@dataclass(frozen=True, slots=True)
class LineSum:
    """What the lines come to; `besides_cents`: lines that the document names apart."""

    sum_cents: int
    besides_cents: int
    printed_cents: int
    printed: Words
    why: Words
    source: str

    @property
    def gap_cents(self) -> int:
        """What was printed less the sum of the lines."""
        return self.printed_cents - self.sum_cents

    @property
    def with_besides_cents(self) -> int:
        """The lines, and those named apart."""
        return self.sum_cents + self.besides_cents


def line_sum(scheme: Scheme) -> LineSum:
    """The sum of a scheme's lines beside what its document printed. InputError for a scheme without lines."""
    lines, told = _lines(scheme), scheme.printed
    apart = sum(lines[code] for code in _codes(told.get("besides")))
    return LineSum(
        sum_cents=sum(lines.values()) - apart,
        besides_cents=apart,
        printed_cents=cents_of(told.get("euros"), f"{scheme.slug}, printed"),
        printed=_words(told.get("words")),
        why=_words(told.get("why")),
        source=str(told.get("source")),
    )


def by_year(scheme: Scheme) -> Mapping[int | None, int]:
    """Cents of the lines of each year."""
    lines, sums = _lines(scheme), defaultdict[int | None, int](int)
    for category in scheme.categories:
        sums[category.year] += lines[category.code]
    return dict(sums)


def by_receiver(scheme: Scheme) -> Mapping[str, int]:
    """Cents of the lines for each receiver; `unknown` where the document names none."""
    lines, sums = _lines(scheme), defaultdict[str, int](int)
    for category in scheme.categories:
        sums[category.receiver.value if category.receiver else "unknown"] += lines[category.code]
    return dict(sums)


def _lines(scheme: Scheme) -> dict[str, int]:
    if not isinstance(scheme.formula, ByCategory):
        raise InputError(f"{scheme.slug}: this scheme has no lines")
    return {category.code: scheme.formula.cents[place] for place, category in enumerate(scheme.categories)}


def _codes(value: object) -> list[str]:
    if not isinstance(value, list):
        raise InputError("what stands besides the lines is a list of codes, which may be empty")
    return [str(code) for code in value]


def _words(value: object) -> Words:
    if not isinstance(value, Mapping):
        raise InputError("what was printed needs a text in nl and en")
    return Words(nl=str(value["nl"]), en=str(value["en"]))
