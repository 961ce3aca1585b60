"""Sprinkles bad rows, blank lines and twins through a good table."""

import json
import random
from typing import Any

from contract.bad_rows import BAD, BROKEN, IDS, WITHOUT

Row = dict[str, Any]


def spoiled(rows: list[Row], table: str, rng: random.Random, *, every: int = 12) -> list[Any]:
    """Rows and lines: about one in `every` is made bad, blank, broken or a twin of another id."""
    changes = [bad.change for bad in BAD if bad.table == table]
    lines: list[Any] = []
    for row in rows:
        if rng.randrange(every) == 0:
            lines.append(rng.choice(["", "   ", "\t", "\r"]))
        if rng.randrange(every) == 0:
            lines.append(rng.choice(BROKEN))
        if rng.randrange(every) == 0:
            spoilt = {**row, **rng.choice(changes)}
            row = {name: value for name, value in spoilt.items() if value is not WITHOUT}
        if rng.randrange(every) == 0:
            row = {**row, IDS[table]: rng.choice(rows)[IDS[table]]}
        lines.append(json.dumps(row, ensure_ascii=rng.random() < 0.5))
    return lines
