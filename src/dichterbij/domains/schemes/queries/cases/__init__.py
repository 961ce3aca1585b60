"""Reading cases: work lists, one case with everything on it, what the applicant sees, payment files and tasks."""

from dichterbij.domains.schemes.queries.cases.lists import MOST, Tab, counts, how_many, warned, worklist
from dichterbij.domains.schemes.queries.cases.one import case, case_of, letter_pdf, rebuilt
from dichterbij.domains.schemes.queries.cases.own import own_case
from dichterbij.domains.schemes.queries.cases.payments import file_row, payment_files, tasks, without_account
from dichterbij.domains.schemes.queries.cases.rows import (
    CaseRow,
    CaseView,
    EventRow,
    EvidenceRow,
    FileRow,
    LetterRow,
    ObjectionRow,
    OwnCase,
    PaymentRow,
    TaskRow,
)

__all__ = [
    "MOST", "CaseRow", "CaseView", "EventRow", "EvidenceRow", "FileRow", "LetterRow", "ObjectionRow", "OwnCase",
    "PaymentRow", "Tab", "TaskRow", "case", "case_of", "counts", "file_row", "how_many", "letter_pdf", "own_case",
    "payment_files", "rebuilt", "tasks", "warned", "without_account", "worklist",
]  # fmt: skip
