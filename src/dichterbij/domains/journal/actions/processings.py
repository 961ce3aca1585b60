"""Writing to the processing log (Logboek dataverwerkingen): one row per person per use, all of one act at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

# No RETURNING: the site may add rows that it may not read back.
_ADD = """
    INSERT INTO journal_processing (trace, span, name, activity, subject, organisation, at)
    SELECT %s, unnest(%s::text[]), %s, %s, unnest(%s::text[]), %s, %s
"""


@dataclass(frozen=True, slots=True)
class Use:
    """What is done with data of people: a name as `people.read`, the activity's URI, for which organisation."""

    name: str
    activity: str
    organisation: UUID | None


def log_use(*, subjects: Sequence[str], use: Use, trace: UUID, now: datetime) -> None:
    """One row for each pseudonym, in one insert; nothing without any. Never says which user it was."""
    if not subjects:
        return
    spans = [secrets.token_hex(8) for _ in subjects]
    with connection.cursor() as cursor:
        values = (trace, spans, use.name, use.activity, list(subjects), use.organisation, now)
        cursor.execute(_ADD, values)
