"""The real site on loopback: granian, compressed static files, the loaded database. What a browser test meets."""

import contextlib
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
           "--blocking-threads", "4", "--access-log", "dichterbij.bootstrap.wsgi:application"]  # fmt: skip
START_SECONDS = 60


@contextlib.contextmanager
def served_site() -> Iterator[str]:
    """The address of a running site, such as http://127.0.0.1:41234; its log is var/test/site.log."""
    with server() as url, cloned_database(f"site_{os.getpid()}", loaded=True) as name:
        environment = {
            **os.environ,
            "DATABASE_URL": named(url, name),
            "DICHTERBIJ_HOME": str(settings.HOME),
            "DICHTERBIJ_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings",
        }
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, env=environment, check=True)
        with _running(environment) as address:
            yield address


@contextlib.contextmanager
def _running(environment: dict[str, str]) -> Iterator[str]:
    port = _free_port()
    log = Path(settings.HOME) / "site.log"
    with log.open("wb") as stream:
        process = subprocess.Popen([*COMMAND, "--port", str(port)], env=environment, stdout=stream, stderr=stream)
        try:
            _wait(f"http://127.0.0.1:{port}", process, log)
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
