"""An address as a square to point a phone at, drawn on the server."""

from typing import TypedDict

import segno


class Drawing(TypedDict):
    """One path in a square of `size` units, quiet zone included."""

    size: int
    path: str


QUIET = 4


def drawing(url: str) -> Drawing:
    """The QR code (error level M) of a whole address."""
    code = segno.make(url, error="m", micro=False)
    rows = enumerate(code.matrix, QUIET)
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, cells in rows for column, dark in enumerate(cells, QUIET) if dark
    )
    return Drawing(size=len(code.matrix) + 2 * QUIET, path=path)
