"""The site on a database that is locked, full, stopped and started again: what a visitor sees, and that it passes."""

import contextlib
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from dichterbij.bootstrap import postgres
from support.site import environment_of, running_site

PAGE = "/nl/loket/AM01/job_seeker/work/"
SLOTS = 60


class Site(NamedTuple):
    """A site and the server under it."""

    address: str
    home: Path
    database: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on a server of its own, which a test may stop."""
    home = tmp_path_factory.mktemp("server")
    with postgres.running(home, throwaway=True):
        url = postgres.database_url(home)
        environment = environment_of(url)
        for step in ("migrate", "load-reference"):
            command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", step]
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        with running_site(environment) as address:
            yield Site(address, home, url)


def ask(site: Site, path: str = PAGE, cookie: str = "") -> tuple[int, str]:
    """Status and text of a page."""
    asked = urllib.request.Request(site.address + path, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def is_back(site: Site, seconds: float = 15) -> bool:
    """Whether the page comes again within that time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ask(site)[0] == 200:
            return True
        time.sleep(0.3)
    return False


def test_a_locked_table_is_a_page_in_plain_words_within_seconds(site: Site) -> None:
    assert ask(site)[0] == 200
    began = time.monotonic()
    with psycopg.connect(site.database) as blocker:
        tables = blocker.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            blocker.execute(f'LOCK TABLE "{table}" IN ACCESS EXCLUSIVE MODE')
        status, page = ask(site)
    assert status == 503
    assert "Deze pagina lukt nu even niet" in page
    assert f'href="{PAGE}"' in page
    assert time.monotonic() - began < 12
    assert is_back(site)


@pytest.mark.long
def test_a_stopped_database_is_a_page_in_the_language_of_the_address_and_passes_by_itself(site: Site) -> None:
    data = str(site.home / "data")
    postgres._run("pg_ctl", "stop", "-D", data, "-m", "fast", "-w", "-s")
    try:
        for path, says in ((PAGE, "Deze pagina lukt nu"), (PAGE.replace("/nl/", "/en/"), "cannot be shown right now")):
            status, page = ask(site, path)
            assert status == 503
            assert says in page
            assert "Traceback" not in page
        assert ask(site, "/nl/vandaag/", cookie="sessionid=somebody")[0] == 503
        assert ask(site, "/nl/privacy/")[0] == 200
        assert ask(site, "/healthz") == (200, "ok")
    finally:
        postgres._start(site.home, {})
    assert is_back(site)


def test_a_restart_that_nobody_noticed_costs_no_visitor_a_page(site: Site) -> None:
    assert ask(site)[0] == 200
    postgres._run("pg_ctl", "stop", "-D", str(site.home / "data"), "-m", "fast", "-w", "-s")
    postgres._start(site.home, {})
    assert [ask(site)[0] for _ in range(3)] == [200, 200, 200]


def test_a_database_without_free_connections_is_a_page_and_passes_by_itself(site: Site) -> None:
    with contextlib.ExitStack() as others:
        # Ends the site's own connections, then takes every slot before it can come back.
        first = others.enter_context(psycopg.connect(site.database, autocommit=True))
        first.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        with contextlib.suppress(psycopg.OperationalError):
            for _ in range(SLOTS):
                others.enter_context(psycopg.connect(site.database))
        status, page = ask(site)
        assert status == 503
        assert "Deze pagina lukt nu even niet" in page
    assert is_back(site)
