"""Which engine this is: the text of all its files, and the packages that decide what it works out."""

import hashlib
import sys
from functools import cache
from pathlib import Path

import numba
import numpy as np


@cache
def engine_digest() -> str:
    """SHA-256 that changes with any of it: what another engine kept or sent is not mixed with ours."""
    here = Path(__file__).parent
    digest = hashlib.sha256(f"numba {numba.__version__} numpy {np.__version__} {sys.byteorder}".encode())
    for file in sorted(here.rglob("*.py")):
        digest.update(file.relative_to(here).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
