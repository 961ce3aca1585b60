"""A scheme made for a test, as the values of a file, and applications for it in columns."""

import copy
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from dichterbij.data import SCHEMES, read_yaml
from dichterbij.domains.schemes.rules import APPLICANTS, Applicant, Scheme, read_scheme
from dichterbij.domains.schemes.rules.moments import micros
from dichterbij.domains.schemes.rules.reading.choices import merged

I64 = npt.NDArray[np.int64]
PLAIN = read_yaml(SCHEMES / "language_at_work" / "2020-11-30.yaml")
A = {"source": "assumption"}
WINDOW = PLAIN["periods"][0]
PER_UNIT = {"formula": "per_unit", "euros": 10, "most": 3}
KIND = {"code": "a", "words": {"nl": "a", "en": "a"}, **A}
ASK = {"code": "a", "must": True, "refusal": "no_job", "words": {"nl": "a", "en": "a"}, **A}
NOON = datetime(2021, 6, 1, 12, tzinfo=UTC)


def values(**changes: Any) -> dict[str, Any]:
    """The values of a plain scheme with these changes; a mapping inside is merged."""
    return merged(copy.deepcopy(PLAIN), {"questions": [], **changes})


def made(**changes: Any) -> Scheme:
    """A plain scheme with these changes, as an exercise: costs of employers, 6 million euros, the whole of 2021."""
    return read_scheme(values(**changes)).as_exercise()


def fixed(euros: int = 100, **changes: Any) -> Scheme:
    """A scheme of one amount for everybody."""
    return made(**{"amount": {"formula": "fixed", "euros": euros}, **changes})


def cap(whose: str, counts: str, most: int, **more: Any) -> Mapping[str, Any]:
    """A cap in a file."""
    key = "most_euros" if counts == "cents" else "most"
    return {"whose": whose, "counts": counts, key: most, "source": "assumption", **more}


def asked(size: int, **columns: Sequence[int] | I64) -> dict[str, I64]:
    """So many applications of employers at noon, a second after each other, with these columns."""
    usual: dict[str, Any] = {
        "complete_at": micros(NOON) + np.arange(size) * 1_000_000,
        "applicant": np.full(size, APPLICANTS.index(Applicant.EMPLOYER)),
    }
    return {name: np.asarray(column, np.int64) for name, column in (usual | columns).items()}


def window(id: str, opens: object, closes: str, **more: Any) -> dict[str, Any]:
    """A window in a file."""
    return {"id": id, "opens": opens, "closes": closes, **A, **more}
