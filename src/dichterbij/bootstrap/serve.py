"""The demo's web server, in a process of its own: granian with one worker, gone as soon as whoever started it is.

    python -m dichterbij.bootstrap.serve PORT

Its standard input is the lifeline: it ends with the starter, also when that was killed without a chance to tell.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator

from dichterbij.shared.errors import UnavailableError

ADDRESS = "127.0.0.1"
# The first time the engine is compiled: a minute or more, more on a busy machine.
START_SECONDS = 300
STOP_SECONDS = 10


@contextlib.contextmanager
def served(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The running site, once it answers on `port`. A session of its own: the terminal's Ctrl-C reaches only us."""
    command = [sys.executable, "-m", "dichterbij.bootstrap.serve", str(port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    try:
        _wait_until_it_answers(process, port)
        yield process
    finally:
        _end(process)


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(  # nosec B310
                f"http://{ADDRESS}:{port}/healthz", timeout=5
            ),
        ):
            return
        time.sleep(0.05)
    raise UnavailableError(f"The site did not start on port {port}. Try again, or another port: `make demo PORT=...`.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    finally:
        if process.stdin:
            process.stdin.close()


def main(port: int) -> None:
    """Serve until SIGTERM, or until standard input ends."""
    from granian import Granian
    from granian.constants import Interfaces

    os.environ["DICHTERBIJ_READY_BEFORE_ANSWERING"] = "1"
    threading.Thread(target=_end_with_the_starter, daemon=True).start()
    Granian(
        "dichterbij.bootstrap.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        # A worker that gets its signal while it starts misses it.
        workers_kill_timeout=3,
        log_enabled=False,
    ).serve()


def _end_with_the_starter() -> None:
    while os.read(0, 1024):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
