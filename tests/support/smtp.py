"""A real mail server on loopback, that can stop in the middle of anything: what a sender meets on a bad day."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

SECONDS = 20


@dataclass
class MailServer:
    """What it took, and where it stops: `greeting`, `from`, `taken` (it has the letter, and did not say so), `quit`.

    When it stops, `reached` is set, and it goes on after `go_on`. `refused`: addresses it says no to. `hangs_up`: it
    takes a letter, and closes the connection without a word. `answers`: what it says to a word instead of "fine".
    """

    stops_at: str = ""
    hangs_up: bool = False
    refused: tuple[str, ...] = ()
    answers: dict[bytes, bytes] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def _stop(self, where: str) -> None:
        if self.stops_at == where:
            self.reached.set()
            self.go_on.wait(SECONDS)

    def talk(self, connection: socket.socket) -> None:
        """One conversation, from the greeting to the goodbye."""
        with connection, contextlib.suppress(OSError):
            stream = connection.makefile("rwb", buffering=0)
            self._stop("greeting")
            stream.write(b"220 loopback\r\n")
            while line := stream.readline():
                answer = self._answer(line.strip().upper(), stream)
                if not answer:
                    return
                stream.write(answer)

    def _answer(self, line: bytes, stream: socket.SocketIO) -> bytes:
        if line.startswith(b"MAIL"):
            self._stop("from")
        if line.startswith(b"RCPT") and any(one.upper().encode() in line for one in self.refused):
            return b"550 no such person\r\n"
        if line == b"DATA":
            stream.write(b"354 go on\r\n")
            self._take(stream)
            return b"" if self.hangs_up else b"250 taken\r\n"
        if line == b"QUIT":
            self._stop("quit")
            return b"221 bye\r\n"
        return self.answers.get(line[:4], b"250 fine") + b"\r\n"

    def _take(self, stream: socket.SocketIO) -> None:
        lines = list(iter(stream.readline, b".\r\n"))
        self.received.append(str(message_from_bytes(b"".join(lines))["To"]))
        self._stop("taken")


@contextlib.contextmanager
def mailing_by(server: MailServer, settings: Any) -> Iterator[MailServer]:
    """Mail as an installation sends it, by this server."""
    with mail_server(server):
        settings.EMAIL_BACKEND = "dichterbij.gateways.mail.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@contextlib.contextmanager
def mail_server(server: MailServer, port: int = 0) -> Iterator[MailServer]:
    """The server, answering on `server.port`; on a port of before when one is given."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        server.port = listening.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(listening, server), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.go_on.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(SECONDS)


def _serve(listening: socket.socket, server: MailServer) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listening.accept()
            connection.settimeout(SECONDS)
            threading.Thread(target=server.talk, args=(connection,), daemon=True).start()
