"""Reading cases: work lists, one case with everything on it, what the applicant sees, payment files and tasks."""

from dichterbij.domains.schemes.queries.cases.lists import (
    MOST,
    Tab,
    counts,
    flag_counts,
    how_many,
    open_flags,
    warned,
    worklist,
)
from dichterbij.domains.schemes.queries.cases.one import case, case_of, document, letter_pdf, rebuilt
from dichterbij.domains.schemes.queries.cases.own import own_case, own_case_if_any
from dichterbij.domains.schemes.queries.cases.payments import file_row, payment_files, tasks, without_account
from dichterbij.domains.schemes.queries.cases.rows import (
    CaseRow,
    CaseView,
    EventRow,
    EvidenceRow,
    FileRow,
    FlagCount,
    LetterRow,
    ObjectionRow,
    OwnCase,
    PaymentRow,
    TaskRow,
)
from dichterbij.domains.schemes.queries.cases.samples import Looked, Sample, SampledCase, looked_at, sample, samples
from dichterbij.domains.schemes.queries.cases.undertakings import Undertaking, undertaking_of

__all__ = [
    "MOST",
    "CaseRow",
    "CaseView",
    "EventRow",
    "EvidenceRow",
    "FileRow",
    "FlagCount",
    "LetterRow",
    "Looked",
    "ObjectionRow",
    "OwnCase",
    "PaymentRow",
    "Sample",
    "SampledCase",
    "Tab",
    "TaskRow",
    "Undertaking",
    "case",
    "case_of",
    "counts",
    "document",
    "file_row",
    "flag_counts",
    "how_many",
    "letter_pdf",
    "looked_at",
    "open_flags",
    "own_case",
    "own_case_if_any",
    "payment_files",
    "rebuilt",
    "sample",
    "samples",
    "tasks",
    "undertaking_of",
    "warned",
    "without_account",
    "worklist",
]  # fmt: skip
