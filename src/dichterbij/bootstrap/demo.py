"""The demo: everything set up from nothing, then the site on this machine. A second start finds it all there."""

import contextlib
import fcntl
import logging
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dichterbij.bootstrap import database, serve
from dichterbij.bootstrap.serve import ADDRESS
from dichterbij.shared.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from dichterbij.domains.openings.actions import Delivery

WORK_EVERY_S = 2
log = logging.getLogger(__name__)


def run(*, port: int) -> None:
    """Bring database, reference data and demo data up to date, then serve until Ctrl-C; everything stops with it."""
    check_port(port)
    import django

    django.setup()
    from django.conf import settings

    try:
        with contextlib.ExitStack() as running:
            with _step("database"):
                running.enter_context(database.available(settings.HOME))
            with _one_at_a_time(settings.HOME):
                _prepare()
            check_port(port)
            _serve(port)
    except KeyboardInterrupt:
        print("\nStopped; nothing is left running. `make demo` goes on where this was.", file=sys.stderr)


def load_data(openings: Path | None = None, *, keep_file: bool = False) -> "Delivery | None":
    """Put the demo's invented openings and campaign into the database; what was done with openings, None for nothing.

    `openings`: a file of invented ones, in place of the demo's own. `keep_file`: those of an earlier file stay.
    """
    from django.utils import timezone

    from dichterbij.domains.accounts.actions import load_demo_accounts
    from dichterbij.domains.budget.actions import load_demo_budget
    from dichterbij.domains.network.actions import load_demo_network
    from dichterbij.domains.referral.actions import load_demo_handovers
    from dichterbij.domains.referral.actions.demo_day import settle_demo
    from dichterbij.domains.referral.actions.demo_employers import load_demo_employers
    from dichterbij.domains.schemes.actions.demo import load_demo_round
    from dichterbij.domains.schemes.actions.demo_cases import load_demo_cases
    from dichterbij.synthetic.demo import load_demo, load_file
    from dichterbij.web.campaign.demo import load_campaign
    from dichterbij.web.near.making import make

    now = timezone.now()
    if openings:
        delivery = load_file(openings, now=now)
    else:
        delivery = load_demo(now=now, keep_file=keep_file)
    load_campaign(now=now)
    load_demo_accounts(now=now)
    load_demo_handovers(now=now)
    load_demo_employers(now=now)
    load_demo_network(now=now)
    load_demo_budget(now=now)
    load_demo_round(now=now)
    load_demo_cases(now=now)
    settle_demo(now=now)
    make(timezone.localdate(now))
    return delivery


def check_port(port: int) -> None:
    """InputError when something else listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError as error:
            raise InputError(f"Port {port} is not for ordinary users. Try `make demo PORT=8000`.") from error
        except OSError as error:
            other = port + 1 if port < 65_535 else 8000
            raise InputError(
                f"Port {port} is taken (another demo, perhaps). Try `make demo PORT={other}`; "
                f"two demos beside each other is fine."
            ) from error


@contextlib.contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Two demos of one folder prepare one after the other; the second finds everything there."""
    with (home / "prepare.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("[demo] another demo prepares this folder; waiting for it", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from dichterbij.cli.load_reference import reference_sets
    from dichterbij.domains.journal.actions import load_reference
    from dichterbij.synthetic.demo import file_loaded

    with _step("tables"):
        call_command("migrate", interactive=False, verbosity=0)
    with _step("reference data (regions, postcodes, occupations, skills)"):
        load_reference(sets=reference_sets(), actor="demo", now=timezone.now())
    with _step("invented openings"):
        load_data(keep_file=True)
    if name := file_loaded():
        print(f"[demo] the openings of {name} stay; `dichterbij load-demo` brings the demo's own", file=sys.stderr)
    with _step("static files"):
        call_command("collectstatic", interactive=False, verbosity=0)
    _let_go()


def _let_go() -> None:
    """Close our own connections: while the site runs, this process needs none."""
    from django.db import connections
    from django.db.backends.postgresql.base import DatabaseWrapper

    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()


@contextlib.contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"[demo] {name} ...", file=sys.stderr, end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(file=sys.stderr, flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def _serve(port: int) -> None:
    running = contextlib.ExitStack()
    with _step("site, with its openings made ready (the first time one to three minutes)"):
        process = running.enter_context(serve.served(port))
    with running:
        _welcome(port)
        _work_until_it_ends(process)
        raise UnavailableError("The site stopped by itself. Run `make demo` again; is there memory enough?")


def _work_until_it_ends(process: "subprocess.Popen[bytes]") -> None:
    """What a timer does elsewhere: whoever applies sees within seconds what comes out."""
    from dichterbij.cli.schemes_work import turn

    while True:
        try:
            process.wait(WORK_EVERY_S)
            return
        except subprocess.TimeoutExpired:
            try:
                turn()
            except Exception as error:
                log.warning("The work of schemes waits for its next turn: %s", type(error).__name__)


def _welcome(port: int) -> None:
    print(
        f"\n  Dichterbij is at http://{ADDRESS}:{port}/   (English: /en/)\n"
        f"  People and openings are invented; regions, postcodes, occupations and skills are real.\n"
        f"  Ctrl-C stops the site and its database.\n",
        file=sys.stderr,
        flush=True,
    )
