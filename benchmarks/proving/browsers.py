"""People with a browser in the rush: the form of the site, a place in the queue when it is full, and a receipt.

python -m benchmarks.proving.browsers PORT SLUG HOW_MANY FILE
"""

import heapq
import http.client
import http.cookies
import json
import random
import re
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

AT_ONCE = 64
TURN = re.compile(r'<time datetime="([^"]+)" data-turn>')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FOUND = re.compile(r"^/nl/regelingen/aanvraag/[0-9a-f-]{36}/$")
PATIENCE = 600  # seconds for one browser


class Browser:
    """One browser: its cookies, and the moment from which it may go in."""

    def __init__(self, port: int, slug: str, number: int) -> None:
        self.port, self.path, self.number = port, f"/nl/regelingen/{slug}/aanvragen/", number
        self.cookies: dict[str, str] = {}
        self.turn: datetime | None = None
        self.late = 0.0

    def ask(self, path: str, body: str | None = None) -> tuple[int, str, str]:
        """Status, text and where it sends to; asked again when there was no answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                   "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, text, answer.headers.get("Location", "")

    def come(self, told: "Told") -> float | None:
        """Go to the form and send it; the seconds to wait when the house is full, None when it is done."""
        status, text, _ = self.ask(self.path)
        told.status(status)
        full = TURN.search(text)
        if full:
            turn = datetime.fromisoformat(full[1])
            told.waited(self, turn)
            return max(0.0, (turn - datetime.now(turn.tzinfo)).total_seconds())
        if self.turn is not None:
            self.late = (datetime.now(self.turn.tzinfo) - self.turn).total_seconds()
        fields = dict(HIDDEN.findall(text)) | {
            "organisation": f"Verzonnen {self.number}", "kvk": f"{70_000_000 + self.number}", "group": "",
            "email": f"verzonnen{self.number}@example.nl", "account": "",
            "person": f"Verzonnen Mens {self.number}", "born": "14-3-1985", "category": "open_hiring",
            "start": "1-5-2022", "met_unused_potential": "yes", "met_interview": "yes", "met_praktijkleren": "no",
            "met_praktijkleren_mbo": "no", "met_own_employee": "no",
        }  # fmt: skip
        status, text, where = self.ask(self.path, urlencode(fields))
        told.status(status)
        if status == 302 and FOUND.match(where):
            status, text, _ = self.ask(where)
            told.status(status)
            told.received(self, where.split("/")[-2])
        else:
            told.refused(self, status, text)
        return None


class Told:
    """What happened to all of them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.statuses: dict[str, int] = {}
        self.keys: dict[int, str] = {}
        self.waiting: set[int] = set()
        self.later: list[int] = []
        self.problems: list[str] = []
        self.late: list[float] = []

    def status(self, status: int) -> None:
        """A page came."""
        with self.lock:
            self.statuses[str(status)] = self.statuses.get(str(status), 0) + 1

    def waited(self, browser: Browser, turn: datetime) -> None:
        """It got a place; who had one keeps it."""
        with self.lock:
            self.waiting.add(browser.number)
            if browser.turn is not None and turn > browser.turn:
                self.later.append(browser.number)
            browser.turn = turn

    def received(self, browser: Browser, key: str) -> None:
        """It has its receipt."""
        with self.lock:
            self.keys[browser.number] = key
            self.late.append(browser.late)

    def refused(self, browser: Browser, status: int, text: str) -> None:
        """The form did not go through."""
        found = re.sub(r"<[^>]+>|\s+", " ", text.partition("nl-form-field-error")[2])[:200]
        with self.lock:
            self.problems.append(f"browser {browser.number}: {status} {found}")


def main() -> None:
    """All of them come at once; each goes on until it has its receipt."""
    port, slug, many, path = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    told, began = Told(), time.monotonic()
    coming = [(0.0, number, Browser(port, slug, number)) for number in range(many)]
    heapq.heapify(coming)
    lock = threading.Lock()

    def serve() -> None:
        while True:
            with lock:
                if not coming:
                    return
                at, number, browser = heapq.heappop(coming)
            time.sleep(max(0.0, began + at - time.monotonic()))
            try:
                wait = browser.come(told)
            except (OSError, http.client.HTTPException) as error:
                told.status(0)
                wait = random.uniform(0.2, 1.0)
                if time.monotonic() - began > PATIENCE:
                    told.problems.append(f"browser {number}: {type(error).__name__}")
                    continue
            if wait is not None:
                with lock:
                    heapq.heappush(coming, (time.monotonic() - began + wait, number, browser))

    threads = [threading.Thread(target=serve) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    path.write_text(json.dumps({
        "browsers": many, "statuses": told.statuses, "waited": len(told.waiting),
        "given_a_later_place": len(told.later), "longest_after_its_turn": round(max(told.late, default=0.0), 1),
        "problems": told.problems[:20], "keys": list(told.keys.values()), "seconds": round(time.monotonic() - began, 1),
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
