"""The digest of the engine changes with each of its files, however deep."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dichterbij

PRINT = "from dichterbij.engine.digest import engine_digest; print(engine_digest())"


def printed(home: Path) -> str:
    """The digest that another process gives for the package of this folder."""
    told = subprocess.run([sys.executable, "-c", PRINT], cwd=home, env={"PYTHONPATH": str(home)}, check=True,
                          capture_output=True, text=True)  # fmt: skip
    return told.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A package with the texts of the engine; nothing of it is run but the digest."""
    own, package = Path(dichterbij.__file__).parent, tmp_path / "dichterbij"
    shutil.copytree(own / "engine", package / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").touch()
    (package / "engine" / "__init__.py").write_text("")
    return tmp_path


def test_a_change_in_any_folder_of_the_engine_is_another_engine(copy: Path) -> None:
    first = printed(copy)
    assert printed(copy) == first
    changed = copy / "dichterbij" / "engine" / "reading" / "checking.py"
    changed.write_text(changed.read_text() + "\n")
    assert printed(copy) != first
