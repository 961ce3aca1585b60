"""A tagged PDF (PDF/UA-1) from a Typst template and plain values, in our own type: it can be read aloud."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from dichterbij.data import ROOT

FONTS = ROOT / "fonts"


def print_pdf(
    template: Path, sheet: Mapping[str, Any], *, at: datetime, inputs: Mapping[str, str] | None = None
) -> bytes:
    """The template filled with `sheet`, dated at this moment: the same gives the same bytes. Nothing in it is run."""
    return bytes(
        typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int(at.timestamp()),
            sys_inputs={"sheet": json.dumps(sheet), **(inputs or {})},
        )
    )
