"""Many applicants at once, in one process: each on a connection of its own, asking again until there is an answer."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

WAIT = 30.0  # seconds for an answer, before asking again


@dataclass
class Log:
    """How it went: statuses, and the seconds of each answer."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Within how many seconds so many had their answer."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Client:
    """One connection to the site."""

    def __init__(self, port: int, path: str, log: Log) -> None:
        self.port, self.path, self.log = port, path, log
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, key: str, body: bytes) -> tuple[int, bytes]:
        """Status and body; 0 when there was no whole answer."""
        began = time.perf_counter()
        try:
            status, answer = await asyncio.wait_for(self._once(key, body), WAIT)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError, IndexError):
            self.close()
            status, answer = 0, b""
        self.log.statuses[str(status)] += 1
        if status:
            self.log.seconds.append(time.perf_counter() - began)
        return status, answer

    async def _once(self, key: str, body: bytes) -> tuple[int, bytes]:
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        answer = await self.reader.readexactly(int(fields.get("content-length", "0")))
        if fields.get("connection") == "close":
            self.close()
        return int(lines[0].split(" ")[1]), answer

    def close(self) -> None:
        """The next question gets a new connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


Given = tuple[int, str, bytes]  # number, key, body
Answered = Callable[[int, str, str, bool], None]  # number, receipt's number, proof, whether it is new


async def press(client: Client, one: Given, answered: Answered, stopped: Callable[[], bool]) -> bool:
    """One application until it has an answer; false when it was stopped before."""
    number, key, body = one
    while True:
        status, answer = await client.ask(key, body)
        if status in (200, 201):
            told = json.loads(answer)
            answered(number, told["nummer"], told["bewijs"], status == 201)
            return True
        if 400 <= status < 500:
            raise RuntimeError(f"the site refused application {number}: {status} {answer[:300]!r}")
        if stopped():
            return False
        await asyncio.sleep(0.05 if status == 0 else 0.3)


async def crowd(
    port: int, path: str, clients: int, given: Iterator[Given], answered: Answered, stopped: Callable[[], bool],
    log: Log, pause: float = 0.0,
) -> None:  # fmt: skip
    """So many clients, each with the next application as soon as it has its answer."""

    async def one() -> None:
        client = Client(port, path, log)
        while not stopped():
            found = next(given, None)
            if found is None or not await press(client, found, answered, stopped):
                break
            if found[0] % 10 == 0:  # an impatient one presses twice
                await press(client, found, answered, stopped)
            if pause:
                await asyncio.sleep(pause)
        client.close()

    await asyncio.gather(*(one() for _ in range(clients)))


async def calm(port: int, path: str, rate: float, seconds: float, given: Iterator[Given], answered: Answered) -> Log:
    """So many a second, whether or not the ones before have their answer."""
    log, idle, busy = Log(), [], set()
    began = time.perf_counter()

    async def one(found: Given) -> None:
        client = idle.pop() if idle else Client(port, path, log)
        await press(client, found, answered, lambda: False)
        idle.append(client)

    for turn in range(int(rate * seconds)):
        found = next(given, None)
        if found is None:
            break
        await asyncio.sleep(max(0.0, began + turn / rate - time.perf_counter()))
        task = asyncio.create_task(one(found))
        busy.add(task)
        task.add_done_callback(busy.discard)
    await asyncio.gather(*busy)
    for client in idle:
        client.close()
    return log
