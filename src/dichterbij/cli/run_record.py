"""What an output of `match` says about its own run: in the file when it is compact, else in the record beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dichterbij.cli.bridge_run import say
from dichterbij.engine.output.compact import ABOUT, CompactFile
from dichterbij.engine.output.writing import RUN, beside
from dichterbij.engine.reading.readable import parquet_file
from dichterbij.shared.errors import InputError


@dataclass(frozen=True)
class RunRecord:
    """The run that made these lists; `about` is empty when nothing tells."""

    matches: Path
    about: Mapping[str, Any]

    @classmethod
    def of(cls, matches: Path) -> "RunRecord":
        """The record. InputError when there is one that is none."""
        if _is_compact(matches):
            return cls(matches, CompactFile.of(matches).about)
        path = beside(matches, RUN)
        return cls(matches, _read(path) if path.is_file() else {})

    @property
    def on(self) -> date | None:
        """The day of the run."""
        return date.fromisoformat(self.about["date"]) if self.about else None

    @property
    def top(self) -> int | None:
        """At most so many openings a person."""
        return int(self.about["top"]) if self.about else None

    def check(self, **digests: str) -> None:
        """InputError when people or openings are not those of the run; a line on stderr when nothing can tell."""
        if not self.about:
            say(
                f"{beside(self.matches, RUN)} is not there: whether {' and '.join(digests)} are those of this run "
                f"could not be checked."
            )
            return
        other = [name for name, digest in digests.items() if self.about["inputs"][name]["sha256"] != digest]
        if other:
            raise InputError(
                f"{self.matches}: made with other {' and '.join(other)}; give the files that this run was made with."
            )


def _is_compact(matches: Path) -> bool:
    if matches.suffix.lower() != ".parquet":
        return False
    with parquet_file(matches) as file:
        return ABOUT.encode() in (file.metadata.metadata or {})


def _read(path: Path) -> Mapping[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        date.fromisoformat(record["date"])
        if int(record["top"]) < 1:
            raise ValueError(record["top"])
        if not all(isinstance(record["inputs"][name]["sha256"], str) for name in ("people", "openings")):
            raise TypeError("inputs")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"{path}: this is no record of a run of `match` ({error}); move it, and give --date and --top."
        ) from error
    return record
