"""Which Chromium the browser tests use."""

import os
import shutil
from pathlib import Path

HOW = "no Chromium: sudo apt-get install chromium, or set CHROMIUM to one, and run again"


def chromium_path() -> Path | None:
    """CHROMIUM when set, else `chromium` on the path; None where there is none."""
    found = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    return Path(found) if found else None
