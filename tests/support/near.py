"""The way to a list of what is near, for browser tests."""

from collections.abc import Callable

from playwright.sync_api import Page


def to_list(visit: Callable[..., Page], **how: object) -> Page:
    """A list, with only a postcode."""
    page = visit("/nl/dichtbij/", **how)
    page.locator("[name=postcode]").fill("1811")
    page.locator("[name=postcode]").press("Enter")
    page.wait_for_url("**/dichtbij/lijst/")
    return when_ready(page)


def when_ready(page: Page) -> Page:
    """The page itself; right after its start the site asks to wait a moment."""
    for _ in range(90):
        if not page.locator("[data-look-again]").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    return page
