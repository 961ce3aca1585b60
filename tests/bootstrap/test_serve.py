"""The demo's web server: up when it says so, and gone with whoever started it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from dichterbij.bootstrap import serve
from dichterbij.shared.errors import UnavailableError

STARTER = """
import sys, time
from dichterbij.bootstrap import serve
with serve.served(int(sys.argv[1])):
    print("served", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """A free port; the site behind it finds no database, which its health page does not need."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def is_gone(port: int, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not answers(port):
            return True
        time.sleep(0.1)
    return False


def test_it_answers_while_it_is_held_and_not_after(port: int) -> None:
    with serve.served(port) as process:
        assert answers(port)
        began = time.monotonic()
    assert time.monotonic() - began < serve.STOP_SECONDS
    assert process.returncode is not None
    assert not answers(port)


@pytest.mark.parametrize("number", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.long)])
def test_it_ends_with_its_starter(port: int, number: signal.Signals) -> None:
    command = [sys.executable, "-c", STARTER, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline() == "served\n"
        assert answers(port)
        os.kill(starter.pid, number)
        starter.wait(20)
    assert is_gone(port)


def test_a_site_that_does_not_start_is_said(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    with pytest.raises(UnavailableError, match=f"did not start on port {port}"), serve.served(port):
        pass
