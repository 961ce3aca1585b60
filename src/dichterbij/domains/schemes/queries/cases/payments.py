"""Payment files, what cannot be paid, and tasks of officers."""

from django.db.models import QuerySet

from dichterbij.domains.schemes.case_models import Case, OfficerTask
from dichterbij.domains.schemes.payment_models import PaymentFile
from dichterbij.domains.schemes.queries.cases.lists import MOST
from dichterbij.domains.schemes.queries.cases.rows import FileRow, TaskRow
from dichterbij.domains.schemes.seeing import own_work


def payment_files(*, most: int = MOST) -> tuple[FileRow, ...]:
    """Payment files, the newest first."""
    with own_work():
        rows = PaymentFile.objects.order_by("-prepared_at", "id")[:most]
        return tuple(file_row(row) for row in rows)


def file_row(row: PaymentFile) -> FileRow:
    """A payment file without its bytes."""
    return FileRow(
        row.pk, row.message_id, row.round_id, row.count, row.cents, row.execute_on, row.digest, row.prepared_by,
        row.prepared_at, row.released_by, row.dropped_by,
    )  # fmt: skip


def tasks(*, most: int = MOST) -> tuple[TaskRow, ...]:
    """What a person must look at, oldest first."""
    with own_work():
        return task_rows(OfficerTask.objects.filter(done_at=None).order_by("made_at", "id")[:most])


def without_account(*, most: int = MOST) -> tuple[str, ...]:
    """Numbers of cases with something to pay, of which the account is not known."""
    with own_work():
        rows = Case.objects.filter(due_cents__gt=0, account="").order_by("received_on", "number")
        return tuple(rows.values_list("number", flat=True)[:most])


def task_rows(rows: QuerySet[OfficerTask]) -> tuple[TaskRow, ...]:
    """Tasks with the number of their case."""
    return tuple(
        TaskRow(one.pk, one.case_id, one.case.number, one.kind, one.data, one.made_at)
        for one in rows.select_related("case")
    )
