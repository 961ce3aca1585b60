"""The demo: everything set up from nothing, then the site on this machine. A second start finds it all there."""

import contextlib
import socket
import sys
import time
from collections.abc import Iterator

from dichterbij.bootstrap import database
from dichterbij.shared.errors import InputError

ADDRESS = "127.0.0.1"


def run(*, port: int) -> None:
    """Bring database, reference data and demo data up to date, then serve until Ctrl-C; everything stops with it."""
    check_port(port)
    import django

    django.setup()
    from django.conf import settings

    with _step("database"):
        running = contextlib.ExitStack()
        running.enter_context(database.available(settings.HOME))
    with running:
        _prepare()
        _serve(port)
    print("Stopped; nothing is left running.", file=sys.stderr)


def load_data() -> None:
    """Put the demo's invented openings into the database; does nothing when they are there."""
    from django.utils import timezone

    from dichterbij.synthetic.demo import load_demo

    load_demo(now=timezone.now())


def check_port(port: int) -> None:
    """InputError when something else listens on `port` already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise InputError(
                f"Port {port} is taken (another demo, perhaps). Try `make demo PORT={port + 1}`; "
                f"two demos beside each other is fine."
            ) from error


def _prepare() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from dichterbij.cli.load_reference import reference_sets
    from dichterbij.domains.journal.actions import load_reference

    with _step("tables"):
        call_command("migrate", interactive=False, verbosity=0)
    with _step("reference data (regions, postcodes, occupations, skills)"):
        load_reference(sets=reference_sets(), actor="demo", now=timezone.now())
    with _step("invented openings"):
        load_data()
    with _step("static files"):
        call_command("collectstatic", interactive=False, verbosity=0)


@contextlib.contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"[demo] {name} ...", file=sys.stderr, end="", flush=True)
    began = time.monotonic()
    yield
    print(f" {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def _serve(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "dichterbij.bootstrap.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_enabled=False,
    )
    server.on_startup(lambda: _welcome(port))
    server.serve()


def _welcome(port: int) -> None:
    print(
        f"\n  Dichterbij is at http://{ADDRESS}:{port}/   (English: /en/)\n"
        f"  People and openings are invented; regions, postcodes, occupations and skills are real.\n"
        f"  Ctrl-C stops the site and its database.\n",
        file=sys.stderr,
        flush=True,
    )
