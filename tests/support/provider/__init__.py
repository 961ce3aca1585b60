"""A real OpenID Connect provider (django-oauth-toolkit) on loopback, in a process of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests
from joserfc.jwk import RSAKey

TESTS = Path(__file__).parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class RunningProvider:
    """Its issuer, and the files beside it: our private key and its log."""

    issuer: str
    folder: Path

    def sign_in(self, url: str, user: str) -> str:
        """Go where the site sends somebody, as this user of the provider; gives the query they come back with."""
        with requests.Session() as browser:
            browser.get(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/in/{user}/", timeout=10).raise_for_status()
            answer = browser.get(url, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text[:2000]
        return urlsplit(answer.headers["Location"]).query

    def sign_out(self, user: str, url: str) -> tuple[str, bool]:
        """Go where the site sends somebody to sign out, say yes there: where they come back, and whether still in."""
        home = self.issuer.removesuffix("/o")
        with requests.Session() as browser:
            browser.get(f"{home}/in/{user}/", timeout=10).raise_for_status()
            assert browser.get(url, allow_redirects=False, timeout=10).ok  # it asks: nobody is signed out by a link
            given = {**self.asked(url), "allow": "true"}
            answer = browser.post(url.partition("?")[0], given, allow_redirects=False, timeout=10)
            still_in = browser.get(f"{home}/who/", timeout=10).text == user
        return answer.headers.get("Location", ""), still_in

    def asked(self, url: str) -> dict[str, str]:
        """What the site asks the provider."""
        return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


@contextlib.contextmanager
def running_provider(folder: Path) -> Iterator[RunningProvider]:
    """The provider, with its users and clients, until the end of the block."""
    key = RSAKey.generate_key(2048, auto_kid=True)
    (folder / "site.pem").write_bytes(key.as_pem(private=True))
    (folder / "site-public.pem").write_bytes(key.as_pem(private=False))
    (folder / "provider.pem").write_bytes(RSAKey.generate_key(2048).as_pem(private=True))
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DICHTERBIJ"))},
        "PROVIDER_FOLDER": str(folder),
        "PROVIDER_PORT": str(port),
        "PYTHONPATH": str(TESTS),
        "DJANGO_SETTINGS_MODULE": "support.provider.settings",
    }
    with (folder / "provider.log").open("wb") as log:
        command = [sys.executable, "-m", "support.provider.serve"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process, folder / "provider.log")
            yield RunningProvider(f"http://127.0.0.1:{port}/o", folder)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(requests.RequestException):
            if requests.get(address, timeout=5).ok:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The provider did not start. It said:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
