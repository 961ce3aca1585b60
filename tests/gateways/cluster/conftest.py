"""Invented people and openings in files, people in parts, and what one machine makes of them."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from dichterbij.cli import match, partition
from engine.rows import Invented
from gateways.cluster.local_cluster import Certificates

PEOPLE, OPENINGS, PARTS = 480, 300, 12
DAY = ["--date", "2026-12-01"]


@dataclass(frozen=True)
class World:
    """Files of a run, and the lines that one machine wrote."""

    folder: Path
    certificates: Certificates
    expected: bytes

    @property
    def inputs(self) -> list[str]:
        """People and openings, as options."""
        return ["--people", str(self.folder / "people.jsonl"), "--openings", str(self.folder / "openings.jsonl"), *DAY]

    def on(self, address: str, out: Path, *more: str) -> list[str]:
        """Options of `match` on the cluster at this address."""
        cluster = ["--engine", "dask", "--scheduler", address, "--parts", str(self.folder / "parts")]
        kept = ["--kept", str(out.with_suffix(".kept"))]
        return [*self.inputs, "--out", str(out), *cluster, *kept, *self.certificates.of_ours, *more]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Made once."""
    folder = tmp_path_factory.mktemp("cluster")
    invented = Invented(21)
    for name, rows in (("people", invented.people(PEOPLE)), ("openings", invented.openings(OPENINGS))):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    made = World(folder, Certificates(folder / "certificates"), b"")
    local = CliRunner().invoke(match.command, [*made.inputs, "--out", str(folder / "local.jsonl")])
    assert local.exit_code == 0, local.output
    people = ["--people", str(folder / "people.jsonl"), "--out", str(folder / "parts"), *DAY]
    parted = CliRunner().invoke(partition.command, [*people, "--rows", str(PEOPLE // PARTS)])
    assert parted.exit_code == 0, parted.output
    return World(folder, made.certificates, (folder / "local.jsonl").read_bytes())
