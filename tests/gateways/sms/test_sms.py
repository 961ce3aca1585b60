"""Text messages: as the operator's provider wants them, into files in the demonstration, and what each answer means."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from dichterbij.domains.people.errors import ContactError
from dichterbij.domains.post.errors import RefusedError, UnreachableError, UnsureError
from dichterbij.gateways import outbox
from dichterbij.gateways.sms import HttpProvider, TextFiles, can_text, read_sms
from dichterbij.shared.errors import InputError, UnavailableError

FILE = """
url: {url}
headers: {{X-Reseller: dichterbij}}
headers_env: {{Authorization: SMS_KEY}}
fields: {{to: recipients, text: body, sender: originator}}
sender: Dichterbij
to_is_list: true
timeout_seconds: 1
extra: {{datacoding: auto}}
"""


class Provider(HTTPServer):
    """A provider on this machine: answers `status`, or nothing at all (0), and keeps what it was asked."""

    status = 201
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[tuple[dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}/messages"


class Asked(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((dict(self.headers), json.loads(body)))
        if self.server.status:
            self.send_response(self.server.status)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as found:
        running = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        running.start()
        yield found
        found.shutdown()
        running.join()


def texting(folder: Path, url: str) -> HttpProvider:
    file = folder / "sms.yaml"
    file.write_text(FILE.format(url=url), encoding="utf-8")
    found = read_sms({"DICHTERBIJ_SMS": str(file), "SMS_KEY": "AccessKey abc"})
    assert found
    return HttpProvider(found)


def test_a_message_goes_as_the_file_of_the_operator_says(provider: Provider, tmp_path: Path) -> None:
    texting(tmp_path, provider.url)("06 1234 5678", "", "Je eigen pagina: …")
    ((headers, body),) = provider.asked
    assert (headers["Authorization"], headers["X-Reseller"]) == ("AccessKey abc", "dichterbij")
    assert body == {
        "recipients": ["+31612345678"], "body": "Je eigen pagina: …", "originator": "Dichterbij", "datacoding": "auto",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, RefusedError), (401, UnavailableError), (302, UnavailableError), (429, UnreachableError),
     (503, UnreachableError), (500, UnsureError), (504, UnsureError), (0, UnsureError)],
)  # fmt: skip
def test_each_answer_says_whether_it_left(
    provider: Provider, tmp_path: Path, status: int, error: type[Exception]
) -> None:
    provider.status = status
    with pytest.raises(error) as told:
        texting(tmp_path, provider.url)("0612345678", "", "geheim")
    assert type(told.value) is error
    assert "geheim" not in str(told.value)
    assert "12345678" not in str(told.value)


def test_nothing_of_the_machine_replaces_the_key_or_leads_it_elsewhere(
    provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login other password other", encoding="utf-8")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    texting(tmp_path, provider.url)("0612345678", "", "x")
    ((headers, _body),) = provider.asked
    assert headers["Authorization"] == "AccessKey abc"


def test_a_file_that_breaks_after_the_start_breaks_no_page(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sms.yaml"
    file.write_text(FILE.format(url="https://sms.example/x"), encoding="utf-8")
    monkeypatch.setenv("DICHTERBIJ_SMS", str(file))
    monkeypatch.setenv("SMS_KEY", "k")
    settings.DEMO = False
    assert can_text()
    file.write_text("]", encoding="utf-8")
    assert can_text()


def test_a_file_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "sms.yaml").write_text("]", encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings", "DICHTERBIJ_DEMO": "",
             "DICHTERBIJ_SECRET_KEY": "x" * 60, "DICHTERBIJ_HOSTS": "x.example",
             "DICHTERBIJ_SMS": str(tmp_path / "sms.yaml")},
    )  # fmt: skip
    assert "sms.yaml" in told.stderr


def test_a_provider_that_is_not_there_sent_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError):
        texting(tmp_path, "http://127.0.0.1:1/messages")("0612345678", "", "x")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("{url}", "http://sms.example/x"), "https"),
        (("timeout_seconds: 1", "timeout_seconds: 600"), "timeout_seconds"),
        (("SMS_KEY", "NO_SUCH_KEY"), "NO_SUCH_KEY"),
        (("fields:", "velden:"), "fields"),
        (("to_is_list: true", "to_is_list: ]"), "line"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_place(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    file = tmp_path / "sms.yaml"
    text = FILE.replace(*change)
    file.write_text(text.format(url="https://sms.example/x"), encoding="utf-8")
    with pytest.raises(InputError, match=told) as error:
        read_sms({"DICHTERBIJ_SMS": str(file), "SMS_KEY": "k"})
    assert str(file) in str(error.value)


def test_in_the_demonstration_a_message_is_a_file_of_its_own(tmp_path: Path, settings: Any) -> None:
    send = TextFiles(tmp_path / "sms")
    for _ in range(2):
        send("06-12345678", "", "Je eigen pagina: https://x.example/")
    first, _second = sorted((tmp_path / "sms").iterdir())
    assert first.read_text(encoding="utf-8") == "To: +31612345678\n\nJe eigen pagina: https://x.example/\n"
    assert first.stat().st_mode & 0o077 == 0
    with pytest.raises(ContactError):
        send("geen nummer", "", "x")
    settings.DEMO, settings.HOME = True, tmp_path
    assert {channel.value for channel in outbox.transports()} == {"mail", "sms"}


def test_without_a_provider_no_text_is_sent(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DICHTERBIJ_SMS", raising=False)
    settings.DEMO = False
    assert {channel.value for channel in outbox.transports()} == {"mail"}
