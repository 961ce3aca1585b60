"""Reads a scheme from the values of its file. Every mistake is named with its place and what to do."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from dichterbij.domains.schemes.rules.moments import day_of, moment_of
from dichterbij.domains.schemes.rules.reading import money, terms, windows
from dichterbij.domains.schemes.rules.reading.choices import answered
from dichterbij.domains.schemes.rules.reading.file import File
from dichterbij.domains.schemes.rules.reasons import Why
from dichterbij.domains.schemes.rules.scheme import Applicant, Mechanism, Question, Scheme, Status
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record

__all__ = ["read_scheme"]

REQUIRED = (
    "scheme", "version", "checked_on", "title", "summary", "legal_ground", "sources", "status", "may_exercise",
    "published_on", "mechanisms", "applicants", "periods", "ceiling", "amount", "distribution", "evidence", "terms",
    "letters",
)  # fmt: skip
UNKNOWN = "unknown"  # of an old scheme, of which the documents do not say when it was published
OPTIONAL = ("categories", "no_category", "conditions", "limit", "starts", "caps", "questions", "printed")


def read_scheme(values: Mapping[str, Any], *, digest: str = "", choices: Mapping[str, str] | None = None) -> Scheme:
    """The scheme in these values, with other answers to its open questions where `choices` gives them."""
    if not isinstance(values, Mapping):
        raise InputError(f"a scheme is a list of fields, found {values!r}")
    values, questions = answered(values, choices or {})
    record = Record.of(values, at=str(values.get("scheme", "a scheme")), required=REQUIRED, optional=OPTIONAL)
    read = _scheme(File(record), digest or _digest(values), questions)
    _check(read, is_publication_known=record.fields["published_on"] != UNKNOWN)
    return read


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def _scheme(file: File, digest: str, questions: tuple[Question, ...]) -> Scheme:
    record, fields = file.record, file.fields
    day_of(fields["checked_on"], f"{file.at}, checked_on")
    kinds = money.categories(file)
    formula, formula_source = money.formula(file, kinds)
    periods = windows.periods(file, record.codes("applicants", Applicant))
    conditions = terms.conditions(file, [period.id for period in periods], [kind.code for kind in kinds])
    return Scheme(
        slug=record.text("scheme"),
        version=day_of(fields["version"], f"{file.at}, version"),
        title=record.words("title"),
        summary=record.words("summary"),
        legal_ground=record.text("legal_ground"),
        sources=file.sources,
        status=windows.status(file),
        may_exercise=record.flag("may_exercise"),
        is_exercise=False,
        published_on=None if fields["published_on"] == UNKNOWN else record.optional_date("published_on"),
        mechanisms=record.codes("mechanisms", Mechanism),
        periods=periods,
        ceiling=money.ceiling(file, kinds),
        formula=formula,
        formula_source=formula_source,
        categories=kinds,
        no_category=terms.refusal(record, "no_category") if "no_category" in fields else Why.WRONG_CATEGORY,
        conditions=conditions,
        limit=terms.limit(file, conditions),
        starts=windows.starts(file),
        caps=money.caps(file, formula),
        distribution=terms.distribution(file, formula),
        evidence=terms.evidence(file),
        terms=terms.terms(file),
        letters=terms.letters(file),
        questions=questions,
        printed=dict(fields.get("printed") or {}),
        digest=digest,
    )


def _check(read: Scheme, *, is_publication_known: bool) -> None:
    """What one part says of another."""
    opens = any(change.status is Status.OPEN for change in read.status)
    if opens and is_publication_known and read.published_on is None:
        raise InputError(f"{read.slug}: a scheme that opens has a day of publication (published_on), before it opens")
    if read.published_on and read.published_on >= moment_of(read.periods[0].opens).date():
        raise InputError(f"{read.slug}: published_on must lie before the first window opens (Awb 4:27)")
    ceilings = [period.ceiling_cents for period in read.periods if period.ceiling_cents is not None]
    if read.distribution.carries_over and len(ceilings) < len(read.periods):
        raise InputError(
            f"{read.slug}: what a window leaves moves on (carries_over) only when each has its own ceiling"
        )
    if read.ceiling.categories and (ceilings or len(read.periods) > 1):
        raise InputError(f"{read.slug}: a ceiling for each category needs one window, without a ceiling of its own")
    if read.ceiling.cents is not None and sum(ceilings) > read.ceiling.cents:
        raise InputError(f"{read.slug}: the ceilings of the windows come to more than the ceiling")
