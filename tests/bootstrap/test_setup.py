"""What set-up says and does before anything is installed. A folder of its own stands in for a checkout."""

import ast
import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SETUP = Path("src") / "dichterbij" / "bootstrap" / "setup.py"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what set-up reads, and an environment that is complete."""
    (tmp_path / SETUP).parent.mkdir(parents=True)
    shutil.copy(ROOT / SETUP, tmp_path / SETUP)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    module = loaded(tmp_path)
    (tmp_path / ".venv" / "made-in").write_text(module.place())
    module.stamp_of("dev").write_text(module.fingerprint("dev"))
    return tmp_path


def loaded(checkout: Path) -> ModuleType:
    """The set-up of that folder, as a module."""
    spec = importlib.util.spec_from_file_location("setup_of_a_checkout", checkout / SETUP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def set_up(checkout: Path, wanted: str = "run", **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(checkout / SETUP), wanted]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=60
    )


def test_a_complete_environment_is_left_as_it_is(checkout: Path) -> None:
    for wanted in ("run", "dev"):
        done = set_up(checkout, wanted)
        assert (done.returncode, done.stderr) == (0, "")


def test_changed_requirements_a_moved_folder_and_half_an_environment_are_set_up_again(checkout: Path) -> None:
    module = loaded(checkout)
    assert module.works()
    assert module.is_installed("dev")
    (checkout / "requirements" / "run.txt").write_text("# other")
    assert not module.is_installed("dev")
    assert not loaded(checkout.rename(checkout.with_name("moved"))).works()


def test_an_environment_without_pip_does_not_count(checkout: Path) -> None:
    (checkout / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    assert not loaded(checkout).works()


def test_a_second_set_up_says_that_it_waits_and_then_goes_on(checkout: Path) -> None:
    with (checkout / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, str(checkout / SETUP), "run"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as second:
            assert second.stderr is not None
            assert "another set-up is busy in this folder; waiting for it" in second.stderr.readline()
            assert second.poll() is None
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert second.wait(30) == 0


def test_what_a_killed_set_up_started_still_counts_as_busy(checkout: Path) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.write_text("#!/bin/sh\nsleep 2\n")
    with subprocess.Popen([sys.executable, str(checkout / SETUP), "run"]) as first:
        while not (checkout / ".setup.lock").exists() or _is_free(checkout / ".setup.lock"):
            pass
        children = Path(f"/proc/{first.pid}/task/{first.pid}/children")
        while not children.read_text():
            pass
        first.kill()
    assert not _is_free(checkout / ".setup.lock")


def _is_free(path: Path) -> bool:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_a_folder_it_cannot_write_in_is_one_message(checkout: Path) -> None:
    (checkout / ".setup.lock").unlink(missing_ok=True)
    (checkout / ".setup.lock").mkdir()
    done = set_up(checkout)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Cannot write in {checkout}")
    assert "Traceback" not in done.stderr


def test_no_network_is_one_message_with_the_way_on(checkout: Path) -> None:
    """The index is a port nobody listens on."""
    (checkout / ".venv" / ".installed-dev").unlink()
    python = checkout / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\n[ "$2" = pip ] && { echo "no route to host" >&2; exit 1; }\nexit 0\n')
    done = set_up(checkout)
    assert done.returncode == 1
    assert "no route to host" in done.stderr
    assert "run the same command again" in done.stderr
    assert not (checkout / ".venv" / ".installed-run").exists()


def test_an_old_python_hears_which_one_is_needed() -> None:
    source = (ROOT / SETUP).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    older = (
        f"import sys; sys.version_info = (3, 9, 2); sys.argv = ['setup.py']; exec(compile({source!r}, 'x', 'exec'), "
    )
    older += f"{{'__name__': '__main__', '__file__': {str(ROOT / SETUP)!r}}})"
    done = subprocess.run([sys.executable, "-c", older], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed")
    assert "PYTHON=python3.12" in done.stderr


def test_no_type_needs_a_new_python_to_be_read() -> None:
    """Types are evaluated when a function is made: `list[str]` and `X | None` stop Python 3.8 with a traceback."""
    tree = ast.parse((ROOT / SETUP).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    types = [
        node for f in functions for node in (f.returns, *(argument.annotation for argument in f.args.args)) if node
    ]
    assert [ast.unparse(node) for node in types if isinstance(node, ast.Subscript | ast.BinOp)] == []


def test_uv_hears_where_pip_looks_for_packages(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    settings = checkout / "pip.conf"
    settings.write_text(
        "[global]\nindex-url = https://packages.example/simple\nfind-links = /wheels /more\n"
        "extra-index-url = https://one.example\n  https://two.example\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setenv("HOME", str(checkout))
    told = loaded(checkout).as_pip_is_set()
    assert told["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
    assert told["UV_INDEX"] == "https://one.example https://two.example"
    assert told["UV_FIND_LINKS"] == "/wheels,/more"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://mine.example")
    assert loaded(checkout).as_pip_is_set()["UV_DEFAULT_INDEX"] == "https://mine.example"
