"""The real site on loopback: granian, compressed static files, the loaded database. What a browser test meets."""

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from support.database import cloned_database, named, server

COMMAND = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1",
           "--blocking-threads", "4", "--workers-kill-timeout", "3", "--access-log",
           "dichterbij.bootstrap.wsgi:application"]  # fmt: skip
START_SECONDS = 60


@contextlib.contextmanager
def served_site() -> Iterator[str]:
    """The address of a running site with the demo's data, such as http://127.0.0.1:41234; logs in var/test/site.log."""
    with (
        server() as url,
        cloned_database(f"site_{os.getpid()}", loaded=True) as name,
        running_site(environment_of(named(url, name)), log="site.log") as address,
    ):
        yield address


def environment_of(database_url: str) -> dict[str, str]:
    """What a process of the product needs to know to work on that database."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DICHTERBIJ_HOME": str(settings.HOME),
        "DICHTERBIJ_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings",
    }


@contextlib.contextmanager
def running_site(environment: dict[str, str], *, log: str = "another-site.log") -> Iterator[str]:
    """The address of a site in a process of its own; `log` is a name in var/test."""
    collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    with (Path(settings.HOME) / "collect.lock").open("w") as lock:  # two at once write the same files
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(collect, env=environment, check=True)
    port = _free_port()
    path = Path(settings.HOME) / log
    with path.open("wb") as stream:
        process = subprocess.Popen([*COMMAND, "--port", str(port)], env=environment, stdout=stream, stderr=stream)
        try:
            _wait(f"http://127.0.0.1:{port}", process, path)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The site did not start. It said:\n{log.read_text(errors='replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
