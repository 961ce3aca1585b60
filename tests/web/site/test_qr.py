"""The square to point a phone at."""

import re

import segno

from dichterbij.web.site.qr import QUIET, drawing


def test_the_drawing_has_a_square_for_every_dark_module_and_room_around_it() -> None:
    url = "https://dichterbij.example/nl/regio/AM05/"
    drawn = drawing(url)
    cells = {(int(y) - QUIET, int(x) - QUIET) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn["path"])}
    matrix = segno.make(url, error="m", micro=False).matrix
    assert cells == {(row, column) for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark}
    assert drawn["size"] == len(matrix) + 2 * QUIET
