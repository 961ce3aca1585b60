"""Compiles the kernel's functions once, to machine code that lets other threads run, and keeps it on disk."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba import config

# Files with compiled functions, and what those take their constants from.
PARTS = (
    "arrays", "carving", "changes/shapes", "compiled", "fitting", "held", "kernel", "parameters", "person/within",
    "plans", "scan", "search/finding", "search/nearest", "search/traits", "search/view", "search/wants", "travel",
)  # fmt: skip
Function = TypeVar("Function", bound=Callable[..., Any])


def _kept_in() -> str:
    """A folder for this very text of the engine: numba itself looks only at the file of the function called, so that
    a change in a function that it calls would go unseen and give old answers."""
    here = Path(__file__).parent
    digest = hashlib.sha256(numba.__version__.encode())
    for name in PARTS:
        digest.update((here / f"{name}.py").read_bytes())
    own = os.environ.get("NUMBA_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dichterbij"
    for place in [Path(own)] if own else [here / "__pycache__", home]:
        folder = place / f"kernel-{digest.hexdigest()[:16]}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return str(folder)
    # Nothing can be kept: a folder for this process alone. A shared one could be filled by somebody else.
    return tempfile.mkdtemp(prefix="dichterbij-kernel-")


KEPT_IN = _kept_in()
config.CACHE_DIR = KEPT_IN  # type: ignore[attr-defined]  # numba has no types


def compiled(function: Function) -> Function:
    """The function as machine code; 64-bit arithmetic exactly as written (no fastmath)."""
    return cast(Function, numba.njit(nogil=True, cache=True, fastmath=False)(function))
