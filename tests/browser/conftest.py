"""Chromium on the real site. `visit` opens pages; whatever a page complains about in the console fails the test."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from support.browser import HOW, chromium_path
from support.sweep import AXE_TAGS, LANGUAGES, POSTCODE, Scan, wanted_scan

PHONE = 390


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything beside this file is a browser test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(request: pytest.FixtureRequest) -> str:
    """The site to look at: SITE_URL when one runs already, else one of our own."""
    return os.environ.get("SITE_URL") or request.getfixturevalue("site_url")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = chromium_path()
    if path is None:
        pytest.skip(HOW)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """`visit("/nl/")` is a page on a phone; also `width`, `javascript`, `scheme`, `status`."""
    complaints: list[str] = []
    contexts = []

    def open_page(
        path: str,
        *,
        width: int = PHONE,
        height: int = 800,
        javascript: bool = True,
        scheme: str = "light",
        status: int = 200,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme=scheme,
            base_url=address,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        return page

    yield open_page
    for context in contexts:
        context.close()
    # Chromium reports every answer that is not 200 as an error; those are part of a journey, not a fault of the page.
    faults = [text for text in complaints if "the server responded with a status of" not in text]
    assert not faults, "\n".join(faults)


Walk = Callable[[str], Page]


@pytest.fixture(scope="session")
def walkers(chromium: Browser, address: str) -> Iterator[dict[str, Page]]:
    """A page per language that goes from address to address; it has told one postcode, so that lists have something."""
    pages = {}
    for language in LANGUAGES:
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
        context.add_init_script(AXE_SCRIPT)
        page = pages[language] = context.new_page()
        page.goto(f"/{language}/dichtbij/")
        page.locator("main input[name=postcode]").first.fill(POSTCODE)
        page.locator("main form button[type=submit]").first.click()
        assert page.url.endswith(f"/{language}/dichtbij/lijst/")
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def walk(walkers: dict[str, Page]) -> Iterator[Walk]:
    """`walk("/nl/privacy/")` opens a page of the site on a desk, in light colours; complaints in its console fail."""
    complaints: list[str] = []
    used: list[Page] = []

    def hear(message: ConsoleMessage) -> None:
        complaints.append(f"{message.type}: {message.text}")

    def go(path: str) -> Page:
        page = walkers[path.split("/")[1]]
        if page not in used:
            used.append(page)
            page.on("console", hear)
        page.emulate_media(media="screen", color_scheme="light", forced_colors="none", reduced_motion="no-preference")
        page.set_viewport_size({"width": 1280, "height": 800})
        answer = page.goto(path)
        assert answer is not None
        assert answer.status in (200, 422), f"{path} answered {answer.status}"
        return page

    yield go
    for page in used:
        page.remove_listener("console", hear)
    faults = [text for text in complaints if "the server responded with a status of" not in text]
    assert not faults, "\n".join(faults)


@pytest.fixture(scope="session")
def scan(chromium: Browser) -> Iterator[Scan]:
    """What axe finds in this run; kept where SCAN_TO says, for the accessibility statement."""
    found = Scan(versions={"chromium": chromium.version.split(".")[0]})
    yield found
    target = wanted_scan()
    if target:
        found.write(target, on=datetime.now(tz=UTC).date().isoformat())


@pytest.fixture(scope="session")
def assert_axe_clean() -> Callable[..., None]:
    """Fails with axe's own report when a page breaks a rule; `rules=["color-contrast"]` looks at those only."""
    axe = Axe()

    def check(page: Page, *, rules: list[str] | None = None) -> None:
        only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": AXE_TAGS}
        result = axe.run(page, options={"runOnly": only})
        assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"

    return check
