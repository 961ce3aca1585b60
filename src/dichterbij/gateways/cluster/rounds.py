"""One connection to the scheduler: parts handed out, answers taken in, and handed out again where a worker is slow."""

import queue
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from distributed import Client, Future

from dichterbij.engine.output.filling import Finished
from dichterbij.gateways.cluster.collecting import Intake
from dichterbij.gateways.cluster.tasks import Done, do_part, prepare
from dichterbij.shared.errors import DichterbijError, InputError, UnavailableError

LOOK_EVERY = 1.0
ANSWER_WITHIN = 10.0
# A part that takes this many times as long as the longest so far, and so many seconds, is handed out once more.
SLOW_TIMES, SLOW_SECONDS = 3.0, 15.0


class Round:
    """One connection: all missing parts handed out, longest first, until all are in or the connection is lost."""

    def __init__(self, client: Client, intake: Intake, finished: Finished, timeout: float) -> None:
        self.client, self.intake, self.finished, self.timeout = client, intake, finished, timeout
        self.told = intake.work.told()
        self.name = uuid.uuid4().hex[:12]
        self.ended: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        self.futures: dict[Any, Future[Any]] = {}  # a future that nobody holds is given up by the scheduler
        self.again: set[tuple[int, str]] = set()

    def run(self) -> None:
        """Until nothing is missing. Raises what `OnCluster` raises, or one of LOST."""
        for address in self._workers():
            self._submit(f"prepare-{address}", prepare, self.told, workers=[address])
        for part in sorted(self.intake.missing, key=lambda part: (-self.intake.missing[part], part)):
            self._submit(f"part-{part}", do_part, self.told, part)
        while self.intake.missing:
            try:
                ended = self.ended.get(timeout=LOOK_EVERY)
            except queue.Empty:
                self._nothing_ended()
            else:
                self._take(ended)

    def _submit(self, name: str, function: Callable[..., Any], *values: Any, **where: Any) -> None:
        key = f"dichterbij-{self.name}-{name}"
        future = self.client.submit(function, *values, key=key, pure=False, **where)
        self.futures[key] = future
        future.add_done_callback(self.ended.put)  # type: ignore[no-untyped-call]

    def _take(self, future: "Future[Any]") -> None:
        self.futures.pop(future.key, None)
        if future.status == "error":
            raise self._told(future.exception(timeout=ANSWER_WITHIN))  # type: ignore[no-untyped-call]
        result = future.result(timeout=ANSWER_WITHIN)
        if isinstance(result, Done):
            self.intake.take(result, self.finished)
        else:
            self.intake.last = time.monotonic()

    def _nothing_ended(self) -> None:
        """Give up after the time limit; hand out once more what a slow worker holds."""
        waited = self.intake.waited
        if waited > self.timeout:
            text = f"No part was finished for {self.timeout:.0f} seconds"
            text += "" if self._workers() else " and the scheduler has no workers"
            raise UnavailableError(f"{text}; {self.intake.so_far}")
        longest = max((done.seconds for done in self.intake.done), default=0.0)
        if self.intake.done and waited > max(SLOW_SECONDS, SLOW_TIMES * longest):
            self._hand_out_again()

    def _hand_out_again(self) -> None:
        """Parts that another worker than the one that is slow may do as well; the first answer counts."""
        held = {address: {str(key) for key in keys} for address, keys in self._processing().items()}
        for address, keys in held.items():
            others = [other for other in held if other != address]
            for part in self.intake.missing:
                mine = f"dichterbij-{self.name}-part-{part}" in keys
                if mine and others and (part, address) not in self.again:
                    self.again.add((part, address))
                    self._submit(f"again-{part}-{len(self.again)}", do_part, self.told, part, workers=others)

    def _processing(self) -> Mapping[str, Any]:
        """Keys of the tasks that each worker has. A TimeoutError, which is one of LOST, when nothing answers."""
        client: Any = self.client
        held: Mapping[str, Any] = client.sync(client.scheduler.processing, workers=None, callback_timeout=ANSWER_WITHIN)
        return held

    def _workers(self) -> list[str]:
        return sorted(self._processing())

    def _told(self, error: BaseException | None) -> DichterbijError:
        """What went wrong on a worker, as an error of ours."""
        if isinstance(error, DichterbijError):
            return error
        if isinstance(error, ModuleNotFoundError):
            return InputError(f"A worker lacks what this run needs: {error}. Install the same version everywhere.")
        return UnavailableError(f"A worker failed ({type(error).__name__}: {error}); {self.intake.so_far}")
