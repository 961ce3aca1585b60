"""Stopping: Ctrl-C, SIGTERM and a closed terminal end a command in the same way, once, and leave nothing running."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def once() -> None:
    """From here on the first stop raises KeyboardInterrupt; more of them are ignored while everything ends.

    A stop that whoever started us asked to ignore stays ignored (nohup; a script's background job).
    """
    for number in STOPS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """A stop waits until the block is done: for steps that must not be left half done, such as starting a server."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    before = {number: signal.getsignal(number) for number in STOPS}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, lambda number, frame: arrived.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        if arrived:
            os.kill(os.getpid(), arrived[0])


def _stop(number: int, frame: object) -> None:
    for each in STOPS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
