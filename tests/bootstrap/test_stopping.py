"""Ctrl-C, SIGTERM and a closed terminal: once, in order, and not in the middle of a step that must be whole."""

import contextlib
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator

import pytest

Run = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def program() -> Iterator[Run]:
    """Starts a few lines of Python in a process of its own and waits until it says `ready`."""

    with contextlib.ExitStack() as started:

        def start(lines: str) -> "subprocess.Popen[str]":
            text = "import os, signal, sys, time\nfrom dichterbij.bootstrap import stopping\n" + textwrap.dedent(lines)
            command = [sys.executable, "-u", "-c", text]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
            started.enter_context(process)
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            return process

        yield start


WAITS = """
    stopping.once()
    try:
        print("ready")
        time.sleep(20)
    except KeyboardInterrupt:
        os.kill(os.getpid(), signal.SIGTERM)  # an impatient second one
        os.kill(os.getpid(), signal.SIGINT)
        print("tidied")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_kind_of_stop_lets_a_command_tidy_up_and_a_second_one_does_not_cut_that_short(
    program: Run, number: signal.Signals
) -> None:
    process = program(WAITS)
    process.send_signal(number)
    assert process.communicate(timeout=10)[0] == "tidied\n"
    assert process.returncode == 0


def test_a_stop_waits_for_a_step_that_must_be_whole(program: Run) -> None:
    process = program("""
        stopping.once()
        try:
            with stopping.held_back():
                print("ready")
                time.sleep(0.5)
                print("whole")
            print("too far")
        except KeyboardInterrupt:
            print("stopped")
    """)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=10)[0] == "whole\nstopped\n"


def test_what_the_starter_asked_to_ignore_stays_ignored() -> None:
    lines = "from dichterbij.bootstrap import stopping; import os, signal; stopping.once(); "
    lines += "os.kill(os.getpid(), signal.SIGHUP); print('goes on')"
    done = subprocess.run(["nohup", sys.executable, "-c", lines], capture_output=True, text=True, check=False)
    assert done.stdout == "goes on\n"
