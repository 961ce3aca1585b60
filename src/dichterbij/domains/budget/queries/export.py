"""The whole ledger for an auditor: plain-text accounting (hledger, ledger-cli) and a table. Amounts are exact."""

import csv
import io
from collections.abc import Iterator

from django.db import connection, transaction

from dichterbij.domains.budget.rules import euros, read_account
from dichterbij.shared.cells import harmless

COLUMNS = (
    "place", "number", "posting", "day", "recorded_at", "actor", "approved_by", "reason", "transfer", "source",
    "target", "cents", "reference", "until", "settles", "corrects", "proposal",
)  # fmt: skip
WRITTEN = ("actor", "approved_by", "reason", "reference")  # what people wrote, or who they are, or whom it is about
IN_DUTCH = {
    "place": "plaats", "number": "nummer", "posting": "boeking", "day": "dag", "recorded_at": "geboektOp",
    "transfer": "overboeking", "source": "van", "target": "naar", "cents": "bedragCenten", "until": "tot",
    "settles": "verrekent", "corrects": "herstelt", "proposal": "voorstel",
}  # fmt: skip
_ROWS = """
    SELECT link.place, moved.number, told.id::text, told.day::text, told.recorded_at, told.actor, told.approved_by,
           told.reason, moved.id::text, giver.name, taker.name, moved.cents, moved.reference, moved.until,
           moved.settles::text, moved.corrects::text, told.proposal::text
    FROM budget_link AS link JOIN budget_posting AS told ON told.id = link.posting
    JOIN budget_transfer AS moved ON moved.number BETWEEN link.first AND link.last
    JOIN budget_account AS giver ON giver.id = moved.source JOIN budget_account AS taker ON taker.id = moved.target
    ORDER BY moved.number
"""
Row = tuple[object, ...]


def export_csv() -> Iterator[str]:
    """Lines of a table with a head: one transfer each, amounts in whole cents. No cell is a formula."""
    yield _line(COLUMNS)
    for row in _rows():
        yield _line(row)


def export_journal(*, is_bare: bool = False) -> Iterator[str]:
    """Lines of a journal in plain-text accounting: one transaction per posting, in the order of the chain.

    `is_bare`: without who made it, why and about what, for who may not read what people wrote.
    """
    yield "; Plain-text accounting: hledger -f FILE balance. EUR with two decimals, made from whole cents.\n"
    yield "commodity 1000.00 EUR\n"
    posting = None
    for row in _rows():
        place, _number, identity, day, _at, actor, approved_by, reason, transfer, source, target, cents, *rest = row
        if identity != posting:
            approved = f", approved_by: {_words(approved_by)}" if approved_by else ""
            yield f"\n{day} * ({place})" + ("\n" if is_bare else f" {_words(reason)}\n")
            yield f"    ; posting: {identity}" + ("\n" if is_bare else f", actor: {_words(actor)}{approved}\n")
            posting = identity
        about = "" if is_bare else f", reference: {_words(rest[0])}"
        corrects = f", corrects: {rest[3]}" if rest[3] else ""
        yield f"    ; transfer: {transfer}{about}{corrects}\n"
        for account, amount in ((target, _cents(cents)), (source, -_cents(cents))):
            yield f"    {read_account(str(account)).short}  {euros(amount)} EUR\n"


def export_bare_csv() -> Iterator[str]:
    """As `export_csv` with headings in Dutch, without what people wrote, who they are and whom it is about."""
    kept = [place for place, name in enumerate(COLUMNS) if name not in WRITTEN]
    yield _line(tuple(IN_DUTCH[COLUMNS[place]] for place in kept))
    for row in _rows():
        yield _line(tuple(row[place] for place in kept))


def _rows() -> Iterator[Row]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        yield from cursor


def _line(row: Row) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(["" if cell is None else harmless(str(cell)) for cell in row])
    return out.getvalue()


def _words(text: object) -> str:
    """What would end a description, or begin a comment or a tag, is written otherwise."""
    return " ".join(str(text).replace(";", ",").replace("|", "/").replace(":", " ").split())


def _cents(value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number of cents")
    return value
