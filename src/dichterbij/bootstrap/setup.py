"""Makes `.venv` from the pinned, hashed requirement files. Runs before anything is installed: standard library only.

    python3 src/dichterbij/bootstrap/setup.py run     what the product needs
    python3 src/dichterbij/bootstrap/setup.py dev     that, and what tests and checks need
    python3 src/dichterbij/bootstrap/setup.py bench   that, and what the engine is measured against

Repeating it is quick and harmless; an interrupted set-up is picked up where it stopped. A stamp in `.venv` tells
which requirement files are installed. Even an old Python must get as far as `check_python`: hence the quoted types.
"""

import ast
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn, TextIO

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
# Which stamps will do: whoever has what development needs, has what the product needs.
STAMPS = {"run": ("run", "dev", "bench"), "dev": ("dev", "bench"), "bench": ("bench",)}
# pip's settings that uv does not read, and what uv calls them.
PIP_TO_UV = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS",
             "no-index": "UV_NO_INDEX", "cert": "SSL_CERT_FILE"}  # fmt: skip
# Settings that would make pip install somewhere else than in `.venv`.
ELSEWHERE = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH", "PYTHONHOME")
NO_NETWORK = (
    "Packages could not be downloaded. Is there a network, and does pip work here? "
    "Nothing is lost: run the same command again when it does."
)


def main(wanted: str) -> None:
    """Set up for `run`, `dev` or `bench`; one clear message and exit code 1 when it cannot."""
    check_python()
    for name in ELSEWHERE:
        os.environ.pop(name, None)
    with open_lock() as lock:
        wait_for(lock)
        # Whatever we start holds the lock too: when only we are killed, the next set-up waits until that has ended.
        os.set_inheritable(lock.fileno(), True)
        if works() and any(is_installed(stamp) for stamp in STAMPS[wanted]):
            return
        for stamp in STAMPS["run"]:
            stamp_of(stamp).unlink(missing_ok=True)
        set_up(wanted)
        stamp_of(wanted).write_text(fingerprint(wanted))


def check_python() -> None:
    """Stop where this Python is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything checked the version
        stop(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. "
            "Is there a newer one beside it? Name it: `make demo PYTHON=python3.12`."
        )


def set_up(wanted: str) -> None:
    """Three steps, each of them repeatable."""
    say("1/3 environment in .venv")
    if not works():
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        run(command, "Could not make .venv. On Debian or Ubuntu: apt-get install python3-venv, then again.")
        (VENV / "made-in").write_text(place())
    say("2/3 tools")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2",
           "--require-hashes", "-r"]  # fmt: skip
    run([*pip, str(REQUIREMENTS / "tools.txt")], NO_NETWORK)
    say(f"3/3 packages ({wanted})")
    install(REQUIREMENTS / f"{wanted}.txt", pip)
    project = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON)]
    run([*project, "--no-deps", "--no-build-isolation", "--offline", "-e", str(ROOT)], "Could not install Dichterbij.")


def install(requirements: Path, pip: "list[str]") -> None:
    """With uv (fast); with plain pip where uv cannot."""
    uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r"]
    if start([*uv, str(requirements)], environment=as_pip_is_set()).returncode != 0:
        say("    uv could not; trying pip (slower)")
        run([*pip, str(requirements)], NO_NETWORK)


def as_pip_is_set() -> "dict[str, str]":
    """The environment with pip's own indexes and certificate told to uv, unless somebody set up uv already."""
    listed = start([str(PYTHON), "-m", "pip", "config", "list"]).stdout.splitlines()
    told = {}
    for line in listed:
        name, _, value = line.partition("=")
        variable = PIP_TO_UV.get(name.rpartition(".")[2])
        if variable and value:
            words = str(ast.literal_eval(value)).split()
            told[variable] = ("," if variable == "UV_FIND_LINKS" else " ").join(words)
    # As pip does: the best match of all indexes. Every file is pinned by its hash, so it cannot be another one.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **told, **os.environ}


def works() -> bool:
    """Whether `.venv` was made here, by this Python, and has a Python and a pip that start."""
    made = VENV / "made-in"
    if not PYTHON.exists() or not made.exists() or made.read_text() != place():
        return False
    return start([str(PYTHON), "-c", "import pip"]).returncode == 0


def place() -> str:
    """The programs in `.venv` know their folder and their Python: elsewhere, or with another, they do not run."""
    return f"{sys.version}\n{ROOT}\n"


def is_installed(wanted: str) -> bool:
    """Whether the packages of `wanted` are there as its files now ask."""
    return stamp_of(wanted).exists() and stamp_of(wanted).read_text() == fingerprint(wanted)


def stamp_of(wanted: str) -> Path:
    """The file that tells what is installed."""
    return VENV / f".installed-{wanted}"


def fingerprint(wanted: str) -> str:
    """Changes with the requirement files and the project file."""
    digest = hashlib.sha256()
    for file in ("requirements/tools.txt", "requirements/run.txt", f"requirements/{wanted}.txt", "pyproject.toml"):
        digest.update((ROOT / file).read_bytes())
    return digest.hexdigest()


def open_lock() -> TextIO:
    """The lock file; a clear message where this folder is not ours to write in."""
    try:
        return (ROOT / ".setup.lock").open("w")
    except OSError as error:
        stop(
            f"Cannot write in {ROOT}: {error.strerror}. Dichterbij keeps its environment (.venv) and data (var) in its "
            "own folder: give yourself access, or clone it to a folder of your own."
        )


def wait_for(lock: TextIO) -> None:
    """Only one set-up at a time; the second says that it waits."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another set-up is busy in this folder; waiting for it")
        fcntl.flock(lock, fcntl.LOCK_EX)


def run(command: "list[str]", advice: str) -> None:
    """Run quietly; on failure show the end of what it said, and the advice."""
    done = start(command)
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines()
        stop("\n".join([*(line[:300] for line in lines[-6:]), "", advice]))


def start(command: "list[str]", environment: "dict[str, str] | None" = None) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end; it holds what we hold (the lock)."""
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, errors="replace", check=False, close_fds=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def say(text: str) -> None:
    """Progress, on stderr."""
    print(f"[set-up {time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def stop(message: str) -> NoReturn:
    """Stop with a message."""
    print(message, file=sys.stderr)
    raise SystemExit(1)


def interrupt(number: int, frame: object) -> None:
    """SIGTERM and a closed terminal stop us as Ctrl-C does."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, interrupt)
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except KeyboardInterrupt:
        stop("\nStopped. Run the same command again to go on where it was.")
    except OSError as problem:
        stop(f"Set-up stopped: {problem}. Make room or give access, and run the same command again.")
