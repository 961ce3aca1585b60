"""What a worker does: check that all is alike, make the openings ready once, work out one part. Repeatable."""

import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dichterbij import __version__
from dichterbij.domains.matching.rules import load_parameters
from dichterbij.engine import Index, Parameters, build_index, read_openings
from dichterbij.engine.digest import engine_digest
from dichterbij.engine.matching import Matcher
from dichterbij.engine.partitions.reading import MANIFEST, Manifest, people_of, read_manifest
from dichterbij.engine.reading.files import file_digest
from dichterbij.gateways.cluster.kept import keep
from dichterbij.gateways.cluster.work import Work
from dichterbij.shared.errors import DichterbijError, InputError

SHARED = "Parts, openings and finished parts lie on a file system that every worker sees under the same name."


class Done(NamedTuple):
    """A finished part: its number, the digest of its lists, and the seconds it took, also of its process at work."""

    part: int
    digest: str
    rows: int
    seconds: float
    core_seconds: float
    worker: str


@dataclass(frozen=True)
class Ready:
    """What a worker process keeps between parts."""

    parameters: Parameters
    index: Index
    manifest: Manifest


_ready: dict[str, Ready] = {}
_one_at_a_time = threading.Lock()


def worker_name() -> str:
    """This worker as the operator knows it."""
    name = f"{socket.gethostname()}, process {os.getpid()}"
    with suppress(ImportError, ValueError):  # ValueError: not in a worker
        from distributed import get_worker

        name = f"{get_worker().address} ({name})"
    return name


def prepare(told: Mapping[str, Any]) -> str:
    """Check versions and digests and make the openings ready. InputError names this worker and the difference."""
    work = _checked(told)
    with _told_by_worker():
        _made_ready(work)
    return worker_name()


def do_part(told: Mapping[str, Any], part: int) -> Done:
    """Work out one part and keep its lists on the shared file system."""
    work = _checked(told)
    with _told_by_worker():
        clock, core = time.perf_counter(), time.process_time()
        ready = _made_ready(work)
        people, rows = people_of(Path(work.parts), ready.manifest, part, ready.parameters)
        lists = np.full((len(people), work.top), -1, dtype=np.int32)
        matcher = Matcher(people, ready.index, date.fromisoformat(work.on), 1, fewest_tasks=1)
        matcher.nearest(work.top, into=lists)
        digest = keep(Path(work.kept), part, rows, lists)
        return Done(part, digest, len(rows), time.perf_counter() - clock, time.process_time() - core, worker_name())


@contextmanager
def _told_by_worker() -> Iterator[None]:
    """Errors of input and files say which worker met them."""
    try:
        yield
    except DichterbijError as error:
        raise InputError(f"Worker {worker_name()}: {error.message}") from error
    except OSError as error:
        raise InputError(f"Worker {worker_name()}: {error.filename}: {error.strerror or error}. {SHARED}") from error


def _checked(told: Mapping[str, Any]) -> Work:
    """The run as told. InputError when this worker's version differs."""
    for name, own in (("version", __version__), ("engine", engine_digest())):
        if told.get(name) != own:
            raise InputError(
                f"Worker {worker_name()}: {_differs(f'the {name} of dichterbij', str(told.get(name)), own)}"
            )
    return Work.of(told)


def _made_ready(work: Work) -> Ready:
    """Parameters and openings, made ready once a process; only those of the last run are kept."""
    with _one_at_a_time:
        key = work.digest
        if key not in _ready:
            _ready.clear()
            _ready[key] = _make_ready(work)
        return _ready[key]


def _make_ready(work: Work) -> Ready:
    own = Path(work.own_parameters) if work.own_parameters else None
    for path in filter(None, (work.openings, work.parts, work.own_parameters)):
        if not Path(path).exists():
            raise InputError(f"{path} is not there. {SHARED}")
    parameters = load_parameters(on=date.fromisoformat(work.on), directory=own)
    openings = Path(work.openings)
    _same("the parameters", work.parameters_sha256, parameters.digest)
    _same("the reference data", work.reference_sha256, parameters.reference_digest)
    _same(f"the openings {openings}", work.openings_sha256, file_digest(openings))
    _same(f"the parts {work.parts}", work.parts_sha256, file_digest(Path(work.parts) / MANIFEST))
    table = read_openings(openings, parameters, skip_bad_rows=work.skip_bad_rows).table
    index = build_index(table, parameters, seed=work.seed)
    return Ready(parameters, index, read_manifest(Path(work.parts)))


def _same(what: str, wanted: str, own: str) -> None:
    if wanted != own:
        raise InputError(_differs(what, wanted, own))


def _differs(what: str, wanted: str, own: str) -> str:
    return (
        f"it differs in {what}: {_short(own)} there, {_short(wanted)} in this run. "
        "Give every worker the same version, parameters and files, and run again."
    )


def _short(digest: str) -> str:
    return digest[:12] if len(digest) == 64 else digest
