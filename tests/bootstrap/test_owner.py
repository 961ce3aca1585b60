"""Whoever owns the database needs no superuser: it makes the role of the site, migrates, and takes that role."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from dichterbij.bootstrap import postgres
from dichterbij.bootstrap.database import SITE
from dichterbij.domains.accounts.rules.row_security import SITE_ROLE_THERE


def test_an_owner_who_may_make_roles_migrates_and_runs_the_site(tmp_path: Path) -> None:
    home = tmp_path / "postgres"
    with postgres.running(home, throwaway=True):
        with psycopg.connect(postgres.database_url(home), autocommit=True) as superuser:
            superuser.execute("CREATE ROLE owner LOGIN NOSUPERUSER CREATEROLE")
            superuser.execute("CREATE DATABASE theirs OWNER owner ENCODING 'UTF8' TEMPLATE template0")
        url = postgres.database_url(home, "theirs").replace("//dichterbij@", "//owner@")
        migrate(url, tmp_path)
        with psycopg.connect(url, options=f"-c role={SITE}") as site:
            assert site.execute("SELECT current_user, (SELECT count(*) FROM people_person)").fetchone() == (SITE, 0)
        with psycopg.connect(url) as owner:
            owner.execute(SITE_ROLE_THERE)  # as often as one likes: restore does it too


def migrate(url: str, home: Path) -> None:
    """The command as an operator gives it."""
    environment = {
        **os.environ, "DATABASE_URL": url, "DICHTERBIJ_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "dichterbij.bootstrap.settings",
    }  # fmt: skip
    command = [sys.executable, "-c", "from dichterbij.bootstrap.main import main; main()", "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
