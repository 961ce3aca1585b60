"""Loading packaged reference sets: all in one transaction, one at a time, and only what differs from the last load."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dichterbij.domains.journal import queries
from dichterbij.domains.journal.actions.events import record
from dichterbij.domains.journal.actions.upsert import Changes
from dichterbij.shared.errors import UnavailableError

# Part of every fingerprint: raise it when a change of the loading code itself must reach tables already loaded.
LOADER = "2"
LOCK = 20260101
LOCK_TIMEOUT = "10s"
LOADED = "reference.loaded"

ERRORS = {
    "55P03": "Another process holds the tables of the reference data. Nothing was changed; try again in a minute.",
    "53300": "The database takes no more connections now. Nothing was changed; try again in a minute.",
    "42P01": "The database has no tables yet, or old ones. Run `dichterbij migrate` first.",
    "42703": "The database's tables are of another version. Run `dichterbij migrate` first.",
}


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """A packaged set: the files it is made of and how a domain loads it. `load` gives the changes per table."""

    name: str
    files: tuple[Path, ...]
    load: Callable[[date], Mapping[str, Changes]]

    def fingerprint(self) -> str:
        """Changes when a byte of the data changes."""
        digest = hashlib.sha256(LOADER.encode())
        for path in sorted(self.files):
            digest.update(f"{path.parent.name}/{path.name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """What happened to one set. `is_same`: equal to the last load, so that its tables were not touched."""

    name: str
    is_same: bool
    tables: Mapping[str, Changes]


def load_reference(
    *,
    sets: Sequence[ReferenceSet],
    actor: str,
    now: datetime,
    anew: bool = False,
    progress: Callable[[str], None] = lambda text: None,
) -> tuple[LoadedSet, ...]:
    """Bring the tables up to date with `sets`, all or nothing; `anew` compares every row, also of a set not changed.

    UnavailableError when another load runs, a table stays locked, or the database cannot be reached.
    """
    with _told_plainly(), transaction.atomic():
        _hold_lock()
        before = _last_load()
        done = []
        for reference_set in sets:
            progress(reference_set.name)
            done.append(_load_one(reference_set, {} if anew else before, timezone.localdate(now)))
        prints = {item.name: item.fingerprint() for item in sets}
        record(actor=actor, action=LOADED, data={"sets": before | _as_data(done, prints)}, now=now)
    return tuple(done)


def _hold_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise UnavailableError("Reference data is being loaded already. Wait until that is done, then try again.")


def _last_load() -> dict[str, Any]:
    """Per set what the last load left behind, as its event tells."""
    events = queries.latest_events(action=LOADED)
    found = events[0].data.get("sets") if events else None
    return dict(found) if isinstance(found, dict) else {}


def _load_one(reference_set: ReferenceSet, before: Mapping[str, Any], today: date) -> LoadedSet:
    last = before.get(reference_set.name)
    if last and last["fingerprint"] == reference_set.fingerprint():
        same = {table: Changes(unchanged=Changes(**counts).current) for table, counts in last["tables"]}
        return LoadedSet(reference_set.name, True, same)
    return LoadedSet(reference_set.name, False, reference_set.load(today))


def _as_data(done: Sequence[LoadedSet], prints: Mapping[str, str]) -> dict[str, Any]:
    return {
        item.name: {
            "fingerprint": prints[item.name],
            "tables": [(table, asdict(changes)) for table, changes in item.tables.items()],
        }
        for item in done
    }


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turns what the database says into one sentence that tells what to do."""
    try:
        yield
    except DatabaseError as error:
        first_line = str(error).strip().partition("\n")[0]
        told = ERRORS.get(_state(error), f"The database did not do it, and nothing was changed: {first_line}")
        raise UnavailableError(told) from error


def _state(error: DatabaseError) -> str:
    """PostgreSQL's five-character code; a connection that was never made has none, only a text."""
    if any(words in str(error) for words in ("too many", "connection slots", "couldn't get a connection")):
        return "53300"
    return getattr(error.__cause__, "sqlstate", None) or ""
