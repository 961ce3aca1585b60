"""What happens after the answer has gone: so that the time a page takes tells nothing about who is known."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

log = logging.getLogger(__name__)
_one_by_one = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


def soon(job: Callable[[], object]) -> None:
    """Do this next, apart from the request; what goes wrong is logged by its kind alone."""
    _one_by_one.submit(_done, job)


def finish() -> None:
    """Wait until everything so far is done."""
    _one_by_one.submit(lambda: None).result()


def _done(job: Callable[[], object]) -> None:
    try:
        job()
    except Exception as error:
        log.warning("A link could not be sent: %s", type(error).__name__)
    finally:
        connections.close_all()
