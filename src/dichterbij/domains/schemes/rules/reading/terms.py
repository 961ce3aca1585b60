"""Reads under which terms a scheme pays: conditions, limit, distribution, proof, terms and letters."""

from collections.abc import Mapping, Sequence

from dichterbij.domains.schemes.rules.formulas import Formula, PerUnit
from dichterbij.domains.schemes.rules.reading.file import File, flag, whole
from dichterbij.domains.schemes.rules.reasons import Why, why
from dichterbij.domains.schemes.rules.scheme import (
    Condition,
    Distribution,
    Evidence,
    Limit,
    Method,
    Rest,
    Term,
)
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

LETTERS = (
    "receipt", "incomplete", "granted", "refused", "not_considered", "advance", "settled", "withdrawn", "recovered",
    "objection",
)  # fmt: skip
STEPS = ("complete", "decide", "pay", "settle", "object")
MOST_CONDITIONS = 62  # they are bits of one number
EITHER = "either"
TIES = ("draw", "receipt")


def conditions(file: File, windows: Sequence[str], kinds: Sequence[str]) -> tuple[Condition, ...]:
    """The yes-or-no facts that must hold or must not, in the order in which they refuse."""
    found = [_condition(file, item, windows, kinds) for item in file.several("conditions")]
    if len(found) > MOST_CONDITIONS:
        raise InputError(f"{file.at}: a scheme has at most {MOST_CONDITIONS} conditions")
    return file.different(found, [condition.code for condition in found], "conditions")


def _condition(file: File, item: object, windows: Sequence[str], kinds: Sequence[str]) -> Condition:
    record = file.part("condition", item, ("code", "must", "words", "source"), ("refusal", "periods", "categories"))
    code = record.text("code")
    must = None if record.fields["must"] == EITHER else record.flag("must")
    return Condition(
        code,
        must,
        None if must is None else refusal(record, "refusal"),
        record.words("words"),
        _some(record, "periods", windows),
        _some(record, "categories", kinds),
        file.source(record),
    )


def refusal(record: Record, key: str) -> Why:
    """The reason for which is refused, by its name."""
    slug = record.fields.get(key)
    try:
        found = why(str(slug))
    except KeyError:
        raise InputError(f"{record.at}: {key} is a reason, and there is no reason {slug!r}") from None
    if found.is_grant:
        raise InputError(f"{record.at}: {key} is a reason to refuse, and {slug} is none")
    return found


def _some(record: Record, key: str, known: Sequence[str]) -> tuple[str, ...]:
    """Some of the known names; none when the field is absent."""
    found = tuple(str(one) for one in record.several(key)) if key in record.fields else ()
    if not set(found) <= set(known):
        raise InputError(f"{record.at}: {key} are some of {', '.join(known)}; found {', '.join(found)}")
    return found


def limit(file: File, known: Sequence[Condition]) -> Limit | None:
    """The most units of one application, when there is such a limit."""
    if file.fields.get("limit") is None:
        return None
    record = file.part("limit", file.fields["limit"], ("most", "source"), ("unless", "then"))
    most = whole(record, "most")
    if "unless" not in record.fields:
        return Limit(most, None, most, file.source(record))
    unless = record.text("unless")
    if unless not in {condition.code for condition in known}:
        raise InputError(f"{record.at}: {unless} is no condition of this scheme")
    return Limit(most, unless, whole(record, "then", least=most), file.source(record))


def distribution(file: File, amount: Formula) -> Distribution:
    """How scarce money is shared out."""
    record = file.part(
        "distribution",
        file.fields["distribution"],
        ("method", "rest", "source"),
        ("carries_over", "ties", "lowest_score"),
    )
    rest = record.code("rest", Rest)
    if rest is Rest.UNITS and not isinstance(amount, PerUnit):
        raise InputError(f"{record.at}: rest whole_units needs the formula per_unit")
    ties = record.text("ties") if "ties" in record.fields else "draw"
    if ties not in TIES:
        raise InputError(f"{record.at}: ties is draw or receipt, found {ties!r}")
    lowest = whole(record, "lowest_score", least=0) if "lowest_score" in record.fields else 0
    carries = flag(record, "carries_over")
    return Distribution(record.code("method", Method), rest, carries, ties, lowest, file.source(record))


def evidence(file: File) -> Mapping[Evidence, tuple[str, ...]]:
    """Which documents are asked for, by the size of the grant."""
    record = file.part("evidence", file.fields["evidence"], [*Evidence])
    return {regime: _documents(record.fields[regime], f"{record.at}, {regime}") for regime in Evidence}


def _documents(value: object, at: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError(f"{at}: a list of documents, found {value!r}")
    return tuple(value)


def terms(file: File) -> Mapping[str, Term]:
    """The weeks for each step."""
    record = file.part("terms", file.fields["terms"], STEPS)
    steps = {step: file.part(f"terms, {step}", record.fields[step], ("weeks", "source")) for step in STEPS}
    return {step: Term(whole(term, "weeks", most=104), file.source(term)) for step, term in steps.items()}


def letters(file: File) -> tuple[str, ...]:
    """The letters that the scheme sends."""
    found = [str(letter) for letter in file.record.several("letters")]
    unknown = [letter for letter in found if letter not in LETTERS]
    if unknown:
        raise InputError(f"{file.at}: there is no letter {unknown[0]!r}; there is {', '.join(LETTERS)}")
    return tuple(found)
