"""`python -m benchmarks`: a wrong answer fails it, a slow one does not."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SIZES = ("--people", "400", "--openings", "3000", "--seed", "5")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()"]
    subprocess.run([*command, "synth", *SIZES, "--out", str(folder)], check=True, capture_output=True)
    return folder


@pytest.mark.long
def test_numpy_alone_finds_what_the_engine_finds_over_all_routes(country: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--only", "exact", "--data", str(country), "--people", "300"]
    command += ["--markdown", str(country / "bench.md")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "300 people" in done.stdout
    assert "lists that differ" in (country / "bench.md").read_text()


def test_one_other_number_in_one_row_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    exact = import_module("benchmarks.exact")
    one = {4: np.arange(18).reshape(2, 9), 7: np.zeros((0, 9), dtype=np.int64)}
    other = {who: rows.copy() for who, rows in one.items()}
    assert exact.differing(one, other) == []
    other[4][1, 5] += 1
    assert exact.differing(one, other) == [4]
    assert exact.differing(one, {4: one[4][:1], 7: one[7]}) == [4]
