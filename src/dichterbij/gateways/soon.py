"""What goes on after a page has its answer: so that nobody waits for a mail server, and time tells nothing."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from django.db import connections

MOST = 100  # more than this is not taken up: whatever is asked here stands in the database, for the next round
log = logging.getLogger(__name__)
_one_by_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")
_lock = Lock()
_waiting: dict[Callable[[], object], Event] = {}


def soon(job: Callable[[], object]) -> Event:
    """Do this after what is being done, apart from the request; what goes wrong is logged by its kind alone.

    A job that waits already is not put beside itself: it finds all its work where that is kept. The event is set when
    it is done, and at once when too much waits: a job is only an attempt, at what another round does otherwise.
    """
    with _lock:
        if job in _waiting:
            return _waiting[job]
        done = Event()
        if len(_waiting) >= MOST:
            done.set()
            return done
        _waiting[job] = done
    _one_by_one.submit(_do, job, done)
    return done


def finish() -> None:
    """Wait until everything so far is done."""
    _one_by_one.submit(lambda: None).result()


def _do(job: Callable[[], object], done: Event) -> None:
    with _lock:
        _waiting.pop(job, None)
    try:
        job()
    except Exception as error:
        log.warning("A letter could not be sent now: %s", type(error).__name__)
    finally:
        connections.close_all()
        done.set()
