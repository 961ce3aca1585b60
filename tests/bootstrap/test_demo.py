"""What somebody sees who starts the demo where it cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dichterbij.bootstrap import demo
from dichterbij.shared.errors import InputError

ROOT = Path(__file__).parents[2]


def test_a_taken_port_is_one_sentence_with_a_way_on() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [
            sys.executable,
            "-c",
            "from dichterbij.bootstrap.main import main; main()",
            "demo",
            "--port",
            str(port),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: Port {port} is taken")
    assert f"make demo PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_free_port_is_fine() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo.check_port(port)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(InputError):
            demo.check_port(port)


def test_a_database_that_does_not_answer_is_one_sentence() -> None:
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    environment["DJANGO_SETTINGS_MODULE"] = "dichterbij.bootstrap.settings"
    command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "DATABASE_URL" in done.stderr
