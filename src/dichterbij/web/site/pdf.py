"""One A4 as a tagged PDF (PDF/UA-1), so that it can be read aloud: what a sheet for print is made with."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils.timezone import get_current_timezone

from dichterbij.shared.pdf import print_pdf


def pdf_of(template: Path, sheet: dict[str, Any], *, address: str, on: date) -> bytes:
    """The Typst template filled with `sheet` (plain values) and a QR code of `address`; dated on the noon of `on`."""
    noon = datetime.combine(on, time(12), get_current_timezone())
    return print_pdf(template, sheet, at=noon, inputs={"qr": _qr(address)})


def _qr(address: str) -> str:
    stream = BytesIO()
    segno.make(address, error="m").save(stream, kind="svg", scale=4, border=0, dark="#10262b")
    return stream.getvalue().decode()
