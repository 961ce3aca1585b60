"""Makes `.venv` from the pinned, hashed requirement files. Runs before anything is installed: standard library only.

    python3 src/dichterbij/bootstrap/setup.py run     what the product needs
    python3 src/dichterbij/bootstrap/setup.py dev     that, and what tests and checks need

Repeating it is quick and harmless; an interrupted set-up is picked up where it stopped. A stamp in `.venv` tells
which requirement files are installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"


def main(wanted: str) -> None:
    """Set up for `run` or `dev`; one clear message and exit code 1 when it cannot."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything checked the version
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try `make demo PYTHON=python3.12`.")
    with (ROOT / ".setup.lock").open("w") as lock:
        wait_for(lock)
        stamp = VENV / f".installed-{wanted}"
        if stamp.exists() and stamp.read_text() == fingerprint(wanted) and works():
            return
        set_up(wanted)
        stamp.write_text(fingerprint(wanted))


def set_up(wanted: str) -> None:
    """Three steps, each of them repeatable."""
    say("1/3 environment in .venv")
    if not works():
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        run(command, "Could not make .venv. On Debian or Ubuntu: apt-get install python3-venv, then again.")
    say("2/3 tools")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    run([*pip, str(REQUIREMENTS / "tools.txt")], NO_NETWORK)
    say(f"3/3 packages ({wanted})")
    install(REQUIREMENTS / f"{wanted}.txt", pip)
    project = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON)]
    run([*project, "--no-deps", "--no-build-isolation", "--offline", "-e", str(ROOT)], "Could not install Dichterbij.")


def install(requirements: Path, pip: list[str]) -> None:
    """With uv (fast); with plain pip where uv cannot, for instance behind an index that only pip knows."""
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r"]
    if subprocess.run([*uv, str(requirements)], capture_output=True, check=False).returncode != 0:
        say("    uv could not; trying pip (slower)")
        run([*pip, str(requirements)], NO_NETWORK)


NO_NETWORK = (
    "Packages could not be downloaded. Is there a network, and does pip work here? "
    "Nothing is lost: run the same command again when it does."
)


def works() -> bool:
    """Whether `.venv` has a Python that starts and is of this version."""
    if not PYTHON.exists():
        return False
    version = "import sys, pip; print(sys.version_info[:2])"
    found = subprocess.run([PYTHON, "-c", version], capture_output=True, text=True, check=False)
    return found.stdout.strip() == str(sys.version_info[:2])


def fingerprint(wanted: str) -> str:
    """Changes with the requirement files, the project file, the Python, and the folder it stands in."""
    digest = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for file in (REQUIREMENTS / "tools.txt", REQUIREMENTS / f"{wanted}.txt", ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def wait_for(lock: object) -> None:
    """Only one set-up at a time; the second says that it waits."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        say("another set-up is busy in this folder; waiting for it")
        fcntl.flock(lock, fcntl.LOCK_EX)  # type: ignore[arg-type]


def run(command: list[str], advice: str) -> None:
    """Run quietly; on failure show the end of what it said, and the advice."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        stop("\n".join([*done.stdout.strip().splitlines()[-6:], "", advice]))


def say(text: str) -> None:
    """Progress, on stderr."""
    print(f"[set-up {time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def stop(message: str) -> None:
    """Stop with a message."""
    print(message, file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except KeyboardInterrupt:
        stop("\nStopped. Run the same command again to go on where it was.")
