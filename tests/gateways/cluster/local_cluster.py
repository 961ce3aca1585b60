"""A scheduler and workers of this machine as processes of their own, over TLS with an authority made for the test."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

STARTS_WITHIN = 60
LOCAL_HTTP = ["--dashboard-address", "127.0.0.1:0"]  # its own HTTP server would listen on every interface
BEGINS = datetime(2020, 1, 1, tzinfo=UTC)


class Certificates:
    """An authority and one certificate signed by it, as PEM files."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.ca, self.cert, self.key = (folder / f"{name}.pem" for name in ("ca", "cert", "key"))
        authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        issuer, subject = _name("authority of a test"), _name("member of a test")
        own = _builder(issuer, issuer, authority.public_key(), is_authority=True)
        self.ca.write_bytes(_signed(own, authority))
        member = _builder(subject, issuer, key.public_key(), is_authority=False)
        self.cert.write_bytes(_signed(member, authority))
        self.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    @property
    def of_dask(self) -> list[str]:
        """As options of `dask scheduler` and `dask worker`."""
        return ["--tls-ca-file", str(self.ca), "--tls-cert", str(self.cert), "--tls-key", str(self.key)]

    @property
    def of_ours(self) -> list[str]:
        """As options of `dichterbij match`."""
        return ["--tls-ca", str(self.ca), "--tls-cert", str(self.cert), "--tls-key", str(self.key)]


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, is_authority: bool
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(BEGINS)
    builder = builder.not_valid_after(datetime.now(tz=UTC) + timedelta(days=2))
    return builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)


def _signed(builder: x509.CertificateBuilder, authority: ec.EllipticCurvePrivateKey) -> bytes:
    """Newer Pythons refuse a certificate that does not say which key signed it."""
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())
    signed = builder.add_extension(identifier, critical=False).sign(authority, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM)


class LocalCluster:
    """Processes on 127.0.0.1; everything is ended on leaving."""

    def __init__(self, folder: Path, certificates: Certificates) -> None:
        self.folder, self.certificates = folder, certificates
        self.port = _free_port()
        self.scheduler: subprocess.Popen[bytes] | None = None
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "LocalCluster":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_all()

    def end_all(self) -> None:
        """No scheduler and no worker is left."""
        for process in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            end(process)
        self.workers, self.scheduler = [], None

    @property
    def address(self) -> str:
        return f"tls://127.0.0.1:{self.port}"

    def start_scheduler(self) -> "LocalCluster":
        """The scheduler; answers when this returns."""
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--protocol", "tls", "--no-dashboard", *LOCAL_HTTP]
        options += ["--idle-timeout", "10 minutes"]  # should the test itself be killed; workers end with it
        self.scheduler = self._start("scheduler", "dask_scheduler", *options)
        _wait_for_port(self.port, self.scheduler)
        return self

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """One worker with one thread."""
        name = f"worker-{uuid.uuid4().hex[:8]}"
        options = [
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            *LOCAL_HTTP,
            "--host",
            "127.0.0.1",
            "--name",
            name,
        ]
        options += ["--memory-limit", "0", "--local-directory", str(self.folder / name)]
        worker = self._start(name, "dask_worker", self.address, *options, **environment)
        self.workers.append(worker)
        return worker

    def wait_for_workers(self, count: int) -> None:
        """Until the scheduler knows so many."""
        from distributed import Client

        with Client(self.address, security=self.security, timeout=STARTS_WITHIN, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=STARTS_WITHIN)

    @property
    def security(self) -> Any:
        """What Dask's client needs to be let in."""
        from distributed import Security

        ours = self.certificates
        files = {"tls_ca_file": ours.ca, "tls_client_cert": ours.cert, "tls_client_key": ours.key}
        return Security(require_encryption=True, **{name: str(file) for name, file in files.items()})

    def _start(self, name: str, module: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options, *self.certificates.of_dask]
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, env=os.environ | environment)


def core_seconds(cluster: LocalCluster) -> float:
    """Seconds that all its processes worked so far."""
    processes = [*cluster.workers, *([cluster.scheduler] if cluster.scheduler else [])]
    fields = [Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split() for process in processes]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours, also one that was stopped."""
    process.kill()
    process.wait(timeout=30)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Let a process stand still."""
    process.send_signal(signal.SIGSTOP)


def resume(process: subprocess.Popen[bytes]) -> None:
    """Let it go on."""
    process.send_signal(signal.SIGCONT)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as tried:
            tried.settimeout(1)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The scheduler did not start.")
