"""Says in a sentence why a file cannot be read."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dichterbij.shared.errors import InputError

UNREADABLE = (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """InputError for what goes wrong in reading this file; a lack of memory stays what it is."""
    try:
        yield
    except UNREADABLE as error:
        if isinstance(error, OSError) and error.errno == errno.ENOMEM:
            raise
        if isinstance(error, OSError) and error.strerror:
            raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
        text = " ".join(str(error).split())
        raise InputError(f"{path}: this is not a Parquet file that can be read ({text}).") from error


@contextmanager
def parquet_file(path: Path) -> Iterator[pq.ParquetFile]:
    """The open file; InputError when it, or a part that is read of it, is no Parquet."""
    with readable(path), pq.ParquetFile(path, page_checksum_verification=True) as file:
        yield file
