"""Makes the openings of the latest delivery ready in a folder, from which every process takes them."""

import contextlib
import math
import os
import subprocess  # nosec B404
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlsplit, urlunsplit

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection, transaction

from dichterbij.domains.matching.rules import load_parameters
from dichterbij.domains.openings import queries as openings
from dichterbij.engine import build_index, read_openings
from dichterbij.engine.arrays import I8, I32
from dichterbij.engine.parameters import Parameters
from dichterbij.engine.snapshot import Arrays, alone, in_turn, is_ready, name_of, remove, remove_unused, save
from dichterbij.shared.errors import UnavailableError
from dichterbij.web.near.facts import group_of, sector_of

SEED = 0
SETTINGS = "dichterbij.bootstrap.settings"
COMMAND = [sys.executable, "-c", "from dichterbij.web.near.make_ready import main; main()"]
ASKING = "asking.lock"
# Far above what the whole country takes beside busy visitors, who go first: whoever needs longer hangs.
LONGEST_SECONDS = 1_800.0


def home() -> Path:
    """Where the folders are."""
    return Path(settings.HOME) / "snapshots"


def folder_of(version: str, parameters: Parameters) -> Path:
    """The folder for this delivery; there when it has been made."""
    return home() / name_of(parameters, stamp=version, seed=SEED)


def make(on: date) -> None:
    """Make the latest delivery ready, unless it is or there is none; others that nobody uses any more are removed.

    A folder that is damaged is made again.
    """
    with alone(home()):
        folder = _make(on)
        if folder:
            remove_unused(home(), but=folder)


def _make(on: date) -> Path | None:
    parameters = load_parameters(on=on)
    with transaction.atomic():
        # Version and openings of one moment: a delivery in between would be taken for the one before it.
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        version = openings.latest_delivery()
        if version is None:
            return None
        folder = folder_of(version, parameters)
        if is_ready(folder, parameters):
            return folder
        with tempfile.TemporaryDirectory(dir=home(), prefix=".unfinished-") as rows:
            table = Path(rows) / "openings.parquet"
            openings.write_openings(table)
            index = build_index(read_openings(table, parameters).table, parameters, seed=SEED)
            beside = beside_of(pq.read_table(table, columns=["opening_id", "sector", "occupation_uri"]), index.row_of)
    remove(folder)
    save(index, folder, beside=beside, stamp=version)
    return folder


def beside_of(table: pa.Table, row_of: I32) -> Arrays:
    """What the filters look at, in the order of the index, and the rows of the table in the order of their ids."""
    order = pc.sort_indices(table["opening_id"]).to_numpy().astype(np.int32)
    sector, group = _letters(table["sector"], sector_of), _letters(table["occupation_uri"], group_of)
    return {"sector": sector[row_of], "group": group[row_of], "by_id": order}


def _letters(column: pa.ChunkedArray, letter_of: Callable[[str | None], str]) -> I8:
    """The letter or digit of each value, as its number in ASCII; 0 for none."""
    encoded = column.combine_chunks().dictionary_encode()
    letters = np.array([ord(letter_of(value) or "\0") for value in [*encoded.dictionary.to_pylist(), None]], np.int8)
    return cast(I8, letters[encoded.indices.fill_null(len(letters) - 1).to_numpy(zero_copy_only=False)])


@contextlib.contextmanager
def asking() -> Iterator[None]:
    """Of the processes that answer visitors one at a time asks for a maker; the others wait, and find what it made."""
    with in_turn(home(), ASKING):
        yield


def make_elsewhere(on: date) -> None:
    """`make` in a process of its own, that yields to those who answer visitors.

    UnavailableError with what it said, or when it takes longer than ever.
    """
    command = [*COMMAND, on.isoformat(), str(math.ceil(LONGEST_SECONDS))]
    try:
        done = subprocess.run(  # nosec B603
            command, env=_environment(), capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"The openings were not ready after {LONGEST_SECONDS:g} seconds.") from error
    if done.returncode:
        raise UnavailableError(f"The openings could not be made ready: {done.stderr.strip()[-2000:]}")


def _environment() -> dict[str, str]:
    """What another process needs to know to work on this very database and folder."""
    known = {"DICHTERBIJ_HOME": str(settings.HOME), "DJANGO_SETTINGS_MODULE": SETTINGS, "DATABASE_URL": _database_url()}
    return {**os.environ, **known}


def _database_url() -> str:
    """The address of the database that this process works on; what the operator put into it stays."""
    used = connection.settings_dict
    given = os.environ.get("DATABASE_URL", "")
    name = quote(str(used["NAME"]), safe="")
    if given:
        return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    who = quote(str(used["USER"]), safe="") + (f":{quote(str(used['PASSWORD']), safe='')}" if used["PASSWORD"] else "")
    port = f":{used['PORT']}" if used["PORT"] else ""
    return f"postgresql://{who}@{quote(str(used['HOST']), safe='')}{port}/{name}"
