"""A tagged PDF (PDF/UA-1) from a Typst template and plain values, in our own type: it can be read aloud."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from dichterbij.data import ROOT

FONTS = ROOT / "fonts"


NO_TYPE = re.compile(r'the text `"(.+?)"` could not be displayed')
MOST_TRIES = 8


def print_pdf(
    template: Path, sheet: Mapping[str, Any], *, at: datetime, inputs: Mapping[str, str] | None = None
) -> bytes:
    """The template filled with `sheet`, dated at this moment: the same gives the same bytes. Nothing in it is run.

    A sign that our type does not have, such as of a name in Chinese, is printed as a question mark.
    """
    told = json.dumps(sheet, ensure_ascii=False)
    for _ in range(MOST_TRIES):
        try:
            return _print(template, told, at, inputs or {})
        except typst.TypstError as error:
            missing = set("".join(NO_TYPE.findall(str(error)))) - set(" ?")
            if not missing:
                raise
            told = "".join("?" if sign in missing else sign for sign in told)
    return _print(template, told.encode("ascii", "replace").decode(), at, inputs or {})


def _print(template: Path, told: str, at: datetime, inputs: Mapping[str, str]) -> bytes:
    return bytes(
        typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(at.timestamp()),
            sys_inputs={"sheet": told, **inputs},
        )
    )
