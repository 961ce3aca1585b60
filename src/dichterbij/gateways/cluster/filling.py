"""Fills the lists of a run on a Dask cluster, over as many connections as it takes."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from dichterbij.engine import Parameters
from dichterbij.engine.arrays import I32
from dichterbij.engine.matching import Matcher
from dichterbij.engine.output.filling import Finished
from dichterbij.engine.partitions.reading import AGAIN, MANIFEST, read_manifest
from dichterbij.engine.reading.files import file_digest
from dichterbij.gateways.cluster.client import LOST, NotReachedError, connected, quiet
from dichterbij.gateways.cluster.collecting import Intake
from dichterbij.gateways.cluster.kept import held
from dichterbij.gateways.cluster.options import Cluster
from dichterbij.gateways.cluster.rounds import Round
from dichterbij.gateways.cluster.tasks import Done
from dichterbij.gateways.cluster.work import Work
from dichterbij.shared.errors import InputError, UnavailableError

CONNECT_AGAIN_AFTER = 1.0


@dataclass
class OnCluster:
    """Fills lists as `engine.output.filling.with_threads` does, on a cluster; `done` tells what each part took.

    InputError for what the run or a worker was given; UnavailableError when the cluster is gone or idle for
    `cluster.timeout` seconds. The same command then goes on from the parts that are kept.
    """

    cluster: Cluster
    work: Work
    parts: Mapping[int, int]  # rows of each part
    done: list[Done] = field(default_factory=list)

    def __call__(self, matcher: Matcher, top: int, lists: I32, tasks: Sequence[int], finished: Finished) -> None:
        """Fill the lists of these tasks of the matcher."""
        rows = sum(self.parts.values())
        if rows != len(lists):
            raise InputError(f"{self.work.parts}: its parts hold {rows:,} people; this run has {len(lists):,}.")
        work = self.work_for(top)
        intake = Intake(work, self.parts, lists, {number: matcher.tasks[number] for number in tasks})
        with quiet(), held(Path(work.kept)):
            intake.take_kept(finished)
            _fill(self.cluster, intake, finished)
        self.done += intake.done

    def work_for(self, top: int) -> Work:
        """What workers are told for lists of this length; finished parts get a folder of their own."""
        work = replace(self.work, top=top)
        return replace(work, kept=str(self.cluster.kept / work.digest[:16]))


def _fill(cluster: Cluster, intake: Intake, finished: Finished) -> None:
    was_connected = False
    while intake.missing:
        try:
            with connected(cluster) as client:
                was_connected = True
                Round(client, intake, finished, cluster.timeout).run()
        except NotReachedError as error:
            if not was_connected or intake.waited > cluster.timeout:
                raise UnavailableError(f"{error.message.rstrip('.')}; {intake.so_far}") from error
        except LOST as error:
            if intake.waited > cluster.timeout:
                raise UnavailableError(f"The scheduler {cluster.scheduler} is gone; {intake.so_far}") from error
        if intake.missing:
            time.sleep(CONNECT_AGAIN_AFTER)
            intake.take_kept(finished)


def on_cluster(
    cluster: Cluster,
    parameters: Parameters,
    *,
    own_parameters: Path | None,
    openings: Path,
    openings_sha256: str,
    people_sha256: str,
    on: date,
    seed: int,
    skip_bad_rows: bool,
) -> OnCluster:
    """Who fills the lists of this run. InputError when --parts holds no parts, or those of other people."""
    manifest = read_manifest(cluster.parts)
    if manifest.source_sha256 != people_sha256:
        raise InputError(f"{cluster.parts}: these parts were made from another file of people. {AGAIN}")
    work = Work(
        parts=str(cluster.parts),
        parts_sha256=file_digest(cluster.parts / MANIFEST),
        openings=str(openings.absolute()),
        openings_sha256=openings_sha256,
        own_parameters=str(own_parameters.absolute()) if own_parameters else None,
        parameters_sha256=parameters.digest,
        reference_sha256=parameters.reference_digest,
        on=on.isoformat(),
        seed=seed,
        top=0,
        skip_bad_rows=skip_bad_rows,
        kept=str(cluster.kept),
    )
    return OnCluster(cluster, work, {part.number: part.rows for part in manifest.parts})
