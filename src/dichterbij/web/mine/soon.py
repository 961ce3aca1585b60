"""What happens after the answer has gone: so that the time a page takes tells nothing about who is known."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from django.db import connections

log = logging.getLogger(__name__)
_one_by_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")
_lock = Lock()
_waiting: set[Callable[[], object]] = set()


def soon(job: Callable[[], object]) -> None:
    """Do this after what is being done, apart from the request; what goes wrong is logged by its kind alone.

    A job that waits already is not put beside itself: it finds all its work where that is kept.
    """
    with _lock:
        if job in _waiting:
            return
        _waiting.add(job)
    _one_by_one.submit(_done, job)


def finish() -> None:
    """Wait until everything so far is done."""
    _one_by_one.submit(lambda: None).result()


def _done(job: Callable[[], object]) -> None:
    with _lock:
        _waiting.discard(job)
    try:
        job()
    except Exception as error:
        log.warning("A link could not be sent: %s", type(error).__name__)
    finally:
        connections.close_all()
