"""The options of a cluster on the command line, checked before anything is read. Dask itself is not imported here."""

import functools
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from dichterbij.shared.errors import InputError

PACKAGES = ("dask", "distributed")
INSTALL = "pip install 'dichterbij[cluster]'"
TIMEOUT = 600.0

_FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True,
                 help="This machine, or a Dask cluster (docs/guides/cluster.md)."),
    click.option("--scheduler", help="dask: its address, tls://host:port."),
    click.option("--tls-ca", type=_FILE, help="dask: certificate of the cluster's own authority (PEM)."),
    click.option("--tls-cert", type=_FILE, help="dask: our certificate (PEM)."),
    click.option("--tls-key", type=_FILE, help="dask: the key of our certificate (PEM)."),
    click.option("--parts", type=_FILE, help="dask: the people as `partition` wrote them, where all workers see them."),
    click.option("--kept", type=_FILE, help="dask: where finished parts are kept; beside --parts unless given."),
    click.option("--timeout", type=click.FloatRange(min=1),
                 help=f"dask: stop when no part is finished for so many seconds.  [default: {TIMEOUT:.0f}]"),
    click.option("--insecure-cluster", is_flag=True, help="dask: allow tcp://; only where nobody else can come."),
)  # fmt: skip


@dataclass(frozen=True)
class Cluster:
    """Where the scheduler is, how to prove who we are, and how many seconds without a finished part are too many."""

    scheduler: str
    parts: Path
    kept: Path
    tls_ca: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    timeout: float = TIMEOUT


def cluster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options; the command gets one value for them, `cluster`: None for this machine."""

    @functools.wraps(command)
    def with_cluster(
        engine: str,
        scheduler: str | None,
        tls_ca: Path | None,
        tls_cert: Path | None,
        tls_key: Path | None,
        parts: Path | None,
        kept: Path | None,
        timeout: float | None,
        insecure_cluster: bool,
        **others: Any,
    ) -> Any:
        given: dict[str, Any] = {
            "scheduler": scheduler,
            "parts": parts,
            "kept": kept,
            "tls_ca": tls_ca,
            "tls_cert": tls_cert,
            "tls_key": tls_key,
            "timeout": timeout,
            "insecure_cluster": insecure_cluster or None,
        }
        given = {name: value for name, value in given.items() if value is not None}
        return command(cluster=chosen_cluster(engine, given), **others)

    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(_OPTIONS), with_cluster)


def chosen_cluster(engine: str, given: dict[str, Any]) -> Cluster | None:
    """The cluster asked for; None for this machine. InputError for what is missing or does not go together."""
    if engine != "dask":
        if given:
            named = ", ".join(f"--{name.replace('_', '-')}" for name in given)
            raise InputError(f"{named}: only together with --engine dask.")
        return None
    _check_installed()
    insecure = given.pop("insecure_cluster", False)
    if "scheduler" not in given or "parts" not in given:
        raise InputError("--engine dask needs --scheduler tls://host:port and --parts, a folder made by `partition`.")
    _check_address(given["scheduler"], insecure)
    if given["scheduler"].startswith("tls://"):
        _check_certificates(given)
    parts = given["parts"].absolute()
    kept = given.get("kept", parts.with_name(f"{parts.name}.kept")).absolute()
    return Cluster(**{**given, "parts": parts, "kept": kept})


def _check_installed() -> None:
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise InputError(f"--engine dask needs {' and '.join(missing)}. Install with: {INSTALL}")


def _check_address(scheduler: str, insecure: bool) -> None:
    scheme, found, rest = scheduler.partition("://")
    host, _, port = rest.rpartition(":")
    if not found or scheme not in ("tls", "tcp") or not host or not port.isdecimal():
        raise InputError(f"--scheduler {scheduler}: expected an address such as tls://scheduler.example:8786.")
    if scheme == "tcp" and not insecure:
        raise InputError(
            f"--scheduler {scheduler}: tcp:// is not encrypted, and whoever reaches it can run code on the workers. "
            "Use tls:// with certificates; or say --insecure-cluster where nobody else can come."
        )


def _check_certificates(given: dict[str, Any]) -> None:
    for name in ("tls_ca", "tls_cert", "tls_key"):
        option, file = f"--{name.replace('_', '-')}", given.get(name)
        if file is None:
            raise InputError("A tls:// scheduler needs --tls-ca, --tls-cert and --tls-key.")
        if not file.is_file():
            raise InputError(f"{option} {file}: there is no such file.")
