"""Reads a scheme from the values of its file. Every mistake is named with its place and what to do."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from dichterbij.domains.schemes.rules.amounts import MOST_CENTS, cents_of
from dichterbij.domains.schemes.rules.formulas import ByCategory, Costs, Fixed, Formula, PerUnit, ProRata, Share
from dichterbij.domains.schemes.rules.moments import closing, day_of, moment_of, opening
from dichterbij.domains.schemes.rules.reasons import why
from dichterbij.domains.schemes.rules.scheme import (
    Applicant, Cap, Category, Ceiling, Condition, Counts, Distribution, Evidence, Limit, Mechanism, Method, Period,
    Question, Rest, Scheme, Starts, Status, StatusFrom, Term, Whose,
)  # fmt: skip
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

REQUIRED = ("scheme", "version", "checked_on", "title", "summary", "legal_ground", "sources", "status", "may_exercise",
            "published_on", "mechanisms", "applicants", "periods", "ceiling", "amount", "distribution", "evidence",
            "terms", "letters")  # fmt: skip
OPTIONAL = ("categories", "conditions", "limit", "starts", "caps", "questions", "printed")
ASSUMPTION = "assumption"
LETTERS = ("receipt", "incomplete", "granted", "refused", "not_considered", "advance", "settled", "withdrawn",
           "recovered", "objection")  # fmt: skip
TERMS = ("complete", "decide", "pay", "settle", "object")
ANY = 1 << 62


def read_scheme(values: Mapping[str, Any], *, digest: str = "", choices: Mapping[str, str] | None = None) -> Scheme:
    """The scheme in these values, with other answers to its open questions where `choices` gives them."""
    name = values.get("scheme", "a scheme") if isinstance(values, Mapping) else "a scheme"
    questions = _questions(values, str(name)) if isinstance(values, Mapping) else {}
    values, chosen = _choose(values, questions, choices or {})
    record = Record.of(values, at=str(name), required=REQUIRED, optional=OPTIONAL)
    return _Reader(record).scheme(digest or _digest(values), tuple(chosen))


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def _questions(values: Mapping[str, Any], name: str) -> dict[str, Record]:
    found = values.get("questions") or []
    if not isinstance(found, list):
        raise InputError(f"{name}: questions must be a list")
    fields = ("id", "words", "chosen", "choices", "source")
    records = [Record.of(item, at=f"{name}, question {place}", required=fields) for place, item in enumerate(found, 1)]
    return {record.text("id"): record for record in records}


def _choose(
    values: Mapping[str, Any], questions: Mapping[str, Record], choices: Mapping[str, str]
) -> tuple[Mapping[str, Any], list[Question]]:
    """The values with what each chosen answer sets, and the questions as answered."""
    strays = sorted(set(choices) - set(questions))
    if strays:
        raise InputError(f"{values.get('scheme')}: there is no question {strays[0]}; there is {', '.join(questions)}")
    answered = []
    for id, record in questions.items():
        answers = record.fields["choices"]
        chosen = choices.get(id, record.text("chosen"))
        if not isinstance(answers, Mapping) or chosen not in answers:
            raise InputError(f"{record.at}: {chosen} is not one of its choices")
        values = _merged(values, answers[chosen] or {})
        answered.append(Question(id, record.words("words"), chosen, tuple(answers), record.text("source")))
    return values, answered


def _merged(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The values with these changes; a mapping inside a mapping is merged, everything else replaced."""
    merged = dict(values)
    for key, change in changes.items():
        inside = merged.get(key)
        both = isinstance(inside, Mapping) and isinstance(change, Mapping)
        merged[key] = _merged(inside, change) if both else change  # type: ignore[arg-type]  # both are mappings
    return merged


class _Reader:
    """Reads one part after the other; a source is one of the file's own, or an assumption."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.at = record.at
        self.sources = self._sources()

    def scheme(self, digest: str, questions: tuple[Question, ...]) -> Scheme:
        record, fields = self.record, self.record.fields
        day_of(fields["checked_on"], f"{self.at}, checked_on")
        categories = self._categories()
        conditions = self._conditions()
        amount = self._part("amount", fields["amount"], ("formula", "source"),
                            ("euros", "most", "units", "numerator", "denominator", "most_euros"))  # fmt: skip
        formula = self._formula(amount, categories)
        applicants = record.codes("applicants", Applicant)
        read = Scheme(
            slug=record.text("scheme"),
            version=day_of(fields["version"], f"{self.at}, version"),
            title=record.words("title"),
            summary=record.words("summary"),
            legal_ground=record.text("legal_ground"),
            sources=self.sources,
            status=self._status(),
            may_exercise=record.flag("may_exercise"),
            is_exercise=False,
            published_on=record.optional_date("published_on"),
            mechanisms=record.codes("mechanisms", Mechanism),
            periods=self._periods(applicants),
            ceiling=self._ceiling(categories),
            formula=formula,
            formula_source=self._source(amount),
            categories=categories,
            conditions=conditions,
            limit=self._limit(conditions),
            starts=self._starts(),
            caps=self._caps(formula),
            distribution=self._distribution(formula),
            evidence=self._evidence(),
            terms=self._terms(),
            letters=self._letters(),
            questions=questions,
            printed=dict(fields.get("printed") or {}),
            digest=digest,
        )
        self._check(read)
        return read

    def _check(self, read: Scheme) -> None:
        known = {period.id for period in read.periods}
        for condition in read.conditions:
            if not set(condition.periods) <= known:
                raise InputError(f"{self.at}: condition {condition.code} names a period that does not exist")
        if any(change.status is Status.OPEN for change in read.status) and read.published_on is None:
            raise InputError(f"{self.at}: a scheme that opens has a day of publication (published_on), before it opens")
        first = min(period.opens for period in read.periods)
        if read.published_on and read.published_on >= moment_of(first).date():
            raise InputError(f"{self.at}: published_on must lie before the first window opens (Awb 4:27)")
        windows = [period.ceiling_cents for period in read.periods if period.ceiling_cents is not None]
        if read.ceiling.categories and (windows or len(read.periods) > 1):
            raise InputError(f"{self.at}: a ceiling for each category needs one window, without a ceiling of its own")
        together = read.ceiling.cents
        if together is not None and sum(windows) > together:
            raise InputError(f"{self.at}: the ceilings of the windows come to more than the ceiling")
        if Whose.GROUP in {cap.whose for cap in read.caps} and Whose.EMPLOYER not in {cap.whose for cap in read.caps}:
            raise InputError(f"{self.at}: a cap for a group needs one for an employer, who may have no group")

    def _part(self, place: str, value: object, required: Sequence[str], optional: Sequence[str] = ()) -> Record:
        return Record.of(value, at=f"{self.at}, {place}", required=required, optional=optional)

    def _list(self, key: str) -> list[object]:
        value = self.record.fields.get(key) or []
        if not isinstance(value, list):
            raise InputError(f"{self.at}: {key} must be a list, found {value!r}")
        return value

    def _sources(self) -> Mapping[str, str]:
        found = self.record.fields["sources"]
        if not isinstance(found, Mapping):
            raise InputError(f"{self.at}: sources gives each document a short name and a title")
        return {str(name): str(title) for name, title in found.items()}

    def _source(self, record: Record) -> str:
        """`name, where`, of which the name is one of the file's sources."""
        source = record.text("source")
        if source.split(",")[0] not in (*self.sources, ASSUMPTION):
            raise InputError(f"{record.at}: source starts with one of {', '.join(self.sources)} or {ASSUMPTION}")
        return source

    def _whole(self, record: Record, key: str, *, least: int = 1, most: int = ANY) -> int:
        value = record.fields[key]
        if type(value) is not int or not least <= value <= most:
            raise InputError(f"{record.at}: {key} is a whole number from {least}, found {value!r}")
        return value

    def _cents(self, record: Record, key: str) -> int | None:
        value = record.fields.get(key)
        return None if value is None else cents_of(value, f"{record.at}, {key}")

    def _must_cents(self, record: Record, key: str) -> int:
        if key not in record.fields:
            raise InputError(f"{record.at}: {key} is missing")
        return cents_of(record.fields[key], f"{record.at}, {key}")

    def _status(self) -> tuple[StatusFrom, ...]:
        changes = []
        for item in self._list("status"):
            record = self._part("status", item, ("status", "from", "source"))
            on = day_of(record.fields["from"], f"{record.at}, from")
            changes.append(StatusFrom(record.code("status", Status), on, self._source(record)))
        if any(one.on >= two.on for one, two in pairwise(changes)):
            raise InputError(f"{self.at}: status changes stand in the order of their days")
        return tuple(changes)

    def _periods(self, applicants: tuple[Applicant, ...]) -> tuple[Period, ...]:
        periods = sorted((self._period(item, applicants) for item in self.record.several("periods")),
                         key=lambda period: period.opens)  # fmt: skip
        for one, two in pairwise(periods):
            if two.opens < one.ends:
                raise InputError(f"{self.at}: the periods {one.id} and {two.id} overlap; let one end before the other")
        if len({period.id for period in periods}) < len(periods):
            raise InputError(f"{self.at}: two periods have the same id")
        return tuple(periods)

    def _period(self, item: object, applicants: tuple[Applicant, ...]) -> Period:
        record = self._part("period", item, ("id", "opens", "closes", "source"), ("applicants", "ceiling", "places"))
        own = record.codes("applicants", Applicant) if "applicants" in record.fields else applicants
        opens = opening(record.fields["opens"], f"{record.at}, opens")
        ends = closing(record.fields["closes"], f"{record.at}, closes")
        if ends <= opens:
            raise InputError(f"{record.at} {record.text('id')}: it closes before it opens")
        places = self._whole(record, "places") if "places" in record.fields else None
        return Period(record.text("id"), opens, ends, own, self._cents(record, "ceiling"), places, self._source(record))

    def _ceiling(self, categories: Sequence[Category]) -> Ceiling:
        record = self._part("ceiling", self.record.fields["ceiling"], ("together", "source"),
                            ("execution", "categories"))  # fmt: skip
        together, execution = self._cents(record, "together"), self._cents(record, "execution") or 0
        if together is not None and execution >= together:
            raise InputError(f"{record.at}: execution costs as much as there is; nothing is left for grants")
        parts = self._by_category(record, "categories", categories) if "categories" in record.fields else {}
        if parts and together is not None and sum(parts.values()) > together - execution:
            raise InputError(f"{record.at}: the categories come to more than the ceiling")
        return Ceiling(together, execution, parts, self._source(record))

    def _by_category(self, record: Record, key: str, categories: Sequence[Category]) -> dict[int, int]:
        codes = [category.code for category in categories]
        amounts = Record.of(record.fields.get(key), at=f"{record.at}, {key}", required=codes)
        return {place: cents_of(amounts.fields[code], f"{amounts.at}, {code}") for place, code in enumerate(codes)}

    def _formula(self, record: Record, categories: Sequence[Category]) -> Formula:
        kind = record.fields["formula"]
        match kind:
            case "fixed":
                return Fixed(self._must_cents(record, "euros"))
            case "per_unit":
                return self._per_unit(record)
            case "pro_rata":
                return ProRata(self._must_cents(record, "euros"), self._number(record, "units"))
            case "share":
                above, below = self._number(record, "numerator"), self._number(record, "denominator")
                if above > below:
                    raise InputError(f"{record.at}: a share is at most the whole, found {above}/{below}")
                return Share(above, below, self._cents(record, "most_euros"))
            case "costs":
                return Costs(self._cents(record, "most_euros"))
            case "by_category":
                return ByCategory(self._by_category(record, "euros", categories))
        known = "fixed, per_unit, pro_rata, share, costs, by_category"
        raise InputError(f"{record.at}: there is no formula {kind!r}; the formulas are {known}")

    def _per_unit(self, record: Record) -> PerUnit:
        cents, most = self._must_cents(record, "euros"), self._number(record, "most")
        if cents * most > MOST_CENTS:
            raise InputError(f"{record.at}: so many units come to more than 10 billion euros")
        return PerUnit(cents, most)

    def _number(self, record: Record, key: str) -> int:
        if key not in record.fields:
            raise InputError(f"{record.at}: {key} is missing")
        return self._whole(record, key, most=10_000)

    def _categories(self) -> tuple[Category, ...]:
        categories = []
        for item in self._list("categories"):
            record = self._part("category", item, ("code", "words", "source"), ("receiver", "year"))
            receiver = record.code("receiver", Applicant) if "receiver" in record.fields else None
            year = self._whole(record, "year", least=2000, most=2099) if "year" in record.fields else None
            source = self._source(record)
            categories.append(Category(record.text("code"), record.words("words"), receiver, year, source))
        return self._different(categories, "categories")

    def _conditions(self) -> tuple[Condition, ...]:
        conditions = []
        for item in self._list("conditions"):
            record = self._part("condition", item, ("code", "must", "refusal", "words", "source"), ("periods",))
            try:
                refusal = why(record.text("refusal"))
            except KeyError:
                raise InputError(f"{record.at}: there is no reason {record.text('refusal')!r}") from None
            periods = tuple(str(one) for one in record.fields.get("periods") or ())
            conditions.append(Condition(record.text("code"), record.flag("must"), refusal, record.words("words"),
                                        periods, self._source(record)))  # fmt: skip
        if len(conditions) > 62:
            raise InputError(f"{self.at}: a scheme has at most 62 conditions")
        return self._different(conditions, "conditions")

    def _different(self, items: list[Any], what: str) -> tuple[Any, ...]:
        if len({item.code for item in items}) < len(items):
            raise InputError(f"{self.at}: two {what} have the same code")
        return tuple(items)

    def _limit(self, conditions: Sequence[Condition]) -> Limit | None:
        if self.record.fields.get("limit") is None:
            return None
        record = self._part("limit", self.record.fields["limit"], ("most", "source"), ("unless", "then"))
        most = self._whole(record, "most")
        if "unless" not in record.fields:
            return Limit(most, None, most, self._source(record))
        unless = record.text("unless")
        if unless not in {condition.code for condition in conditions}:
            raise InputError(f"{record.at}: {unless} is no condition of this scheme")
        return Limit(most, unless, self._whole(record, "then", least=most), self._source(record))

    def _starts(self) -> Starts | None:
        if self.record.fields.get("starts") is None:
            return None
        record = self._part("starts", self.record.fields["starts"], ("first", "last", "source"))
        first, last = (day_of(record.fields[key], f"{record.at}, {key}") for key in ("first", "last"))
        if last < first:
            raise InputError(f"{record.at}: last lies before first")
        return Starts(first, last, self._source(record))

    def _caps(self, formula: Formula) -> tuple[Cap, ...]:
        caps = [self._cap(item, formula) for item in self._list("caps")]
        if len({(cap.whose, cap.counts) for cap in caps}) < len(caps):
            raise InputError(f"{self.at}: two caps count the same thing")
        return tuple(caps)

    def _cap(self, item: object, formula: Formula) -> Cap:
        record = self._part(
            "cap", item, ("whose", "counts", "source"), ("most", "most_euros", "each_period", "reduces")
        )
        counts = record.code("counts", Counts)
        most = self._must_cents(record, "most_euros") if counts is Counts.CENTS else self._number(record, "most")
        each_period = record.flag("each_period") if "each_period" in record.fields else False
        reduces = record.flag("reduces") if "reduces" in record.fields else False
        if counts is Counts.UNITS and not isinstance(formula, PerUnit):
            raise InputError(f"{record.at}: only the formula per_unit has units that a cap can count")
        if counts is Counts.CENTS and reduces and isinstance(formula, PerUnit):
            raise InputError(f"{record.at}: a cap in euros would break units in parts; count units instead")
        return Cap(record.code("whose", Whose), counts, most, each_period, reduces, self._source(record))

    def _distribution(self, formula: Formula) -> Distribution:
        record = self._part("distribution", self.record.fields["distribution"], ("method", "rest", "source"),
                            ("carries_over", "ties", "lowest_score"))  # fmt: skip
        rest = record.code("rest", Rest)
        if rest is Rest.UNITS and not isinstance(formula, PerUnit):
            raise InputError(f"{record.at}: rest whole_units needs the formula per_unit")
        ties = record.text("ties") if "ties" in record.fields else "draw"
        if ties not in ("draw", "receipt"):
            raise InputError(f"{record.at}: ties is draw or receipt, found {ties!r}")
        lowest = self._whole(record, "lowest_score", least=0) if "lowest_score" in record.fields else 0
        carries = record.flag("carries_over") if "carries_over" in record.fields else False
        return Distribution(record.code("method", Method), rest, carries, ties, lowest, self._source(record))

    def _evidence(self) -> Mapping[Evidence, tuple[str, ...]]:
        record = self._part("evidence", self.record.fields["evidence"], [*Evidence])
        found = {}
        for regime in Evidence:
            documents = record.fields[regime]
            if not isinstance(documents, list) or not all(isinstance(one, str) for one in documents):
                raise InputError(f"{record.at}: {regime} is a list of documents, found {documents!r}")
            found[regime] = tuple(documents)
        return found

    def _terms(self) -> Mapping[str, Term]:
        record = self._part("terms", self.record.fields["terms"], TERMS)
        terms = {}
        for step in TERMS:
            term = self._part(f"terms, {step}", record.fields[step], ("weeks", "source"))
            terms[step] = Term(self._whole(term, "weeks", most=104), self._source(term))
        return terms

    def _letters(self) -> tuple[str, ...]:
        letters = self.record.several("letters")
        unknown = [letter for letter in letters if letter not in LETTERS]
        if unknown:
            raise InputError(f"{self.at}: there is no letter {unknown[0]!r}; there is {', '.join(LETTERS)}")
        return tuple(str(letter) for letter in letters)


def version_of(path_stem: str) -> date:
    """The day in the name of a version's file."""
    return day_of(path_stem, path_stem)
