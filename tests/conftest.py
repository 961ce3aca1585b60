"""What every test may use: a real PostgreSQL, and the site as its users meet it."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from support.database import cloned_database

settings.register_profile("no deadline", deadline=None)  # a busy machine is no fault of what is tested
settings.load_profile("no deadline")
TURNS = {"cli/test_bridge.py": 0, "engine/changes/test_stored_lists.py": 2}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """A database of this run alone, cloned from a migrated template (made anew when a migration changes)."""
    from django.db import connections

    with django_db_blocker.unblock(), cloned_database(f"test_{os.getpid()}") as name:  # type: ignore[attr-defined]
        connections["default"].settings_dict["NAME"] = name
        connections["default"].close()
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def site_url() -> Iterator[str]:
    """The address of the real site, with reference and demo data, in a process of its own."""
    from support.site import served_site

    with served_site() as address:
        yield address


@pytest.fixture(autouse=True)
def language_of_the_site() -> Iterator[None]:
    """A test that asks an English page leaves no English behind for the next one."""
    from django.utils import translation

    yield
    translation.deactivate()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop running, in which Django refuses its database.

    What has the kernel compiled comes first, and a second one with the same need late: two workers that begin at the
    same moment would both compile it.
    """
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    path = item.path.relative_to(Path(__file__).parent)
    return 3 if "browser" in path.parts else TURNS.get(path.as_posix(), 1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests were skipped, and why: the last thing a run says before its result."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    terminalreporter.write_line(f"\n{len(skipped)} tests skipped" + (":" if skipped else "."))
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"  {count} x {reason}")
