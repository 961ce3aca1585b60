"""What all workers of a run must have alike: versions, parameters, openings, parts; as plain values with one digest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from dichterbij import __version__
from dichterbij.engine.digest import engine_digest

# Where files lie does not change an answer.
PLACES = ("parts", "openings", "own_parameters", "kept")


@dataclass(frozen=True)
class Work:
    """One run. Places are paths that every worker sees; digests say what must stand there."""

    parts: str
    parts_sha256: str
    openings: str
    openings_sha256: str
    own_parameters: str | None
    parameters_sha256: str
    reference_sha256: str
    on: str
    seed: int
    top: int
    skip_bad_rows: bool
    kept: str
    version: str = __version__
    engine: str = ""

    def told(self) -> dict[str, Any]:
        """As plain values: a worker with another version can still read the version."""
        return {**asdict(self), "engine": self.engine or engine_digest()}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Work":
        """The run that was told, by a client of the same version."""
        return cls(**told)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that decides the answers."""
        deciding = {name: value for name, value in self.told().items() if name not in PLACES}
        return hashlib.sha256(json.dumps(deciding, sort_keys=True).encode()).hexdigest()
