"""What the command line says about a cluster that cannot be used, before anything is read."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from dichterbij.cli import match
from dichterbij.gateways.cluster import options
from dichterbij.shared.errors import InputError

DASK = ["--engine", "dask", "--parts", "parts"]
FILES = ["--people", "people.jsonl", "--openings", "openings.jsonl", "--out"]


def refused(out: Path, *given: str) -> str:
    """Why `match` with these options is refused."""
    error = CliRunner().invoke(match.command, [*FILES, str(out / "m.jsonl"), *given]).exception
    assert isinstance(error, InputError), error
    return error.message


@pytest.fixture
def pem(tmp_path: Path) -> list[str]:
    """Certificates, as options."""
    files = {"--tls-ca": tmp_path / "ca.pem", "--tls-cert": tmp_path / "cert.pem", "--tls-key": tmp_path / "key.pem"}
    for file in files.values():
        file.touch()
    return [text for option, file in files.items() for text in (option, str(file))]


@pytest.mark.parametrize("name", ["dask", "distributed"])
def test_without_the_extra_it_says_what_to_install(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(options.importlib.util, "find_spec", lambda asked: None if asked == name else found(asked))
    assert refused(tmp_path, *DASK) == f"--engine dask needs {name}. Install with: pip install 'dichterbij[cluster]'"


@pytest.mark.parametrize("given", [["--scheduler", "tls://host:1"], ["--parts", "parts"], ["--timeout", "9"]])
def test_options_of_a_cluster_are_refused_without_it(given: list[str], tmp_path: Path) -> None:
    assert refused(tmp_path, *given) == f"{given[0]}: only together with --engine dask."


class TestWithDask:
    """The extra is installed."""

    @pytest.fixture(autouse=True)
    def _installed(self) -> None:
        pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

    def test_scheduler_and_parts_are_needed(self, tmp_path: Path) -> None:
        assert "needs --scheduler tls://host:port and --parts" in refused(tmp_path, "--engine", "dask")

    @pytest.mark.parametrize("address", ["host:8786", "tls://host", "tls://:8786", "http://host:1", "tls://host:x"])
    def test_an_address_that_is_none_is_refused(self, address: str, tmp_path: Path, pem: list[str]) -> None:
        assert "expected an address such as tls://" in refused(tmp_path, *DASK, "--scheduler", address, *pem)

    def test_an_open_connection_is_refused_unless_it_is_said(self, tmp_path: Path) -> None:
        said = refused(tmp_path, *DASK, "--scheduler", "tcp://host:8786")
        assert "not encrypted" in said
        assert "--insecure-cluster" in said
        chosen = options.chosen_cluster(
            "dask", {"scheduler": "tcp://host:8786", "parts": tmp_path / "parts", "insecure_cluster": True}
        )
        assert chosen is not None
        assert chosen.kept == tmp_path / "parts.kept"

    def test_all_three_files_are_needed_for_tls(self, tmp_path: Path, pem: list[str]) -> None:
        dask = [*DASK, "--scheduler", "tls://host:8786"]
        assert "needs --tls-ca, --tls-cert and --tls-key" in refused(tmp_path, *dask, *pem[:4])
        assert "--tls-key nowhere.pem: there is no such file." in refused(tmp_path, *dask, *pem[:5], "nowhere.pem")
