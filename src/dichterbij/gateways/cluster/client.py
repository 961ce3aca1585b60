"""The connection to a Dask scheduler: mutual TLS, in words when it fails, never waiting for ever."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from distributed import CancelledError, Client, Security

from dichterbij.gateways.cluster.options import Cluster
from dichterbij.shared.errors import UnavailableError

CONNECT_WITHIN = 30.0
CLOSE_WITHIN = 5.0
# What a lost scheduler or worker looks like here; TimeoutError and broken connections are OSErrors.
LOST = (OSError, CancelledError)


class NotReachedError(UnavailableError):
    """The scheduler does not answer, or refuses us."""


def security(cluster: Cluster) -> Security | None:
    """Our certificate, and the authority that must have signed those of the others; None for tcp://."""
    if not cluster.scheduler.startswith("tls://"):
        return None
    return Security(  # type: ignore[no-untyped-call]
        tls_ca_file=str(cluster.tls_ca),
        tls_client_cert=str(cluster.tls_cert),
        tls_client_key=str(cluster.tls_key),
        require_encryption=True,
    )


@contextmanager
def connected(cluster: Cluster) -> Iterator[Client]:
    """A client of the cluster. NotReachedError when the scheduler does not answer or refuses us."""
    within = min(CONNECT_WITHIN, cluster.timeout)
    try:
        client = Client(  # type: ignore[no-untyped-call]
            cluster.scheduler, security=security(cluster), timeout=within, set_as_default=False
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise NotReachedError(f"The scheduler {cluster.scheduler} cannot be reached: {_cause(error)}.") from error
    try:
        yield client
    finally:
        with suppress(*LOST, RuntimeError):
            client.close(timeout=CLOSE_WITHIN)  # type: ignore[no-untyped-call]


@contextmanager
def quiet() -> Iterator[None]:
    """Without Dask's own lines about connections: what matters is said in our words."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _cause(error: BaseException) -> str:
    """What the machine said first; Dask's own words around it say nothing to an operator."""
    while deeper := error.__cause__ or error.__context__:
        error = deeper
    text = str(getattr(error, "strerror", None) or error).strip().rstrip(".")
    return text or "no answer"
