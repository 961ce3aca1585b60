"""The sums of docs/concepts/scale.md."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_sums_follow_from_the_numbers_at_the_top_of_the_page() -> None:
    command = [sys.executable, ROOT / "benchmarks" / "scale.py"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
